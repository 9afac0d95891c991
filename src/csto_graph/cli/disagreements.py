"""`csto-graph disagreements`: where sources differ, which of them the default graph follows, and how to turn it."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import click

from csto_graph.cli.differing import Case, Said, cases
from csto_graph.cli.options import home_option
from csto_graph.cli.released import required_release
from csto_graph.release.home import open_store
from csto_graph.release.use import reading

_COLUMNS = (
    "disagreement", "kind", "message", "side", "followed", "statement", "reading", "when", "words", "sources", "sureness",
    "because",
)  # fmt: skip


@click.command()
@click.option("--format", "result_format", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True,
              help="text: to be read; json: a list of objects; csv: one line for each statement.")  # fmt: skip
@home_option
def disagreements(result_format: str, home: Path) -> None:
    """Print the statements that cannot all be right: their words or citations, which the default graph follows, and why."""
    release = required_release(home)
    with reading(release.folder):
        found = list(cases(open_store(release)))
    if result_format == "json":
        click.echo(json.dumps([_object(case) for case in found], ensure_ascii=False, indent=2))
    elif result_format == "csv":
        _write_csv(found)
    else:
        _print(found)


def _print(found: Iterable[Case]) -> None:
    known = list(found)
    for case in known:
        click.echo("\n".join(_paragraph(case)) + "\n")
    how = "To turn one, write a [[choice]] into data/policy.toml and build"
    click.echo(f"csto-graph: {len(known)} disagreements. {how}.", err=True)


def _paragraph(case: Case) -> Iterator[str]:
    yield f"{case.kind}: {case.message}"
    for number, side in enumerate(case.sides):
        yield f"  {_heading(case, number)}"
        for said in side:
            yield from _lines(said)
    if case.rests_on:
        yield "  rests on"
        for said in case.rests_on:
            yield from _lines(said)
    yield f"  because  {case.because}"
    turned = case.sides[0 if case.aside is None else case.aside][0]
    yield f'  to turn  disagreement = "{case.iri}", follows = "{turned.iri}"'


def _heading(case: Case, number: int) -> str:
    side = ("one side", "the other side")[number]
    if case.aside is None and not case.followed[number]:
        return f"{side}, which is set aside in another case"
    if case.aside is None:
        return f"{side}, which stays{' too' * (number and case.followed[0])}"
    return "set aside" if number == case.aside else "followed"


def _lines(said: Said) -> Iterator[str]:
    yield f"    {said.reading}{f', {said.when}' if said.when else ''}{f' [{said.sureness}]' if said.sureness else ''}"
    if said.words:
        yield f"      “{' '.join(said.words.split())}”"
    for source in said.sources:
        yield f"      {source}"


def _object(case: Case) -> dict[str, object]:
    sides = [
        {"followed": case.followed[number], "statements": list(map(asdict, side))} for number, side in enumerate(case.sides)
    ]
    about = {name: getattr(case, name) for name in ("iri", "kind", "query", "message", "because")}
    return {**about, "sides": sides, "rests_on": [asdict(said) for said in case.rests_on]}


def _write_csv(found: Iterable[Case]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for case in found:
        for number, side in enumerate(case.sides):
            followed = str(case.followed[number]).lower()
            for said in side:
                sources = " | ".join(said.sources)
                told = (said.iri, said.reading, said.when, said.words, sources, said.sureness)
                writer.writerow((case.iri, case.kind, case.message, number + 1, followed, *told, case.because))
