"""Folders of texts with gold facts, as they are read, and what of each reading is right."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.scorer import Scorer
from csto_graph import pipeline
from csto_graph.lines import json_lines
from csto_graph.model import Statement

Rule = tuple[str, str]  # an entry of the lexicon and the predicate it read


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement against the gold of its text: `right` is None where gold counts it neither way."""

    text: str
    rule: Rule
    statement: Statement
    right: bool | None
    unlisted: bool  # gold lists such statements only by chance: they can be right, never wrong


def read_texts(folder: Path) -> dict[str, pipeline.SourceRead]:
    """Every text of a folder as it is read, by the stem of its file, on the `document_date` of its sidecar."""
    return {path.stem: pipeline.read(path, document_date(path)) for path in sorted(folder.glob("*.txt"))}


def document_date(path: Path) -> str | None:
    """The date that the sidecar of a text gives it, if there is one."""
    sidecar = path.with_suffix(".json")
    return json.loads(sidecar.read_text(encoding="utf-8")).get("document_date") if sidecar.is_file() else None


def judged(folder: Path, readings: dict[str, pipeline.SourceRead], scorer: Scorer) -> Iterator[Judged]:
    """Each statement of these texts: right where a required fact of gold has its relation, its ends and its status.

    What only an optional fact matches, what no gold relation knows and what gold does not list on purpose counts neither way.
    """
    names = scorer.names(folder)
    for stem, read in readings.items():
        gold = _facts(folder / f"{stem}.gold.jsonl")
        for statement, line in zip(read.statements, json_lines(read.statements), strict=True):
            rule = (statement.extraction.rule, statement.extraction.predicate)
            right = _is_right(json.loads(line), gold, names, scorer)
            yield Judged(f"{folder.name}/{stem}", rule, statement, right, _is_unlisted(json.loads(line)))


def _facts(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _is_right(statement: dict[str, Any], gold: Sequence[dict[str, Any]], names: Any, scorer: Scorer) -> bool | None:
    predicate = scorer.module.local(statement["predicate"])
    if predicate != "signedOn" and not scorer.module.RELATIONS_OF.get(predicate):
        return None
    matching = [fact for fact in gold if scorer.module.facts_match(fact, statement, names)]
    if any(fact["status"] == statement["status"] and not fact.get("optional") for fact in matching):
        return True
    if any(fact.get("optional") for fact in matching) or (not matching and _is_unlisted(statement)):
        return None
    return False


def _is_unlisted(statement: dict[str, Any]) -> bool:
    """Signings that gold gives by signatory, and the document's own evaluations."""
    subject = statement["subject"] or {}
    return statement["predicate"] == "cst:signedOn" or (
        statement["predicate"] == "cst:claims" and subject.get("label") == "the document"
    )
