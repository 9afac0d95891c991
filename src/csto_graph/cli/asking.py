"""A query from a file with the values of its parameters, put to the store of a release."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from csto_graph.backend.engine import ontology_terms
from csto_graph.cli.sparql import fault
from csto_graph.errors import RefusedData, WrongCall
from csto_graph.namespaces import CST, PREFIXES
from csto_graph.sparql.admission import refuse_federation
from csto_graph.sparql.graphs import conforming, named_in, notes_on_exists
from csto_graph.sparql.names import notes_on_terms
from csto_graph.sparql.refusal import Refusal
from csto_graph.sparql.stored import bound, require_classes
from csto_graph.sparql.tokens import Token, tokens

settings_option = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of a stored query, such as day=2012-07-01; may be repeated.",
)

Results = QuerySolutions | QueryBoolean | QueryTriples


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it stands in a file, and what its parameters are."""

    file: Path
    stored: str
    values: dict[str, str]
    text: str  # with these values

    def put(self, store: Store) -> Results:
        """What a store answers, to be read under `failures`; notes on the query go to stderr.

        Raises `WrongCall` for a value that the release does not know, `RefusedData` for what is wrong with the query.
        """
        require_classes(self.stored, self.values, lambda asked: bool(store.query(asked)))
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # the engine cannot be cancelled; ending a reader harms nothing
        terminals = list(tokens(self.text))
        asked, notes = self._conforming(store, terminals)
        results = self._results(store, asked)
        for note in (*notes_on_terms(terminals, str(CST), ontology_terms(store)), *notes, *notes_on_exists(terminals)):
            click.echo(f"csto-graph: {note}", err=True)
        return results

    @contextmanager
    def failures(self) -> Iterator[None]:
        """What the engine says while it answers, as a refusal of the query."""
        try:
            yield
        except BrokenPipeError:
            raise
        except (OSError, RuntimeError, ValueError) as error:
            raise RefusedData(self.file, f"cannot be answered ({error})", "Change the query, or run csto-graph build") from None

    def _conforming(self, store: Store, terminals: list[Token]) -> tuple[str, tuple[str, ...]]:
        """The query as the engine answers it by the standard, and notes on it: the same as over HTTP."""
        graphs = frozenset(graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode))
        try:
            return conforming(self.text, terminals, named_in(terminals, graphs))
        except Refusal as refused:
            problem, _, remedy = refused.detail.rstrip(".").partition(". ")
            raise RefusedData(self.file, problem, remedy) from None

    def _results(self, store: Store, asked: str) -> Results:
        try:
            refuse_federation(self.text)
        except Refusal as refused:
            raise RefusedData(self.file, "sends a request to another endpoint (SERVICE)", "Ask that endpoint itself") from refused
        try:
            with self.failures():
                return store.query(asked, prefixes=PREFIXES)
        except SyntaxError as error:
            problem, remedy = fault(self.text, str(error))
            raise RefusedData(self.file, problem, remedy) from None


def read_question(file: Path, settings: Iterable[str]) -> Question:
    """The query in a file, or on stdin (-). Raises `WrongCall` and `RefusedData` for what is wrong with it or a setting."""
    values = _values(settings)
    stored = _query_text(file)
    return Question(file, stored, values, bound(stored, values, file))


def _values(settings: Iterable[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or name in values:
            problem = "gives a second value" if equals else "gives no value"
            raise WrongCall(f"--set {setting}", problem, "Write NAME=VALUE, once for each parameter")
        values[name] = value
    return values


def _query_text(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise RefusedData(file, "is not UTF-8", "Save the query as UTF-8") from None
    except OSError as error:
        raise WrongCall(file, f"cannot be read ({error.strerror})", "Name a file with a query, or - for stdin") from None
