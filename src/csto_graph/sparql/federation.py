"""SERVICE clauses (SPARQL 1.1 Federated Query), and which endpoints they may name.

A clause is let through when its endpoint is a constant IRI on the list. The engine follows redirects, resolves names itself
and cannot be told otherwise: it is given an address of this machine instead, where `backend.federation` asks on its behalf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from csto_graph.sparql.diagnosis import place
from csto_graph.sparql.names import named_iris
from csto_graph.sparql.refusal import Refusal
from csto_graph.sparql.tokens import Token

_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Clause:
    """`SERVICE SILENT? <iri>`: its words, the terminal that names the endpoint, and that endpoint in full."""

    words: tuple[Token, ...]
    named: Token
    iri: str


def endpoint(iri: str) -> str | None:
    """The IRI of an endpoint in the one form in which two are compared (RFC 3986, section 6.2.2); None for what is none.

    That is an address of http or https, without a user, without a fragment and in ASCII.
    """
    try:
        parts = urlsplit(iri)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc or "#" in iri or "\\" in iri:
        return None
    if not iri.isascii() or any(letter <= " " for letter in iri):
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    where = host if port in {None, _PORTS[parts.scheme]} else f"{host}:{port}"
    return f"{parts.scheme}://{where}{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


def without_services(query: str, terminals: list[Token], allowed: frozenset[str]) -> str:
    """The query with GRAPH in place of every SERVICE that names an endpoint on the list: as long, and a query as much as it is.

    Raises the Refusal of a clause whose endpoint is not on the list, or is a variable.
    """
    for clause in _clauses(query, terminals):
        if endpoint(clause.iri) not in allowed:
            detail = f"SERVICE <{clause.iri}> is not among the endpoints that this service asks. Ask it yourself."
            raise Refusal(detail, **place(query, clause.named))
    return _replaced(query, terminals, lambda clause: zip(clause.words, ("GRAPH  ", "      "), strict=False))


def routed(query: str, terminals: list[Token], address: Callable[[str], str]) -> str:
    """The query with the address of this machine at which each endpoint is asked."""
    return _replaced(query, terminals, lambda clause: [(clause.named, f"<{address(endpoint(clause.iri) or '')}>")])


def _clauses(query: str, terminals: list[Token]) -> Iterator[Clause]:
    named = {token.start: iri for _, token, iri in named_iris(terminals)}
    for index, token in enumerate(terminals):
        if token.keyword != "SERVICE":
            continue
        silent = tuple(each for each in terminals[index + 1 : index + 2] if each.keyword == "SILENT")
        after = terminals[index + 1 + len(silent)] if index + 1 + len(silent) < len(terminals) else None
        if after is not None and after.kind == "variable":
            detail = "SERVICE must name its endpoint by an IRI here, not by a variable."
            raise Refusal(detail, **place(query, after))
        if after is not None and after.start in named:
            yield Clause((token, *silent), after, named[after.start])


def _replaced(query: str, terminals: list[Token], change: Callable[[Clause], Iterable[tuple[Token, str]]]) -> str:
    parts, end = [], 0
    for clause in _clauses(query, terminals):
        for token, text in change(clause):
            parts += [query[end : token.start], text]
            end = token.start + len(token.text)
    return "".join([*parts, query[end:]])
