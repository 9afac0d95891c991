"""`csto-graph query`: what a release answers."""

from __future__ import annotations

import signal
import sys
from collections.abc import Collection, Iterable, Iterator
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
    Store,
)

from csto_graph.backend.engine import ontology_terms
from csto_graph.cli.formats import GRAPH_FORMATS, written
from csto_graph.cli.options import home_option
from csto_graph.cli.released import required_release
from csto_graph.cli.sparql import fault
from csto_graph.cli.tables import print_table
from csto_graph.errors import RefusedData, WrongCall
from csto_graph.namespaces import CST, PREFIXES, curie
from csto_graph.release.home import open_store
from csto_graph.release.use import reading
from csto_graph.sparql.admission import refuse_federation
from csto_graph.sparql.graphs import conforming, named_in, notes_on_exists
from csto_graph.sparql.names import notes_on_terms
from csto_graph.sparql.refusal import Refusal
from csto_graph.sparql.stored import bound, require_classes
from csto_graph.sparql.tokens import Token, tokens

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
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE",
              help="A parameter of a stored query, such as day=2012-07-01; may be repeated.")  # fmt: skip
@home_option
def query(file: Path, result_format: str | None, settings: tuple[str, ...], home: Path) -> None:
    """Answer a SPARQL 1.1 query, read from a file or from stdin (-). The prefixes of the project are declared."""
    values = _values(settings)
    stored = _query_text(file)
    text = bound(stored, values, file)
    release = required_release(home)
    with reading(release.folder):
        store = open_store(release)
        require_classes(stored, values, lambda asked: bool(store.query(asked)))
        _answer(store, text, file, result_format)


def _values(settings: Iterable[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or name in values:
            problem = "gives a second value" if equals else "gives no value"
            raise WrongCall(f"--set {setting}", problem, "Write NAME=VALUE, once for each parameter")
        values[name] = value
    return values


def _answer(store: Store, text: str, file: Path, result_format: str | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the engine cannot be cancelled; ending a reader harms nothing
    terminals = list(tokens(text))
    asked, notes = _conforming(store, text, terminals, file)
    results = _results(store, text, asked, file)
    for note in (*notes_on_terms(terminals, str(CST), ontology_terms(store)), *notes, *notes_on_exists(terminals)):
        click.echo(f"csto-graph: {note}", err=True)
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


def _conforming(store: Store, text: str, terminals: list[Token], file: Path) -> tuple[str, tuple[str, ...]]:
    """The query as the engine answers it by the standard, and notes on it: the same as over HTTP."""
    graphs = frozenset(graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode))
    try:
        return conforming(text, terminals, named_in(terminals, graphs))
    except Refusal as refused:
        problem, _, remedy = refused.detail.rstrip(".").partition(". ")
        raise RefusedData(file, problem, remedy) from None


def _results(store: Store, text: str, asked: str, file: Path) -> QuerySolutions | QueryBoolean | QueryTriples:
    try:
        refuse_federation(text)
    except Refusal as refused:
        raise RefusedData(file, "sends a request to another endpoint (SERVICE)", "Ask that endpoint itself") from refused
    try:
        return store.query(asked, prefixes=PREFIXES)
    except SyntaxError as error:
        problem, remedy = fault(text, str(error))
        raise RefusedData(file, problem, remedy) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise RefusedData(file, f"cannot be answered ({error})", "Change the query, or run csto-graph build") from None


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
