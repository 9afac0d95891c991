"""Explanations for people and for programs; and, of a triple that is not there, what comes nearest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final, TypeAlias

import pyoxigraph as ox

from csto_graph.cli.naming import property_, thing, value_or_thing
from csto_graph.namespaces import CST, curie
from csto_graph.reason.explanation import Explainer, Explanation
from csto_graph.reason.grounds import Cited, Ground, How, Support, Words, said, supports
from csto_graph.reason.rules import DEFAULT, Term
from csto_graph.reason.spelling import spelled, spelled_axiom

Subject: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Triple

_INDENT: Final = "  "
_MOST_NEAREST: Final = 5


def named_triple(store: ox.Store, written: tuple[str, str, str]) -> ox.Triple:
    """The triple whose three terms are written so. Raises `WrongCall` for a term that names nothing, or several things."""
    subject, predicate, object_ = written
    node, property_node = thing(store, subject), property_(store, predicate)
    return ox.Triple(node, property_node, value_or_thing(store, object_, (node, property_node)))


def explanations(store: ox.Store, triple: ox.Triple) -> tuple[Explanation, ...]:
    """Every last step that leads to the triple, the shortest first; none where the default graph does not have it."""
    return Explainer(store).explanations(triple)


def written(store: ox.Store, triple: ox.Triple, shown: Sequence[Explanation], *, more: int, result_format: str) -> str:
    """The explanations as `text` or as `json`. `more` others are told of, not shown."""
    if result_format == "json":
        return json.dumps(_as_json(store, triple, shown), ensure_ascii=False, indent=2)
    return "\n".join(_as_text(store, shown, more))


def _as_text(store: ox.Store, found: Sequence[Explanation], more: int) -> Iterator[str]:
    for number, explanation in enumerate(found):
        yield from ([""] if number else [])
        yield from _lines(store, explanation, 0)
    if more:
        yield f"{more} other way{'s lead' if more > 1 else ' leads'} to it (--all)."


def _as_json(store: ox.Store, triple: ox.Triple, found: Sequence[Explanation]) -> dict[str, Any]:
    # `triple`, and in `explanations` trees of `rule`, `axiom` and `premises` that end in `asserted`.
    return {"triple": _spelled_out(triple), "explanations": [_tree(store, each) for each in found]}


def why_not(store: ox.Store, triple: ox.Triple) -> Iterator[str]:
    """Of a triple that is not explained: which statements say it nevertheless, and what is there that is most like it."""
    if triple in _matching(store, triple.subject, triple.predicate, triple.object):
        yield f"{spelled(triple)} is inferred, and no rule of ours gives it"
        return
    yield f"{spelled(triple)} is not in the default graph."
    yield from (f"{_unfollowed(ground)}." for ground in said(store, triple))
    yield from (f"nearest: {spelled(other)}" for other in _nearest(store, triple))


def _lines(store: ox.Store, explanation: Explanation, depth: int) -> Iterator[str]:
    yield f"{_INDENT * depth}{spelled(explanation.triple)}"
    if explanation.axiom is not None:
        yield f"{_INDENT * (depth + 1)}follows by {explanation.rule}, {spelled_axiom(store, explanation.axiom)}, from"
        for premise in explanation.premises:
            yield from _lines(store, premise, depth + 2)
        return
    found = supports(store, explanation.triple)
    yield from (_INDENT * (depth + 1) + line for support in found for line in _support(support))
    if not found:
        yield f"{_INDENT * (depth + 1)}is in the default graph, and nothing says whence"


def _support(support: Support) -> Iterator[str]:
    if not support.grounds:
        yield f"stands in {curie(support.graph)}"
        return
    yield f"asserted in {curie(support.graph)}"
    for ground in support.grounds:
        yield from (f"{_INDENT}{line}" for line in _ground(ground))


def _ground(ground: Ground) -> Iterator[str]:
    if ground.how is not How.SAYS:
        yield f"by the statement “{ground.label}”, which {ground.how}:"
    yield from map(_words, ground.words)
    if ground.sureness:
        yield f"row {ground.row}, sureness {ground.sureness}: {'; '.join(map(_citation, ground.citations))}"
    if ground.set_aside:
        yield f"set aside: {ground.set_aside}"


def _words(words: Words) -> str:
    return f"“{words.exact}” (characters {words.start} to {words.end} of {words.document})"


def _citation(citation: Cited) -> str:
    where = citation.address or citation.note
    return f"{citation.title}, {where}" if where else citation.title


def _tree(store: ox.Store, explanation: Explanation) -> dict[str, Any]:
    tree: dict[str, Any] = {"triple": _spelled_out(explanation.triple)}
    if explanation.axiom is None:
        return tree | {"asserted": [asdict(support) for support in supports(store, explanation.triple)]}
    axiom = _spelled_out(explanation.axiom) | {"text": spelled_axiom(store, explanation.axiom)}
    premises = [_tree(store, premise) for premise in explanation.premises]
    return tree | {"rule": explanation.rule, "axiom": axiom, "premises": premises}


def _spelled_out(triple: ox.Triple) -> dict[str, str]:
    """The three terms as N-Triples writes them."""
    return {"subject": str(triple.subject), "predicate": str(triple.predicate), "object": str(triple.object)}


def _unfollowed(ground: Ground) -> str:
    aside = ground.set_aside and f"asserts it and is set aside ({ground.set_aside.rstrip('.')})"
    held = aside or f"says it as {ground.status.lower()}"
    words = [*map(_words, ground.words), *map(_citation, ground.citations)]
    return f"a statement {held}: {'; '.join(words)}"


def _nearest(store: ox.Store, triple: ox.Triple) -> list[ox.Triple]:
    """The triples that share two terms with it: about the same two things, else of the same property; our own terms first."""
    subject, predicate, object_ = triple.subject, triple.predicate, triple.object
    patterns = ((subject, None, object_), (subject, predicate, None), (None, predicate, object_))
    found = [each for pattern in patterns for each in sorted(_matching(store, *pattern), key=_ours_first)]
    return list(dict.fromkeys(found))[:_MOST_NEAREST]


def _ours_first(triple: ox.Triple) -> tuple[bool, str]:
    return not triple.predicate.value.startswith(str(CST)), str(triple)


def _matching(
    store: ox.Store, subject: Subject | None, predicate: ox.NamedNode | None, object_: Term | None
) -> Iterator[ox.Triple]:
    return (quad.triple for quad in store.quads_for_pattern(subject, predicate, object_, DEFAULT))
