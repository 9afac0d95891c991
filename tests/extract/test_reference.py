"""What a phrase speaks of: names, descriptions and pronouns, and what stays unresolved."""

from __future__ import annotations

import pytest

from csto_graph.model import Mention
from tests.extract.reading import read

REACHED = [
    # text, predicate, whether the subject was reached by resolving a reference
    ("Armenia joined the CSTO.", "joined", False),
    ("Armenia and Georgia met. Both countries joined the CSTO.", "joined", True),
    ("The Collective Security Treaty is old. It came into force in 1994.", "enteredIntoForceOn", True),
    ("The CSTO met in Moscow. The organization has six members.", "memberCount", True),
    ("The government of Armenia joined the CSTO.", "joined", True),
]


@pytest.mark.parametrize(("text", "predicate", "resolved"), REACHED, ids=[case[0] for case in REACHED])
def test_a_mention_tells_whether_a_reference_was_resolved(text: str, predicate: str, resolved: bool) -> None:
    """A name is itself; a pronoun, a definite description and a metonym lead to what they speak of."""
    found = [e.subject for e in read(text) if e.predicate == predicate]
    assert found
    assert all(isinstance(mention, Mention) and mention.resolved is resolved for mention in found)
