"""A provision is one treaty's: the same words of another treaty name another provision."""

from __future__ import annotations

from csto_graph.link.provisions import told_apart
from csto_graph.model import Evidence, Extraction, Mention, Status


def _article(start: int) -> Mention:
    return Mention(start, start + 9, "Article 5", "Article 5", "Provision", None, "article 5")


def _treaty(name: str) -> Mention:
    return Mention(0, 1, name, name, "Treaty", f"https://w3id.org/csto-graph/id/treaty/{name.lower()}")


def _of(start: int, treaty: str) -> Extraction:
    return Extraction("provisionOf", _article(start), _treaty(treaty), Status.ASSERTED, "r", Evidence("s", 0, 1, "A"))


def _invoked(start: int) -> Extraction:
    state = Mention(0, 1, "A", "A", "State", "https://w3id.org/csto-graph/id/state/a")
    return Extraction("invoked", state, _article(start), Status.ASSERTED, "r", Evidence("s", 0, 1, "A"))


def _keys(*extractions: Extraction) -> list[str]:
    ends = [(e.subject, e.object) for e in told_apart(extractions)]
    return [end.key for pair in ends for end in pair if isinstance(end, Mention) and end.type == "Provision"]


def test_the_first_treaty_keeps_the_plain_name() -> None:
    """However often the text speaks of it, and where it names no treaty."""
    assert _keys(_of(10, "One"), _of(30, "One"), _invoked(50)) == ["article 5"] * 3


def test_another_treaty_has_another_provision() -> None:
    """What is said of the words in that place is said of that provision."""
    assert _keys(_of(10, "One"), _invoked(30), _of(30, "Two")) == ["article 5", "article 5 of two", "article 5 of two"]


def test_two_treaties_with_one_provision_have_two() -> None:
    """"The treaty and its protocol call for a withdrawal": each has a provision of its own."""
    assert _keys(_of(10, "One"), _of(10, "Two")) == ["article 5", "article 5 of two"]


def test_what_is_no_provision_stays() -> None:
    """A state at the same place is left alone."""
    invoked = _invoked(30)
    assert [e.subject for e in told_apart([_of(0, "One"), _of(30, "Two"), invoked])][2] == invoked.subject
