"""docs/extraction.md: the entry that it shows is one that the lexicon takes, and reads what its example says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from csto_graph import resources
from csto_graph.extract.language import load
from csto_graph.extract.lexicon_file import ARROW, load_lexicon
from csto_graph.extract.reader import Reader
from csto_graph.extract.terms import load_terms
from csto_graph.link.reference import load_reference
from csto_graph.model import Source
from csto_graph.text.blocks import blocks
from tests.extract.reading import names, spelled

PAGE = resources.root() / "docs" / "extraction.md"


@pytest.mark.skipif(not PAGE.is_file(), reason="docs/ lies in a clone only")
def test_the_entry_of_the_page_reads_its_example(tmp_path: Path) -> None:
    """A reader who copies the entry gets what the page promises."""
    shown = re.search(r"```turtle\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    root, path = resources.root(), tmp_path / "lexicon.ttl"
    written = (root / "ontology" / "lexicon.ttl").read_text(encoding="utf-8")
    path.write_text(f"{written}\n{shown.group(1)}", encoding="utf-8")
    lexicon = load_lexicon(path)
    reader = Reader(lexicon, load_terms(root / "ontology" / "csto.ttl"), load_reference(root / "data" / "reference").names, load())
    entry = next(entry for entry in lexicon.entries if entry.id == "ferry_v")

    def read(text: str) -> list[object]:
        source = Source("sample", "sample", text, Path("sample.txt"))
        return [e for e in reader.read(source, blocks(source))[1] if e.rule == entry.id]

    sentence, ends = (part.strip() for part in entry.examples[0].split(ARROW))
    subject, object_ = (part.strip() for part in ends.split("·"))
    found = read(sentence)
    assert any(subject in names(e.subject) and object_ in names(e.object) for e in found), list(map(spelled, found))
    assert read(entry.counter_examples[0]) == []
