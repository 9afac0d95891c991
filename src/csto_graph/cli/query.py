"""`csto-graph query`: what a release answers."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
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
    RdfFormat,
    Store,
    serialize,
)

from csto_graph.cli.options import home_option
from csto_graph.cli.released import required_release
from csto_graph.cli.sparql import fault
from csto_graph.cli.tables import curie, print_table
from csto_graph.errors import RefusedData, WrongCall
from csto_graph.namespaces import PREFIXES
from csto_graph.release.home import open_store
from csto_graph.release.turtle import prefixes_of, turtle

_SOLUTIONS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_TRIPLES = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
_FORMATS = ("table", *_SOLUTIONS, *_TRIPLES)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE|-")
@click.option("--format", "result_format", type=click.Choice(_FORMATS),
              help="SELECT, ASK: table (default), json, xml, csv, tsv; CONSTRUCT, DESCRIBE: turtle (default) …")  # fmt: skip
@home_option
def query(file: Path, result_format: str | None, home: Path) -> None:
    """Answer a SPARQL 1.1 query, read from a file or from stdin (-). The prefixes of the project are declared."""
    text = _query_text(file)
    store = open_store(required_release(home))
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the engine cannot be cancelled; ending a reader harms nothing
    results = _results(store, text, file)
    try:
        _print_results(results, result_format)
    except BrokenPipeError:
        raise
    except (OSError, RuntimeError, ValueError) as error:
        raise RefusedData(file, f"cannot be answered ({error})", "Change the query, or run csto-graph build") from None


def _query_text(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise RefusedData(file, "is not UTF-8", "Save the query as UTF-8") from None
    except OSError as error:
        raise WrongCall(file, f"cannot be read ({error.strerror})", "Name a file with a query, or - for stdin") from None


def _results(store: Store, text: str, file: Path) -> QuerySolutions | QueryBoolean | QueryTriples:
    try:
        return store.query(text, prefixes=PREFIXES)
    except SyntaxError as error:
        problem, remedy = fault(text, str(error))
        raise RefusedData(file, problem, remedy) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise RefusedData(file, f"cannot be answered ({error})", "Change the query, or run csto-graph build") from None


def _print_results(results: QuerySolutions | QueryBoolean | QueryTriples, result_format: str | None) -> None:
    if isinstance(results, QueryTriples):
        click.echo(_triples(results, _allowed(result_format or "turtle", _TRIPLES, "CONSTRUCT and DESCRIBE")), nl=False)
    elif (name := _allowed(result_format or "table", ("table", *_SOLUTIONS), "SELECT and ASK")) != "table":
        content = results.serialize(format=_SOLUTIONS[name]) or b""
        click.echo(content, nl=not content.endswith(b"\n"))
    elif isinstance(results, QueryBoolean):
        click.echo(str(bool(results)).lower())
    else:
        headers = [variable.value for variable in results.variables]
        print_table(headers, (tuple(_cells(solution)) for solution in results))


def _triples(results: QueryTriples, name: str) -> bytes:
    triples = list(results)
    if name == "turtle":
        return turtle(triples)
    ordered = sorted(triples, key=str)
    return serialize(ordered, format=_TRIPLES[name], prefixes=prefixes_of(ordered)) or b""


def _allowed(name: str, formats: object, forms: str) -> str:
    names = tuple(formats) if isinstance(formats, (dict, tuple)) else ()
    if name not in names:
        raise WrongCall(f"--format {name}", f"is not a format for {forms}", f"Use {', '.join(names)}")
    return name


def _cells(solution: QuerySolution) -> Iterator[str]:
    for term in solution:
        if isinstance(term, NamedNode):
            yield curie(term.value)
        else:
            yield term.value if isinstance(term, Literal) else str(term or "")
