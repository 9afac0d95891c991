"""Several things: what a description lists, and what stands for a list ("the three", "both", "the two sides", "the latter")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from csto_graph.extract.grammar import appositives, conjuncts, lemma
from csto_graph.extract.phrases import is_both
from csto_graph.extract.quantities import number
from csto_graph.extract.repairs import named_after
from csto_graph.extract.times import number_of
from csto_graph.extract.tree import Token
from csto_graph.model import Mention, Name

_SIDES = {"side", "party", "government", "power", "leader", "neighbour", "neighbor", "nation", "ally", "adversary"}
_ENDS = {"former": 0, "latter": -1}


@dataclass(frozen=True, slots=True)
class Group:
    """How many things a phrase stands for (None: however many), and which one of them (None: all)."""

    count: int | None
    which: int | None = None

    def of(self, listed: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Those of the listed things that the phrase means."""
        return listed if self.which is None else listed[self.which :][:1]


def group(head: Token) -> Group | None:
    """The group a phrase stands for, where it names none of its own: "both joined", but not "both sides of the river"."""
    if any(child.dep_ in ("prep", "relcl", "acl", "appos", "poss", "compound") for child in head.children):
        return None
    if head.lower_ in _ENDS and _has_article(head) and head.dep_ not in ("amod", "compound", "advmod"):
        return Group(2, _ENDS[head.lower_])
    if head.lower_ == "both" and head.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "agent", "poss"):
        return Group(2)
    if head.pos_ == "NUM" and _has_article(head) and head.dep_ not in ("nummod", "amod", "compound", "npadvmod"):
        count = number(head.lower_)
        return Group(count) if count is not None and 2 <= count <= 12 else None
    if lemma(head) in _SIDES and head.tag_ == "NNS" and (is_both(head) or (_has_article(head) and number_of(head))):
        return Group(number_of(head) or 2)
    return None


def _has_article(head: Token) -> bool:
    """the, these, those, all."""
    determiners = [child for child in head.children if child.dep_ in ("det", "predet", "quantmod", "advmod")]
    return any(child.lower_ in ("the", "these", "those", "all") for child in determiners)


def listed_under(head: Token, names: Mapping[int, Name]) -> Iterator[Token]:
    """"six states: Armenia, Belarus …", "its neighbours, including Georgia": the names that a description lists."""
    tokens = (*appositives(head), *named_after(head, names), *_strayed(head, names))
    yield from (token for token in dict.fromkeys(tokens) if token.i in names)


def _strayed(head: Token, names: Mapping[int, Name]) -> Iterator[Token]:
    """"six states belonging to the CIS — Russia, Armenia … —": a list that the parser hung on a name of another kind."""
    for token in head.subtree:
        beside = names.get(token.head.i)
        if token.dep_ == "appos" and token.i in names and beside is not None and names[token.i].type != beside.type:
            yield from conjuncts(token)
