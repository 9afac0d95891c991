"""Gold of our own is fit to measure with: it lies where it says, in sentences, in words the scorer knows."""

from __future__ import annotations

import importlib.util
import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.gold.materialise import CORPUS, HALVES, GoldError, Passage, aliases, materialise, passages

STATUSES = {"asserted", "attributed", "negated", "planned", "hypothetical"}
KEYS = {"id", "start", "end", "relation", "subject", "object", "qualifiers", "status"}
MORE_KEYS = {"claimant", "subject_alt", "object_alt", "relation_alt", "optional", "note"}
ENDS = re.compile(r"[.?!][”’\")]*\s*$")
PREFIX = 5  # letters that two forms of a word share: invade, invasion

pytestmark = pytest.mark.usefixtures("shared")


@cache
def _half(half: str) -> tuple[Passage, ...]:
    return tuple(passages(half)) if CORPUS.is_dir() else ()


def _facts() -> list[tuple[Passage, dict[str, Any]]]:
    return [(passage, fact) for half in HALVES for passage in _half(half) for fact in passage.facts]


def _ids(*wrong: tuple[Passage, dict[str, Any]]) -> list[str]:
    return [f"{passage.stem} {fact['id']}" for passage, fact in wrong]


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    """The scorer, as it lies in the shared folder."""
    spec = importlib.util.spec_from_file_location("score_extraction", shared / "tools" / "score_extraction.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _stems(text: str) -> set[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return {word[:PREFIX] for word in re.findall(r"[a-z0-9]+", plain)}


def _said(name: str, passage: Passage, other_names: dict[str, list[str]], small: set[str]) -> bool:
    """Whether a name is made of words of the passage, or another name of the same thing is."""
    groups = [[key, *others] for key, others in other_names.items() if name in (key, *others)]
    words = _stems(passage.words) | {word[:PREFIX] for word in small}
    return any(_stems(form) <= words for form in [name, *(form for group in groups for form in group)])


def test_there_is_gold_for_tuning() -> None:
    """The half to learn from holds passages with facts."""
    assert len(_half("tuning")) >= 6
    assert all(passage.facts for passage in _half("tuning"))


def test_facts_have_the_fields_of_gold() -> None:
    """Every field is one that gold has, and none that must be there is absent; ids are unique."""
    facts = _facts()
    assert _ids(*[(p, f) for p, f in facts if not set(f) >= KEYS or set(f) - KEYS - MORE_KEYS]) == []
    assert len({(passage.stem, fact["id"]) for passage, fact in facts}) == len(facts)


def test_facts_come_from_no_dev_text(shared: Path) -> None:
    """No passage repeats a text of the shared gold."""
    known = " ".join(path.read_text("utf-8") for path in sorted((shared / "gold").rglob("*.txt")))
    assert [p.stem for half in HALVES for p in _half(half) if p.words in known or p.words[:200] in known] == []


def test_the_halves_share_no_file() -> None:
    """What measures is not what was learned from."""
    tuning, held_out = ({passage.sidecar["file"] for passage in _half(half)} for half in HALVES)
    assert tuning & held_out == set()


def test_passages_are_whole_paragraphs() -> None:
    """A passage begins and ends with a paragraph."""
    broken = [
        p.stem for half in HALVES for p in _half(half) if f"\n{p.words}\n" not in f"\n{p.text}\n" or p.words != p.words.strip()
    ]
    assert broken == []


def test_sentences_lie_in_their_passage() -> None:
    """A sentence begins where one ended, ends with its mark, and never crosses a line."""

    def bounded(passage: Passage, fact: dict[str, Any]) -> bool:
        said, before = passage.sentence(fact), passage.text[passage.start : fact["start"]]
        after = passage.text[fact["end"] : passage.end]
        begins = not before or (before[-1].isspace() and bool(ENDS.search(before)))
        return begins and said == said.strip() and "\n" not in said and bool(ENDS.search(said)) and after[:1] in ("", " ", "\n")

    assert _ids(*[(p, f) for p, f in _facts() if not bounded(p, f)]) == []


def test_relations_are_the_scorers(scorer: ModuleType) -> None:
    """Relations and their alternatives are known to the scorer."""

    def relations(fact: dict[str, Any]) -> set[str]:
        return {fact["relation"], *fact.get("relation_alt", ())}

    assert _ids(*[(p, f) for p, f in _facts() if relations(f) - set(scorer.PREDICATES)]) == []


def test_statuses_are_known() -> None:
    """A status is one of the five; what is attributed has its claimant."""
    assert _ids(*[(p, f) for p, f in _facts() if f["status"] not in STATUSES]) == []
    assert _ids(*[(p, f) for p, f in _facts() if f["status"] == "attributed" and not f.get("claimant")]) == []


def test_subjects_and_objects_are_said(scorer: ModuleType) -> None:
    """What a fact names is said in the passage, is an alias of what is, or has a note."""
    wrong = []
    for passage, fact in _facts():
        half = next(half for half in HALVES if passage in _half(half))
        names = [fact["subject"], fact["object"]]
        if not fact.get("note") and not all(n == "-" or _said(n, passage, aliases(half), scorer.STOP) for n in names):
            wrong.append((passage, fact))
    assert _ids(*wrong) == []


@pytest.mark.parametrize("half", HALVES)
def test_the_scorer_reads_what_is_materialised(half: str, tmp_path: Path, scorer: ModuleType) -> None:
    """A half becomes a folder in which every fact is in its sentence, and the sentence in its text."""
    count = materialise(half, tmp_path)
    assert count == len(list(tmp_path.glob("*.txt"))) == len(list(tmp_path.glob("*.gold.jsonl"))) == len(_half(half))
    for path in tmp_path.glob("*.gold.jsonl"):
        text = path.with_name(path.name.replace(".gold.jsonl", ".txt")).read_text("utf-8")
        assert all(json.loads(line)["sentence"] in text for line in path.read_text("utf-8").splitlines())
    assert scorer.score(tmp_path, tmp_path / "none")["passages"] == count


def _copied(tmp_path: Path, **changes: object) -> Path:
    """A folder of gold of one short passage, with changes to its sidecar."""
    source = _half("tuning")[0]
    (tmp_path / "tuning").mkdir()
    (tmp_path / "tuning" / f"{source.stem}.json").write_text(json.dumps({**source.sidecar, **changes}), "utf-8")
    facts = "".join(json.dumps(fact) + "\n" for fact in source.facts)
    (tmp_path / "tuning" / f"{source.stem}.gold.jsonl").write_text(facts, "utf-8")
    return tmp_path


def test_another_file_is_refused(tmp_path: Path) -> None:
    """Offsets made for other bytes are not used."""
    gold = _copied(tmp_path, sha256="0" * 64)
    with pytest.raises(GoldError, match="is not the file the gold was written for"):
        materialise("tuning", tmp_path / "out", gold=gold)


def test_a_sentence_outside_the_passage_is_refused(tmp_path: Path) -> None:
    """A fact whose sentence the passage does not hold is refused by its id."""
    source = _half("tuning")[0]
    gold = _copied(tmp_path, end=source.start + 1)
    with pytest.raises(GoldError, match="is outside the passage"):
        materialise("tuning", tmp_path / "out", gold=gold)


def test_a_passage_outside_the_file_is_refused(tmp_path: Path) -> None:
    """A passage that the file does not hold is refused."""
    gold = _copied(tmp_path, end=10**7)
    with pytest.raises(GoldError, match="is outside the file"):
        materialise("tuning", tmp_path / "out", gold=gold)


def test_there_are_two_halves(tmp_path: Path) -> None:
    """Any other half is refused, with the names of the two."""
    with pytest.raises(GoldError, match="tuning and held-out"):
        materialise("both", tmp_path)


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    """What is left of an earlier run is not scored with this one."""
    assert materialise("tuning", tmp_path) > 0
    with pytest.raises(GoldError, match="is not empty"):
        materialise("tuning", tmp_path)
