"""Suggestions while somebody types: things, types and properties whose name begins like this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from flask import request

from csto_graph.likeness import folded
from csto_graph.serve.problems import Problem
from csto_graph.serve.reconcile.index import Entity, How, Index, Term
from csto_graph.serve.reconcile.manifests import named

USUAL: Final = 20  # suggestions in one answer
_MOST: Final = 100
_FARTHEST: Final = 1_000_000


def suggested(index: Index, kind: str, skip: str) -> dict[str, object]:
    """The suggestions for `prefix=`, those left out that `skip` (`cursor` or `offset`) counts. Raises problems 400 and 404."""
    prefix = request.args.get("prefix")
    if prefix is None:
        raise Problem(400, "A suggest service takes prefix=, which may be empty.")
    start, most = _whole(skip, 0, 0, _FARTHEST), _whole("limit", USUAL, 1, _MOST)
    if kind == "entity":
        found = [_described(index, entity) for entity in _entities(index, prefix)[start : start + most]]
        return {"result": found}
    terms = {"property": index.properties, "type": index.types}.get(kind)
    if terms is None:
        raise Problem(404, "Suggested are entity, property and type.")
    own = index.property(prefix) if kind == "property" else index.type(prefix)
    chosen = [own] if own else list(_terms(terms.values(), folded(prefix)))
    return {"result": [named(term) for term in chosen[start : start + most]]}


def _entities(index: Index, prefix: str) -> list[Entity]:
    """The thing of that identifier, or those with such a name: the label before other names, beginnings before words inside."""
    own = index.entity(prefix) if ":" in prefix or "/" in prefix else None
    coded = [index.entities[iri] for iri in index.identifiers.get(prefix, ()) if iri in index.entities]
    ranks: dict[str, int] = {}
    for name, first in index.all_names.beginning(prefix):
        for iri, how in index.owners[name]:
            ranks[iri] = min(ranks.get(iri, len(How) * 2), how if first else how + len(How))
    identified = [own] if own else coded
    for entity in identified:
        ranks.pop(entity.iri, None)
    ranked = sorted(ranks, key=lambda iri: (ranks[iri], index.entities[iri].label, iri))
    return identified + [index.entities[iri] for iri in ranked]


def _terms(terms: Iterable[Term], sought: str) -> Iterator[Term]:
    ranked = [(min(ranks), term.name, term) for term in terms if (ranks := _term_ranks(term, sought))]
    return (term for _, _, term in sorted(ranked, key=lambda item: (item[0], item[1], item[2].iri)))


def _term_ranks(term: Term, sought: str) -> list[int]:
    plain = [folded(name) for name in term.names]
    return [0 if name.startswith(sought) else 1 for name in plain if f" {sought}" in f" {name}"]


def _described(index: Index, entity: Entity) -> dict[str, object]:
    kinds = index.kinds(entity)
    return {
        "id": entity.iri,
        "name": entity.label,
        "description": "; ".join(kind.name for kind in kinds) or "thing",
        "notable": [named(kind) for kind in kinds],
    }


def _whole(name: str, usual: int, least: int, most: int) -> int:
    given = request.args.get(name)
    if given is None or given == "":
        return usual
    if not given.isascii() or not given.isdecimal() or len(given) > 9 or not least <= int(given) <= most:
        raise Problem(400, f"{name}= takes a whole number from {least} to {most}.")
    return int(given)
