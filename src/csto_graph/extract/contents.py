"""What a claim says, nearly verbatim: one text per coordinated content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from csto_graph.extract.grammar import conjuncts, text
from csto_graph.extract.tree import Token
from csto_graph.model import Name

_MARKS = {"that", "whether"}
_QUOTES = {"“", "”", '"', "«", "»"}
_SUBJECTS = {"nsubj", "nsubjpass"}
_CONTRASTING = {"while", "whereas", "although", "though"}
_FEW = 3  # words in quotation marks that are a name or a nickname, no speech
_SPEAKER = 4  # words that may stand between a quotation and its verb: "the Belgian prime minister"


def spelled(tokens: list[Token]) -> str:
    """The words as printed, without the punctuation around them."""
    return _spell(tokens, tokens[0])


def quotation(verb: Token) -> list[Token]:
    """The words in quotation marks right beside a verb of saying: "said, “…”", "“…,” he said"; none if they are few."""
    sentence = verb.sent
    marks = [token for token in sentence if token.text in _QUOTES]
    for opening, closing in zip(marks[::2], marks[1::2], strict=False):
        if closing.i + 1 < verb.i and sentence.doc[closing.i + 1].dep_ == "cc":
            continue  # "called it “a farce” and Y said": the words are not Y's
        inside = list(sentence.doc[opening.i + 1 : closing.i])
        after = verb.i < opening.i and not any(_is_word(t) for t in sentence.doc[verb.i + 1 : opening.i])
        before = closing.i < verb.i and sum(_is_word(t) for t in sentence.doc[closing.i + 1 : verb.i]) <= _SPEAKER
        if (after or before) and len(inside) > _FEW and any(t.pos_ in ("VERB", "AUX") for t in inside):
            return inside
    return []


def _is_word(token: Token) -> bool:
    return not token.is_punct and token.lower_ != "that"


def contents(verb: Token, names: Mapping[int, Name]) -> Iterator[str]:
    """The contents of a clause: coordinated predicates, purposes and peoples ("Western and Chinese presence") apart."""
    left_out = {t for c in verb.children if _is_no_part(c, verb) for t in c.subtree}
    tokens = [t for t in verb.subtree if not t.is_space and t not in left_out]
    groups = [group for group in _coordinations(verb, tokens, names) if len(group) > 1]
    for choice in product(*groups):
        kept = [t for t in tokens if all(_stays(t, chosen, group) for chosen, group in zip(choice, groups, strict=True))]
        yield _spell(kept, verb)


def _is_another_clause(verb: Token) -> bool:
    """A coordinated clause with a subject of its own and no "that", or a second verb of saying: the text speaks again."""
    kinds = {child.dep_ for child in verb.children}
    if verb.dep_ != "conj" or verb.pos_ not in ("VERB", "AUX") or "mark" in kinds:
        return False
    return bool(kinds & _SUBJECTS) or any(c.dep_ == "ccomp" and _is_that(c) for c in verb.children)


def _is_no_part(clause: Token, verb: Token) -> bool:
    return clause.dep_ == "parataxis" or _is_another_clause(clause) or _is_contrasted(clause, verb)


def _is_that(clause: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)


def _is_contrasted(clause: Token, verb: Token) -> bool:
    """"claimed that X had attacked, while Y denied it": what the text itself sets against the claim."""
    opening = next(iter(clause.subtree)).lower_
    own = any(child.dep_ in _SUBJECTS for child in clause.children)
    return clause.dep_ == "advcl" and clause.i > verb.i and own and opening in _CONTRASTING


def _coordinations(verb: Token, tokens: list[Token], names: Mapping[int, Name]) -> Iterator[list[Token]]:
    yield [verb, *(c for c in verb.children if c.dep_ == "conj" and not _is_another_clause(c))]
    for token in tokens:
        if token.dep_ in ("acl", "xcomp", "advcl", "relcl") and token.pos_ == "VERB":
            yield [token, *(c for c in token.children if c.dep_ == "conj")]
        elif token.dep_ == "amod" and token.i in names:
            yield [c for c in conjuncts(token) if c.i in names]


def _stays(token: Token, chosen: Token, group: list[Token]) -> bool:
    first, others = group[0], group[1:]
    owner = next((other for other in reversed(others) if token == other or other.is_ancestor(token)), first)
    if owner == chosen:
        return not (token.dep_ in ("cc", "punct") and token.head == first and token.i > first.i and others)
    if owner != first:
        return False
    return _is_shared(token, first, chosen)


def _is_shared(token: Token, first: Token, chosen: Token) -> bool:
    """What a later member of a coordination takes from the first: subject, copula, the "to" of an infinitive."""
    if token == first:
        return first.lemma_ == "be" and chosen.pos_ not in ("VERB", "AUX")
    if not first.is_ancestor(token):
        return True
    if any(child.dep_ in _SUBJECTS for child in chosen.children):
        return False  # "that X had failed and that it should be dissolved": two whole clauses
    branch = token
    while branch.head != first:
        branch = branch.head
    return branch.dep_ in _SUBJECTS | {"aux", "auxpass"}


def _spell(tokens: list[Token], verb: Token) -> str:
    clauses = {verb, *(child for child in verb.children if child.dep_ == "conj")}
    kept = [t for t in tokens if not (t.dep_ == "mark" and t.lower_ in _MARKS and t.head in clauses)]
    while kept and ((kept[-1].is_punct and kept[-1].text not in "”’\"'") or kept[-1].dep_ == "cc"):
        kept.pop()
    while kept and kept[0].is_punct and kept[0].text not in "“‘\"'":
        kept.pop(0)
    return text(kept or [verb])
