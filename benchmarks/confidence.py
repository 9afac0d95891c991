"""`python -m benchmarks.confidence`: what each rule read on gold, and what of it was right, written as `data/confidence`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks.gold import Judged, Rule
from benchmarks.measured import SHARED, Measured
from csto_graph import resources
from csto_graph.extract.confidence import CIRCUMSTANCES, FACTOR_HEADER, RULE_HEADER, factor, lower_bound
from csto_graph.model import Mention

_RULES = """\
# What each rule (an entry of the lexicon and the predicate it read) read on texts with gold facts, and what of it was right:
# relation, both ends and status as in gold. Repetitions count once a text, optional facts neither way. Written by make confidence
# from {texts} texts (gold/dev, gold/seed and tests/gold/tuning; never from what is held out). lower_bound: 95 % score
# interval of the share (Wilson 1927). A rule that read nothing there has no row, and its statements have no confidence.
"""
_FACTORS = """\
# Precision of the same statements with and without a mended parse (repaired) and a resolved reference (resolved):
# factor is the ratio of the two, at most 1; empty where it was not seen. Written by make confidence.
"""


def rule_lines(judgements: Iterable[Judged]) -> Iterator[str]:
    """The table of rules, sorted."""
    yield "\t".join(RULE_HEADER)
    counts: dict[Rule, list[int]] = {}
    for judgement in judgements:
        count = counts.setdefault(judgement.rule, [0, 0])
        count[0] += bool(judgement.right)
        count[1] += 1
    for rule, (right, read) in sorted(counts.items()):
        yield "\t".join([*rule, str(right), str(read), str(lower_bound(right, read))])


def factor_lines(judgements: Sequence[Judged]) -> Iterator[str]:
    """The table of factors, in the order of their names."""
    yield "\t".join(FACTOR_HEADER)
    for name, holds in sorted(CIRCUMSTANCES.items()):
        sides = [[j for j in judgements if holds(j.statement.extraction) is with_it] for with_it in (True, False)]
        counts = [count for side in sides for count in (sum(bool(j.right) for j in side), len(side))]
        found = factor(*counts)
        yield "\t".join([name, *map(str, counts), "" if found is None else str(found)])


def countable(judgements: Iterable[Judged]) -> list[Judged]:
    """Those that could have been wrong as well as right, each statement once a text."""
    kept: dict[tuple[object, ...], Judged] = {}
    for judgement in judgements:
        e = judgement.statement.extraction
        ends = (end.iri if isinstance(end, Mention) else end for end in (e.subject, e.object))
        if judgement.right is not None and not judgement.unlisted:
            kept.setdefault((judgement.text, judgement.rule, *ends, e.status), judgement)
    return list(kept.values())


@click.command()
@click.option("--shared", type=click.Path(path_type=Path), default=SHARED, help="Where gold, corpus and scorer lie.")
def main(shared: Path) -> None:
    """Write data/confidence anew."""
    with TemporaryDirectory() as own:
        judgements = countable(Measured(shared, Path(own)).judgements)
    folder = resources.root() / "data" / "confidence"
    texts = len({judgement.text for judgement in judgements})
    _write(folder / "rules.tsv", _RULES.format(texts=texts), rule_lines(judgements))
    _write(folder / "factors.tsv", _FACTORS, factor_lines(judgements))


def _write(path: Path, comment: str, lines: Iterable[str]) -> None:
    path.write_text(comment + "".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
