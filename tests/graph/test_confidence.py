"""A confidence is written as a canonical decimal, and not at all where nothing was measured."""

from __future__ import annotations

from decimal import Decimal

import pytest

from csto_graph.graph.evidence import statement
from csto_graph.graph.nodes import decimal
from csto_graph.model import Evidence, Extraction, Mention, Statement, Status
from csto_graph.namespaces import CST, ID, XSD

CANONICAL = [("0.50", "0.5"), ("0.07", "0.07"), ("0.00", "0"), ("1.00", "1"), ("1E-2", "0.01"), ("10", "10")]


@pytest.mark.parametrize(("value", "spelled"), CANONICAL)
def test_a_decimal_is_canonical(value: str, spelled: str) -> None:
    """No exponent and no needless zeros, as the shape of a statement asks."""
    literal = decimal(Decimal(value))
    assert (literal.value, literal.datatype.value) == (spelled, str(XSD.decimal))


@pytest.mark.parametrize(("confidence", "expected"), [(Decimal("0.70"), ["0.7"]), (None, [])])
def test_a_statement_bears_what_was_measured(confidence: Decimal | None, expected: list[str]) -> None:
    """One number, or none."""
    state = Mention(0, 1, "A", "A", "State", f"{ID}state/a")
    extraction = Extraction("joined", state, state, Status.ASSERTED, "join_v", Evidence("s", 0, 1, "A"))
    triples = statement(Statement(f"{ID}statement/s", extraction, confidence), None)
    assert [t.object.value for t in triples if t.predicate.value == f"{CST}confidence"] == expected
