"""The IRIs that a query names, in full (SPARQL 1.1 Query Language, section 4.1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from csto_graph.namespaces import BASE, PREFIXES
from csto_graph.sparql.spelling import nearest
from csto_graph.sparql.tokens import Token

_MOST_NOTES = 5
_ABSOLUTE = re.compile(r"https?://(?!.*/\.)")  # nothing to resolve, no dot segment to remove (RFC 3986, section 5.2)


def named_iris(terminals: list[Token]) -> Iterator[tuple[Token | None, Token, str]]:
    """Each IRI or prefixed name outside the prologue: the terminal before it, itself, the IRI."""
    base, prefixes = BASE, dict(PREFIXES)
    before: Token | None = None
    declared = -1
    for index, token in enumerate(terminals):
        if before is not None and before.keyword == "BASE" and token.kind == "iri":
            base = _resolved(base, token.iri)
        elif before is not None and before.keyword == "PREFIX" and index + 1 < len(terminals):
            if terminals[index + 1].kind == "iri":
                prefixes[token.text.removesuffix(":")] = _resolved(base, terminals[index + 1].iri)
                declared = index + 1
        elif index != declared and token.kind in {"iri", "name"}:
            yield before, token, _expanded(token, base, prefixes)
        before = token


def notes_on_terms(terminals: list[Token], namespace: str, known: frozenset[str]) -> tuple[str, ...]:
    """A sentence for each term of the namespace that is none of the known local names, and the one that is most like it.

    What a CONSTRUCT makes may have any name.
    """
    if not known:
        return ()
    asked = list(_outside_template(terminals))
    locals_ = (iri.removeprefix(namespace) for _, _, iri in named_iris(asked) if iri.startswith(namespace))
    unknown = [local for local in dict.fromkeys(locals_) if local and local not in known]
    return tuple(_note(local, known) for local in unknown[:_MOST_NOTES])


def _note(local: str, known: frozenset[str]) -> str:
    meant = nearest(local, known)
    return f"cst:{local[:60]} is not a term of the ontology.{f' Did you mean cst:{meant}?' if meant else ''}"


def _outside_template(terminals: list[Token]) -> Iterator[Token]:
    depth, inside = 0, False
    for before, token in zip([None, *terminals], terminals, strict=False):
        inside = inside or (before is not None and before.keyword == "CONSTRUCT" and token.text == "{")
        if not inside:
            yield token
            continue
        depth += (token.text == "{") - (token.text == "}")
        inside = depth > 0


def _resolved(base: str, iri: str) -> str:
    """`urljoin` may leave out an empty fragment, which many namespaces end with, and takes its time for what is absolute."""
    if _ABSOLUTE.match(iri):
        return iri
    joined = urljoin(base, iri)
    return f"{joined}#" if iri.endswith("#") and not joined.endswith("#") else joined


def _expanded(token: Token, base: str, prefixes: dict[str, str]) -> str:
    if token.kind == "iri":
        return _resolved(base, token.iri)
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, f"{prefix}:") + re.sub(r"\\(.)", r"\1", local)
