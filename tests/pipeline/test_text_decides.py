"""No fact is written into code or data by hand: take words out of the article and their statements are gone, change a
name and the statements follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_graph.text.blocks import blocks
from csto_graph.text.sources import read_text
from tests.extract.reading import end, reader

# Each case: what is replaced in the text, as (old, new) pairs; demonyms go with their state.
SUBSTITUTIONS = [
    [("Armenia", "Georgia")],
    [("Kazakhstan", "Mongolia"), ("Kazakh ", "Mongolian ")],
    [("Belarus", "Serbia")],
    [("Tajikistan", "Moldova")],
    [("Kyrgyzstan", "Turkmenistan")],
    [("Soviet Union", "Yugoslavia")],
    [("Article 4", "Article 5")],
    [("2007", "2011")],
    [("20,000", "8,500")],
]
_DIGITS = {"20,000": "20000", "8,500": "8500"}


def _statements(text: str, folder: Path) -> set[tuple[str, ...]]:
    path = folder / "article.txt"
    path.write_text(text, encoding="utf-8")
    source = read_text(path, "2022-01-10")
    found = reader().read(source, blocks(source))[1]
    return {(e.predicate, end(e.subject), end(e.object), e.qualifiers.time or "", e.status.value) for e in found}


@pytest.mark.parametrize("pairs", SUBSTITUTIONS, ids=lambda pairs: f"{pairs[0][0]} → {pairs[0][1]}")
def test_a_changed_name_changes_the_statements(article: Path, tmp_path: Path, pairs: list[tuple[str, str]]) -> None:
    """Statements that spoke of the old name speak of the new one; all others stay as they were."""
    text = article.read_text(encoding="utf-8")
    before = _statements(text, tmp_path)
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    renamed = {tuple(_renamed(part, pairs) for part in statement) for statement in before}
    assert renamed != before
    assert _statements(text, tmp_path) == renamed


def _renamed(part: str, pairs: list[tuple[str, str]]) -> str:
    for old, new in pairs:
        part = part.replace(_DIGITS.get(old, old), _DIGITS.get(new, new))
    return part


SENTENCES = [
    ("The Collective Security Treaty came into force in 1994. ", "enteredIntoForceOn"),
    ("The government asked help under the CSTO. ", "requestedAssistanceFrom"),
    ("Today it has six members: Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia and Tajikistan.", "memberCount"),
    (" The Kazakhstan’s President blamed foreign-trained “terrorist gangs” for the protests.", "blamed"),
    ("After the fall of Soviet Union in 1991, the Warsaw Pact dissolved. ", "dissolvedOn"),
]


@pytest.mark.parametrize(("sentence", "predicate"), SENTENCES, ids=[predicate for _, predicate in SENTENCES])
def test_a_deleted_sentence_takes_its_statements_with_it(article: Path, tmp_path: Path, sentence: str, predicate: str) -> None:
    """Without the sentence there is no statement of its predicate, which was there before."""
    text = article.read_text(encoding="utf-8")
    assert sentence in text
    assert any(statement[0] == predicate for statement in _statements(text, tmp_path))
    assert not any(statement[0] == predicate for statement in _statements(text.replace(sentence, ""), tmp_path))
