"""How far the readings of a rule can be trusted: what was measured for it on texts with gold facts, never invented.

`data/confidence/rules.tsv` counts, for each rule (an entry of the lexicon and the predicate it read), the statements that
were read and those that were right; `factors.tsv` compares statements that needed a repair of the parse, or a reference to
be resolved, with those that did not. `make confidence` writes both anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from math import sqrt
from pathlib import Path
from statistics import NormalDist
from typing import Final

from csto_graph.errors import RefusedData
from csto_graph.model import Extraction
from csto_graph.tsv import Row, rows

RULE_HEADER: Final = ("rule", "predicate", "right", "read", "lower_bound")
FACTOR_HEADER: Final = ("what", "right_with", "read_with", "right_without", "read_without", "factor")
# What makes a reading less certain than its rule, and how a statement tells.
CIRCUMSTANCES: Final[Mapping[str, Callable[[Extraction], bool]]] = {
    "repaired": lambda extraction: extraction.repaired,
    "resolved": lambda extraction: extraction.resolved,
}
_Z: Final = NormalDist().inv_cdf(0.975)  # 95 %, two-sided
_FINEST = Decimal("0.0001")


def lower_bound(right: int, read: int) -> Decimal:
    """The lower end of the 95 % score interval of a proportion, rounded down to four digits; `read` is at least 1.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American
    Statistical Association 22 (1927), 209-212.
    """
    share, squared = right / read, _Z * _Z
    middle = share + squared / (2 * read)
    half = _Z * sqrt(share * (1 - share) / read + squared / (4 * read * read))
    return rounded_down(max(0.0, (middle - half) / (1 + squared / read)))


def factor(right_with: int, read_with: int, right_without: int, read_without: int) -> Decimal | None:
    """By what the precision with a circumstance falls short of the one without, at most 1; None where one was never seen."""
    if not read_with or not read_without or not right_without:
        return None
    return rounded_down(min(1.0, (right_with / read_with) / (right_without / read_without)))


def rounded_down(share: float) -> Decimal:
    """Four digits: a lower bound stays one."""
    return Decimal(repr(round(share, 12))).quantize(_FINEST, ROUND_FLOOR)


@dataclass(frozen=True, slots=True)
class Confidence:
    """The lower bound of each rule's precision, and the factor of each circumstance (None: never measured)."""

    bounds: Mapping[tuple[str, str], Decimal]
    factors: Mapping[str, Decimal | None]

    def of(self, extraction: Extraction) -> Decimal | None:
        """The confidence of a reading, to two digits; None where its rule or one of its circumstances was never measured."""
        bound = self.bounds.get((extraction.rule, extraction.predicate))
        for name, holds in CIRCUMSTANCES.items():
            if bound is not None and holds(extraction):
                by = self.factors.get(name)
                bound = None if by is None else bound * by
        return None if bound is None else bound.quantize(Decimal("0.01"), ROUND_FLOOR)


def load_confidence(folder: Path) -> Confidence:
    """The two tables. Raises `RefusedData` for a row that is no measurement."""
    return Confidence(dict(_bounds(folder / "rules.tsv")), dict(_factors(folder / "factors.tsv")))


def _bounds(path: Path) -> Iterator[tuple[tuple[str, str], Decimal]]:
    for row in rows(path, RULE_HEADER):
        right, read = _count(row, "right"), _count(row, "read")
        if not 0 < read >= right or row.cells["lower_bound"] != str(lower_bound(right, read)):
            raise _refusal(row)
        yield (row.cells["rule"], row.cells["predicate"]), Decimal(row.cells["lower_bound"])


def _factors(path: Path) -> Iterator[tuple[str, Decimal | None]]:
    for row in rows(path, FACTOR_HEADER):
        found = factor(*(_count(row, column) for column in FACTOR_HEADER[1:5]))
        if row.cells["what"] not in CIRCUMSTANCES or row.cells["factor"] != ("" if found is None else str(found)):
            raise _refusal(row)
        yield row.cells["what"], found


def _count(row: Row, column: str) -> int:
    if not row.cells[column].isdecimal():
        raise _refusal(row)
    return int(row.cells[column])


def _refusal(row: Row) -> RefusedData:
    return RefusedData(row.place, "this row is not what was measured", "Write the table anew with make confidence")
