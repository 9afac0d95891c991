"""`csto-graph query`: what a release answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import click
from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    QueryTriples,
)

from csto_graph.cli.asking import read_question, settings_option
from csto_graph.cli.formats import written
from csto_graph.cli.options import home_option
from csto_graph.cli.released import required_release
from csto_graph.cli.tables import print_table
from csto_graph.errors import WrongCall
from csto_graph.namespaces import curie
from csto_graph.release.home import open_store
from csto_graph.release.syntaxes import GRAPH_FORMATS
from csto_graph.release.use import reading

_SOLUTIONS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_SOLUTION_FORMATS = ("table", *_SOLUTIONS)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE|-")
@click.option("--format", "result_format", type=click.Choice([*_SOLUTION_FORMATS, *GRAPH_FORMATS]),
              help="SELECT, ASK: table (default), json, xml, csv, tsv; CONSTRUCT, DESCRIBE: turtle (default) …")  # fmt: skip
@settings_option
@home_option
def query(file: Path, result_format: str | None, settings: tuple[str, ...], home: Path) -> None:
    """Answer a SPARQL 1.1 query, read from a file or from stdin (-). The prefixes of the project are declared."""
    question = read_question(file, settings)
    release = required_release(home)
    with reading(release.folder):
        results = question.put(open_store(release))
        with question.failures():
            _print_results(results, result_format)


def _print_results(results: QuerySolutions | QueryBoolean | QueryTriples, result_format: str | None) -> None:
    if isinstance(results, QueryTriples):
        name = _allowed(result_format or "turtle", GRAPH_FORMATS, "CONSTRUCT and DESCRIBE")
        click.echo(written(sorted(results, key=str), name), nl=False)
    elif (name := _allowed(result_format or "table", _SOLUTION_FORMATS, "SELECT and ASK")) != "table":
        content = results.serialize(format=_SOLUTIONS[name]) or b""
        click.echo(content, nl=not content.endswith(b"\n"))
    elif isinstance(results, QueryBoolean):
        click.echo(str(bool(results)).lower())
    else:
        headers = [variable.value for variable in results.variables]
        print_table(headers, (tuple(_cells(solution)) for solution in results))


def _allowed(name: str, formats: Collection[str], forms: str) -> str:
    if name not in formats:
        raise WrongCall(f"--format {name}", f"is not a format for {forms}", f"Use {', '.join(formats)}")
    return name


def _cells(solution: QuerySolution) -> Iterator[str]:
    for term in solution:
        if isinstance(term, NamedNode):
            yield curie(term.value)
        else:
            yield term.value if isinstance(term, Literal) else str(term or "")
