"""Constructions that the parser gets wrong, each mended under its name when a frame looks for its arguments."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from csto_graph.extract.dates import MONTHS
from csto_graph.extract.grammar import conjuncts, is_reduced_relative, second_verb, subjects
from csto_graph.extract.tree import Token

_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}


def mend_lists(doc: Sequence[Token]) -> None:
    """"the leaders of Mali, Niger, and Chad": the last name, hung by the parser on the leaders, goes to the other names."""
    for token in doc:
        over = token.head
        if token.dep_ != "conj" or token.pos_ != "PROPN" or over.pos_ != "NOUN":
            continue
        lists = (pobj for prep in over.children if prep.dep_ == "prep" for pobj in prep.children if pobj.pos_ == "PROPN")
        last = max((name for first in lists for name in conjuncts(first) if name.i < token.i), default=None, key=lambda t: t.i)
        if last is not None and last.dep_ == "conj" and all(t.text in (",", "and") for t in doc[last.i + 1 : token.i]):
            token.hang(last)


def mend_brackets(doc: Sequence[Token]) -> None:
    """"left the pact (founded in 1955 by …)", "the Rio Pact (RP founded …)": what brackets say is said of the name before."""
    for opening in doc[1:-2]:
        name, short = doc[opening.i - 1], doc[opening.i + 1]
        said = doc[opening.i + 2] if short.text.isupper() and short.pos_ == "PROPN" else short
        if opening.text != "(" or name.pos_ != "PROPN" or not _is_passive_alone(said):
            continue
        for above in [token for token in said.children if token is name or token.is_ancestor(name)]:
            above.hang(said.head)  # "Under the pact (signed by …), Kenya sent troops": the phrase is the clause's own
        said.dep_ = "acl"
        said.hang(name)
        if short is not said:
            short.dep_ = "appos"
            short.hang(name)


def _is_passive_alone(verb: Token) -> bool:
    """A participle that only "by …", a date or a place goes with: "founded in 1955 by …"."""
    after = verb.doc[verb.i + 1].dep_ if verb.i + 1 < len(verb.doc) else ""
    alone = after in ("prep", "agent") and verb.head != verb
    return alone and verb.tag_ in ("VBN", "VBD") and not any(child.dep_ in ("dobj", "attr", "aux") for child in verb.children)


def mend_dated_names(doc: Sequence[Token]) -> None:
    """"states joined, including Iraq in 1932 (…) and *Mali* on 3 May": the names that dates part from the first."""
    for first in [t for t in doc if t.dep_ == "pobj" and t.pos_ == "PROPN" and t.head.lower_ == "including"]:
        last = max(conjuncts(first), key=lambda token: token.i)
        found = _after_its_date(last)
        if found is not None and found.dep_ in ("dobj", "conj", "appos", "npadvmod") and not found.is_ancestor(last):
            found.dep_ = "conj"
            found.hang(last)


def _after_its_date(name: Token) -> Token | None:
    """The name after "X in 1932 (…) and", else None."""
    at, doc, depth = name.i + 1, name.doc, 0
    while at < len(doc) and (depth or doc[at].text in "()" or doc[at].pos_ in ("ADP", "NUM") or doc[at].lower_ in MONTHS):
        depth += (doc[at].text == "(") - (doc[at].text == ")")
        at += 1
    if at == name.i + 1 or at >= len(doc) or doc[at].lower_ not in ("and", ","):
        return None
    rest = [token for token in doc[at + 1 : at + 4] if token.lower_ not in ("and", "the")][:1]
    return next((token for token in rest if token.pos_ == "PROPN"), None)


def mend_possessives(doc: Sequence[Token]) -> None:
    """"Ghana’s army": with a curved apostrophe the parser takes many a possessor for a part of the name."""
    for token in doc:
        if token.tag_ == "POS" and token.head.dep_ in ("nmod", "compound", "amod"):
            token.head.dep_ = "poss"


def mend_offices(doc: Sequence[Token], people: Iterable[int], places: Container[int]) -> None:
    """"The president of Ghana(,) Kofi Mensah spoke": the parser has him president of himself, or calls the country so."""
    for person in (doc[i] for i in sorted(people)):
        over = person.head.head
        if person.dep_ == "appos" and person.head.i in places and person.head.head.lower_ == "of":
            person.hang(over.head)
            continue
        before = next((t for t in reversed(doc[: person.i]) if t.dep_ != "compound" or t.i in places), person)
        if person.dep_ != "pobj" or person.head.lower_ != "of" or before.dep_ != "compound" or over.dep_ == "ROOT":
            continue
        while over.dep_ == "pobj" and over.head.lower_ == "of":  # "the minister of trade of Ghana General Mensah"
            over = over.head.head
        before.hang(person.head)
        person.hang(over.head)
        before.dep_, person.dep_, over.dep_ = "pobj", over.dep_, "compound"
        over.hang(person)


def unmarked_apposition(noun: Token) -> Iterator[Token]:
    """"The rotating chairman of the group, Armenia agreed …": two subjects of one verb are one thing under two names."""
    if noun.dep_ == "nsubj":
        for other in noun.head.children:
            if other.dep_ == "nsubj" and other != noun:
                yield other


def fronted_list(verb: Token) -> tuple[list[Token], list[Token]]:
    """"In addition to Russia and Belarus, Tajikistan and Armenia also agreed …": (those fronted, the subjects they swallowed).

    The fronted names do what the subject *also* does. The parser runs both lists into one; the comma after the first
    complete coordination parts them again.
    """
    clause = verb
    while clause.dep_ in ("xcomp", "conj") and clause.head != clause:
        clause = clause.head
    if not any(child.lower_ in ("also", "too") for child in clause.children):
        return [], []
    listed = [token for child in clause.children if child.i < clause.i for token in _listed(child)]
    if any(child.dep_ in ("nsubj", "nsubjpass") for child in clause.children):
        return listed, []
    split = next((n for n, token in enumerate(listed) if n and _after_comma(token) and _complete(listed[:n])), len(listed))
    return listed[:split], listed[split:]


def swallowed_subjects(verb: Token) -> Iterator[Token]:
    """"In the treaty, Armenia and Belarus agreed …": a clause without a subject has it after the comma of its first phrase."""
    if verb.dep_ not in ("ROOT", "ccomp", "conj") or any(child.dep_ in _SUBJECTS for child in verb.children):
        return
    fronted = [child for child in verb.children if child.dep_ == "prep" and child.i < verb.i]
    for noun in (inner for preposition in fronted for inner in preposition.subtree if inner.dep_ == "pobj"):
        yield from (found for c in noun.children if _runs_into(c, verb) for found in conjuncts(c))
    for noun in (inner for preposition in fronted for inner in preposition.children if inner.dep_ == "pobj"):
        yield from (found for c in noun.children if c.dep_ == "conj" and _after_comma(c) for found in conjuncts(c))


def _runs_into(beside: Token, verb: Token) -> bool:
    """"At the request of Chad, *France* sent …", "As a NATO member *France* sent …": no comma parts it from the verb."""
    after = beside.right_edge.i + 1
    return beside.dep_ == "appos" and beside.i > beside.head.i and after <= verb.i and beside.doc[after].text != ","


def named_after(noun: Token, names: Container[int]) -> Iterator[Token]:
    """"six states joined, including Iraq in 1932 and the Soviet Union on 18 September 1934": the names after "including".

    Read from the words: dates and places between the names break the parser's list. `names` are the tokens that are names.
    """
    opening = next((t for t in _to_the_right(noun) if t.lower_ in _INTRODUCING or _is_such_as(t)), None)
    if opening is None:
        return
    depth = 0
    for token in noun.doc[opening.i + 1 : noun.sent.end]:
        depth += (token.text == "(") - (token.text == ")")
        if depth or token.text == ")":
            continue  # "Iraq in 1932 (until then a mandate) and Mali"
        if token.dep_ in _SUBJECTS and token.head != noun.head and token.head.i > token.i:
            return  # "including Iraq, and Germany left"
        if token.i in names:
            yield token
        elif not (token.pos_ in ("PUNCT", "CCONJ", "DET", "NUM", "ADP") or token.lower_ in MONTHS) or token.text in ".;:—–":
            return


_INTRODUCING = {"including", "namely"}


def _to_the_right(noun: Token) -> Iterator[Token]:
    """The words after a noun up to the next one that another such list could belong to."""
    for token in noun.doc[noun.i + 1 : noun.sent.end]:
        if token.text in ".;:" or token.dep_ == "ccomp" or (token.head == noun.head and token.dep_ in ("conj", "nsubj")):
            return
        yield token


def _is_such_as(token: Token) -> bool:
    return token.lower_ == "as" and token.i > 0 and token.doc[token.i - 1].lower_ == "such"


def _listed(preposition: Token) -> Iterator[Token]:
    """The names after "besides", "alongside" or "in addition to"."""
    if preposition.lower_ in ("besides", "alongside"):
        yield from (noun for child in preposition.children if child.dep_ == "pobj" for noun in conjuncts(child))
    elif preposition.lower_ == "in":
        for addition in preposition.children:
            for to in addition.children if addition.lower_ == "addition" else ():
                yield from (noun for child in to.children if child.dep_ == "pobj" for noun in conjuncts(child))


def _after_comma(token: Token) -> bool:
    return token.doc[token.i - 1].text == ","


def _complete(listed: list[Token]) -> bool:
    return len(listed) == 1 or any(token.lower_ == "and" for token in listed[0].doc[listed[0].i : listed[-1].i])


def reduced_relative(participle: Token) -> tuple[Token, Token] | None:
    """"a protest demanding regime change", read as an adjective before `change`: (its subject, its object), else None."""
    if not is_reduced_relative(participle):
        return None
    return next(child for child in participle.children if child.dep_ == "npadvmod"), participle.head


def repairs(word: Token) -> tuple[str, ...]:
    """The names of the repairs that the arguments of this verb or noun were found with."""
    if word.pos_ not in ("VERB", "AUX"):
        return ("unmarked apposition",) if any(unmarked_apposition(word)) else ()
    if second_verb(word):
        return ("second verb",)
    if reduced_relative(word):
        return ("reduced relative",)
    if any(fronted_list(word)):
        return ("fronted list",)
    return ("swallowed subjects",) if any(swallowed_subjects(word)) else ()


_BODIES = {"coalition", "alliance"}


def compound_participle(participle: Token) -> tuple[Token, Token] | None:
    """"a NATO-led force": (who leads, what is led), else None."""
    if participle.tag_ != "VBN" or participle.dep_ != "amod":
        return None
    doer = next((c for c in participle.children if c.dep_ == "npadvmod" and participle.doc[c.i + 1].text == "-"), None)
    if doer is None:
        return None
    first = participle.doc[participle.i + 1]  # "a US-led coalition air war"
    together = first.dep_ == "compound" and first.head == participle.head and first.lower_ in _BODIES
    return doer, first if together else participle.head


def is_led(body: Token) -> bool:
    """"a NATO-led coalition", "a NATO-led coalition war": a participle before it says whose it is."""
    return any(map(compound_participle, (*body.children, body.doc[body.i - 1])))


def acting(verb: Token) -> Iterator[Token]:
    """The logical subjects of a verb with the repairs applied."""
    mended = reduced_relative(verb) or compound_participle(verb)
    if mended:
        yield mended[0]
        return
    second = second_verb(verb)
    if second:
        yield from subjects(second[0])
        return
    yield from subjects(verb)
    listed, swallowed = fronted_list(verb)
    yield from swallowed if listed else swallowed_subjects(verb)


def dated_list(first: Token) -> Iterator[Token]:
    """"in Hungary in 1956, in Egypt in 1957 and Poland in 1981": the places after the first, which the parser scatters."""
    at, doc = first.i, first.doc
    if first.pos_ != "PROPN":
        return
    while at + 2 < len(doc) and doc[at + 1].lower_ == "in" and _is_year(doc[at + 2]):
        at += 3
        while at < len(doc) and doc[at].lower_ in (",", "and", "in", "the"):
            at += 1
        if at >= len(doc) or doc[at].pos_ != "PROPN" or doc[at - 1].lower_ not in (",", "and", "in", "the"):
            return
        yield doc[at]


def _is_year(token: Token) -> bool:
    return token.text.isdecimal() and len(token.text) == 4
