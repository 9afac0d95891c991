"""The lexicon's own examples: each entry reads what its examples say, and nothing from its counter-examples."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from csto_graph import resources
from csto_graph.errors import RefusedData
from csto_graph.extract.lexicon import Entry
from csto_graph.extract.lexicon_file import ARROW, load_lexicon
from tests.extract.reading import lexicon, names, read, spelled

EXAMPLES = [(entry, example) for entry in lexicon().entries for example in entry.examples]
COUNTER_EXAMPLES = [(entry, example) for entry in lexicon().entries for example in entry.counter_examples]


def _id(value: object) -> str:
    return value.id if isinstance(value, Entry) else str(value).split(ARROW)[0].strip()


@pytest.mark.parametrize(("entry", "example"), EXAMPLES, ids=_id)
def test_an_entry_reads_its_example(entry: Entry, example: str) -> None:
    """The entry makes a statement with the subject and the object that its example names."""
    sentence, expected = (part.strip() for part in example.split(ARROW))
    subject, object_ = (part.strip() for part in expected.split("·"))
    found = [e for e in read(sentence) if e.rule == entry.id]
    assert any(subject in names(e.subject) and object_ in names(e.object) for e in found), list(map(spelled, read(sentence)))


@pytest.mark.parametrize(("entry", "sentence"), COUNTER_EXAMPLES, ids=_id)
def test_an_entry_reads_nothing_from_its_counter_example(entry: Entry, sentence: str) -> None:
    """A sentence that only looks like the entry's makes no statement of it."""
    assert [spelled(e) for e in read(sentence) if e.rule == entry.id] == []


def test_no_node_is_declared_twice() -> None:
    """Turtle would run two nodes of one name together: an argument with the markers of both, an entry with both senses."""
    written = (resources.root() / "ontology" / "lexicon.ttl").read_text(encoding="utf-8")
    declared = Counter(re.findall(r"^lexicon:(\w+) a ", written, re.MULTILINE))
    assert len(declared) > 500
    assert [name for name, times in declared.items() if times > 1] == []


def test_every_reading_entry_has_an_example() -> None:
    """No entry that reads a property goes without an example."""
    exemplified = {entry.id for entry in lexicon().entries if entry.examples}
    assert [entry.id for entry in lexicon().entries if entry.senses and entry.id not in exemplified] == []


@pytest.mark.parametrize(
    ("turtle", "problem"),
    [
        ("lexicon:x_v a ontolex:Word ; ; ; ]", "is not Turtle"),
        ("lexicon:x_v ontolex:canonicalForm [ ] .", "needs a written form"),
        ('lexicon:x_v lexinfo:partOfSpeech lexinfo:verb ; ontolex:canonicalForm [ ontolex:writtenRep "x" ] ; ontolex:sense [ ] .',
         "has a sense without a reference"),
    ],
)  # fmt: skip
def test_a_broken_lexicon_is_refused(tmp_path: Path, turtle: str, problem: str) -> None:
    """A lexicon that does not hold is refused with the file and the entry."""
    prefixes = (
        "@prefix lexicon: <https://w3id.org/csto-graph/lexicon#> . @prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> . "
        "@prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> .\n"
    )
    path = tmp_path / "lexicon.ttl"
    path.write_text(prefixes + turtle, encoding="utf-8")
    with pytest.raises(RefusedData, match=problem) as refusal:
        load_lexicon(path)
    assert refusal.value.place == str(path)
