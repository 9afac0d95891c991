"""What is refused of an update before the engine sees it, and the update as the engine is given it.

pyoxigraph sends requests for LOAD and SERVICE and cannot be told not to, and takes no dataset beside an update.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from csto_graph.sparql.admission import (
    named_graphs,
    refuse_excess,
    refuse_federation,
    refuse_open_string,
    require_graphs,
    requires_dataset,
)
from csto_graph.sparql.diagnosis import place
from csto_graph.sparql.forms import FORMS
from csto_graph.sparql.graphs import refuse_astray
from csto_graph.sparql.refusal import Refusal
from csto_graph.sparql.tokens import Token, one_reading, tokens

_NOTHING: Final = "INSERT DATA {}"


def admitted_update(text: str, graphs: frozenset[str], using: Iterable[str] = (), using_named: Iterable[str] = ()) -> str:
    """The update with the dataset that the request names (SPARQL 1.1 Protocol, section 2.2.3), safe to be carried out.

    Raises the Refusal that says what the service does not do and what to do instead.
    """
    terminals = list(tokens(text))
    _refuse_query(text, terminals)
    refuse_open_string(text, terminals)
    refuse_excess(list(_outside_data(terminals)), "update")
    alone = _without_loads(text, terminals)
    refuse_federation(alone, update=True)
    refuse_astray(text, terminals)
    known = graphs | frozenset(named_graphs(terminals))  # what an operation makes, a later one may use
    requires_dataset(text, terminals, known)
    clauses = [*((iri, "USING") for iri in using), *((iri, "USING NAMED") for iri in using_named)]
    if not clauses:
        return one_reading(alone)
    require_graphs((iri for iri, _ in clauses), known)
    return one_reading(_with_dataset(alone, " ".join(f"{keyword} <{iri}>" for iri, keyword in clauses)))


def _refuse_query(text: str, terminals: list[Token]) -> None:
    first = next((token for token in terminals if token.keyword and token.keyword not in {"BASE", "PREFIX"}), None)
    if first is not None and first.keyword in FORMS:
        raise Refusal(f"{first.keyword} is a query and changes nothing. Put it to /sparql.", **place(text, first))


def _outside_data(terminals: list[Token]) -> Iterator[Token]:
    """What the engine works through one by one, as the triples of INSERT DATA, is left out but for its brackets."""
    depth, before = 0, ""
    for token in terminals:
        opens = token.text == "{" and (depth or before in {"DATA", "INSERT", "DELETE"})
        depth += bool(opens) - (token.text == "}" and depth > 0)
        if not depth or token.text in {"{", "}"} or token.text in {"[", "]", "(", ")", "<<", ">>", "<<(", ")>>"}:
            yield token
        before = token.keyword


def _without_loads(text: str, terminals: list[Token]) -> str:
    """LOAD fetches, which is refused; LOAD SILENT fetches nothing either, and is silent about it."""
    parts, end = [], 0
    for index, token in enumerate(terminals):
        if token.keyword != "LOAD":
            continue
        if index + 1 >= len(terminals) or terminals[index + 1].keyword != "SILENT":
            detail = "This service fetches nothing: LOAD is not offered. Send the data itself, by INSERT DATA or to /graphs."
            raise Refusal(detail, **place(text, token))
        last = _end_of_load(terminals, index)
        parts += [text[end : token.start], _NOTHING]
        end = last.start + len(last.text)
    return "".join([*parts, text[end:]])


def _end_of_load(terminals: list[Token], index: int) -> Token:
    """LOAD SILENT iri (INTO GRAPH iri)?"""
    end = index + 2
    if [token.keyword for token in terminals[index + 3 : index + 5]] == ["INTO", "GRAPH"]:
        end = index + 5
    return terminals[min(end, len(terminals) - 1)]


def _with_dataset(text: str, clauses: str) -> str:
    """The update with these clauses before each WHERE that belongs to an operation.

    Raises a Refusal where the update has a dataset of its own: it would not be clear which one counts.
    """
    parts, end = [], 0
    for token, opening, operation in _wheres(text):
        if operation == "DELETE":  # DELETE WHERE { … } is DELETE { … } WHERE { … } (SPARQL 1.1 Update, section 3.1.3.3)
            pattern = text[opening.start : _closing(text, opening) + 1]
            parts += [text[end : token.start], f"{pattern} {clauses} "]
        else:
            parts += [text[end : token.start], f"{clauses} "]
        end = token.start
    return "".join([*parts, text[end:]])


def _wheres(text: str) -> Iterator[tuple[Token, Token, str]]:
    """Each WHERE of an operation with the bracket after it and the word before it."""
    terminals, depth = list(tokens(text)), 0
    for before, token, after in zip([None, *terminals], terminals, [*terminals[1:], None], strict=False):
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0 and token.keyword in {"USING", "WITH"}:
            detail = "The request names a dataset and so does the update. Leave out one of the two."
            raise Refusal(detail, **place(text, token))
        if depth == 0 and token.keyword == "WHERE" and after is not None:
            yield token, after, before.keyword if before else ""


def _closing(text: str, opening: Token) -> int:
    """Where the bracket closes that this one opens; the end of the text where none does."""
    depth = 0
    for token in tokens(text):
        if token.start >= opening.start:
            depth += (token.text == "{") - (token.text == "}")
            if depth == 0:
                return token.start
    return len(text)
