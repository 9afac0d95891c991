"""What a text describes gets an IRI of its kind, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_graph.errors import RefusedData
from csto_graph.link.minting import link, thing_iri
from csto_graph.model import Evidence, Extraction, Mention, Source, Status
from csto_graph.namespaces import ID

MINTED = [
    ("Unrest", f"{ID}event/sample.protest"),
    ("Event", f"{ID}event/sample.protest"),
    ("Group", f"{ID}group/sample.protest"),
    ("Document", f"{ID}document/sample"),
]


@pytest.mark.parametrize(("type_", "iri"), MINTED)
def test_the_kind_follows_from_the_class(type_: str, iri: str) -> None:
    """A thing that only the text describes bears the name of its source."""
    assert thing_iri("sample", Mention(0, 8, "protests", "protest", type_)) == iri


def test_what_is_known_keeps_its_iri() -> None:
    """Linked already: nothing is minted, whatever the class."""
    assert thing_iri("sample", Mention(0, 1, "A", "A", "Actor", f"{ID}state/a")) == f"{ID}state/a"


@pytest.mark.parametrize("type_", ["Actor", "Location", "Pact", ""])
def test_a_class_without_a_kind_is_refused(type_: str) -> None:
    """An actor that is nothing narrower is not called an event: source, words and remedy are named."""
    with pytest.raises(RefusedData, match=r"sample: 'they' at 0 .* narrower class"):
        thing_iri("sample", Mention(0, 4, "they", "they", type_))


def test_one_thing_has_one_name() -> None:
    """A second spelling of what the text described before bears the name that came first."""
    spelled = [Mention(0, 1, "A", label, "Unrest", None, "protest") for label in ("protest", "the Protest")]
    state = Mention(2, 3, "B", "B", "State", f"{ID}state/b")
    read = [Extraction("tookPlaceIn", m, state, Status.ASSERTED, "r", Evidence("s", n, 3, "A B")) for n, m in enumerate(spelled)]
    statements, things = link(Source("s", "S", "A B", Path("s.txt")), read)
    assert [s.extraction.subject.label for s in statements if s.extraction.subject] == ["protest", "protest"]
    assert [thing.label for thing in things] == ["protest", "B"]
