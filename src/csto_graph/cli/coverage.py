"""How `csto-graph extract --coverage` prints what the lexicon covers and what it does not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from csto_graph.cli.tables import print_table

if TYPE_CHECKING:
    from csto_graph.extract.coverage import Covered, Trigger

_MOST_FREQUENT = 60  # unknown words that the summary lists

Coverage = tuple[Path, Sequence["Covered"]]


def print_json_lines(found: Iterable[Coverage]) -> None:
    """One JSON object a sentence: file, offsets, what became of it, the words with and without an entry, its text."""
    for path, sentences in found:
        for sentence in sentences:
            click.echo(json.dumps(_record(path, sentence), ensure_ascii=False))


def print_tables(found: Iterable[Coverage]) -> None:
    """A table of the sentences of each file, then the counts, then the most frequent words that have no entry."""
    counts: Counter[str] = Counter()
    words: Counter[Trigger] = Counter()
    for path, sentences in found:
        counts.update(sentence.understanding for sentence in sentences)
        words.update(trigger for sentence in sentences for trigger in sentence.unknown)
        click.echo(f"{path}\n")
        print_table(("", "no entry", "sentence"), map(_row, sentences))
        click.echo()
    if counts:
        print_table(("sentences", ""), sorted((name, str(count)) for name, count in counts.items()))
    if words:
        click.echo()
        print_table(("words that relate known things and have no entry", "", "sentences"), _most_frequent(words))


def _most_frequent(words: Counter[Trigger]) -> Iterator[tuple[str, str, str]]:
    ordered = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    return ((trigger.lemma, trigger.part_of_speech, str(count)) for trigger, count in ordered[:_MOST_FREQUENT])


def _row(sentence: Covered) -> tuple[str, str, str]:
    words = ", ".join(trigger.lemma for trigger in sentence.unknown)
    return sentence.understanding, words, " ".join(sentence.passage.text.split())


def _record(path: Path, sentence: Covered) -> dict[str, object]:
    return {
        "file": str(path),
        "start": sentence.passage.start,
        "end": sentence.passage.end,
        "understanding": sentence.understanding,
        "known": [[trigger.lemma, trigger.part_of_speech] for trigger in sentence.known],
        "unknown": [[trigger.lemma, trigger.part_of_speech] for trigger in sentence.unknown],
        "text": sentence.passage.text,
    }
