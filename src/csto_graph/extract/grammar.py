"""The grammar: who fills which role of a predicate, through passive, relative, infinitive, coordination and control.

Works on spaCy's English dependencies (CLEAR style). Everything here is a pure function of the parse.
"""

from __future__ import annotations

from collections.abc import Iterator

from csto_graph.extract.tree import Token

_SUBJECTS = {"nsubj", "nsubjpass"}
_RELATIVE = {"who", "which", "that", "whom"}
_NOUNS = {"NOUN", "PROPN", "PRON", "NUM"}
SINGLING = {"first", "last", "only", "latest", "second", "third", "fourth", "fifth", "sixth", "sole", "next"}
PRENOMINAL = {"amod", "compound", "nmod", "nummod", "quantmod", "npadvmod", "punct", "advmod"}


def lemma(token: Token) -> str:
    """The lemma in lower case, of plural names too, which the tagger leaves as they are: "Special Forces" → force."""
    if token.tag_ == "NNPS" and token.lower_.endswith("s"):
        return token.lower_[:-1]
    return token.lemma_.lower()


def is_passive(verb: Token) -> bool:
    """Whether the surface subject of this verb is its logical object."""
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
        return True
    if verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBD"):  # the tagger takes many a participle for a past tense
        # "reports that Russia had sent troops" is read as a participle too
        return not any(child.dep_ in ("aux", "nsubj") for child in verb.children)
    if verb.tag_ != "VBN":
        return False
    has_auxiliary = any(child.dep_ == "aux" for child in verb.children)
    if verb.dep_ == "advcl" and not has_auxiliary and not any(child.dep_ in ("nsubj", "dobj") for child in verb.children):
        return True  # "Headquartered in Bangkok, SEATO …"
    return verb.dep_ == "conj" and not has_auxiliary and verb.head.pos_ in ("VERB", "AUX") and is_passive(verb.head)


def is_infinitive(verb: Token) -> bool:
    """Whether the verb stands with "to"."""
    return verb.tag_ in ("VB", "VBN") and any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def surface_subject(verb: Token, depth: int = 0) -> Token | None:
    """The noun the verb's clause is about, found through relatives, coordination, control and participles."""
    own = [child for child in verb.children if child.dep_ in _SUBJECTS and child.i < verb.i]
    if own:  # of two, the nearer one: "The rotating chairman of the group, Armenia agreed"
        return antecedent(own[-1])
    head = verb.head
    if depth > 4 or head == verb:
        return None
    if verb.dep_ in ("acl", "relcl"):
        said = head.dep_ == "attr" and any(child.lower_ in SINGLING for child in head.children)  # "X was the first ally to leave"
        return surface_subject(head.head, depth + 1) if said else head if head.pos_ in _NOUNS else None
    if verb.dep_ == "xcomp":
        if head.dep_ == "acomp":  # "was able to oust"
            return surface_subject(head.head, depth + 1)
        controller = next(iter(direct_objects(head)), None) if head.lemma_ != "use" else None  # "used the pact to contain unrest"
        return controller or surface_subject(head, depth + 1)
    if verb.dep_ in ("conj", "advcl", "ccomp") and head.pos_ in ("VERB", "AUX"):
        return surface_subject(head, depth + 1)
    if verb.dep_ == "pcomp" and head.head.pos_ == "NOUN" and head.lower_ in ("of", "for", "about", "on", "to"):
        # "X considered the possibility of joining", "X's plans for joining": whose the noun is, else who does the verb above
        noun = head.head
        owner = next((child for child in noun.children if child.dep_ == "poss"), None)
        above = noun.dep_ in ("dobj", "attr") and noun.head.pos_ in ("VERB", "AUX")
        return owner or (surface_subject(noun.head, depth + 1) if above else None)
    if verb.dep_ == "pcomp" and head.head.pos_ in ("VERB", "AUX"):
        # "prevented Ukraine from joining": the object is who would have joined
        affected = direct_objects(head.head) if head.lower_ in ("from", "of") else []
        return affected[0] if affected else surface_subject(head.head, depth + 1)
    return None


def antecedent(token: Token) -> Token:
    """The noun a relative pronoun stands for, else the token itself; "whose" may stand deep in its clause."""
    clause, deep = token.head, token.lower_ == "whose"
    while clause.dep_ not in ("relcl", "ROOT") and (deep or (clause.dep_ == "conj" and clause.head.pos_ in ("VERB", "AUX"))):
        clause = clause.head
    if (token.lower_ in _RELATIVE or deep) and token.tag_ in ("WDT", "WP", "WP$") and clause.dep_ == "relcl":
        return clause.head
    return token


def subjects(verb: Token) -> Iterator[Token]:
    """The logical subjects: the agent of a passive, else the surface subject; coordination expanded."""
    if not is_passive(verb):
        subject = surface_subject(verb)
        if subject is not None:
            yield from conjuncts(subject)
        return
    for agent in _agents(verb):
        for child in agent.children:
            if child.dep_ == "pobj":
                yield from conjuncts(child)


def _agents(verb: Token) -> Iterator[Token]:
    """The "by" of a passive, and a second one after a date: "was ratified by X in 1992 and by Y in 1993"."""
    for child in verb.children:
        if child.dep_ == "agent":
            yield child
        elif child.dep_ == "oprd":  # "was called a farce by X": the parser hangs "by" on the noun
            yield from (inner for inner in child.children if inner.lower_ == "by")
        elif child.dep_ == "prep":
            yield from (inner for inner in child.children if inner.dep_ == "conj" and inner.lower_ == "by")


def objects(verb: Token) -> Iterator[Token]:
    """The logical direct objects: the surface subject of a passive, else the direct object; coordination expanded."""
    if is_passive(verb):
        subject = surface_subject(verb)
        if subject is not None:
            yield from conjuncts(subject)
        return
    for found in direct_objects(verb):
        yield from conjuncts(found)


def direct_objects(verb: Token) -> list[Token]:
    """Own direct objects, else those of a coordinated verb after it ("signed and ratified the treaty")."""
    own = [antecedent(child) for child in verb.children if child.dep_ in ("dobj", "oprd")]
    if own:
        return own
    shared = _sharing(verb)
    return direct_objects(shared) if shared is not None and not is_passive(verb) else []


def _sharing(verb: Token) -> Token | None:
    """The coordinated verb whose complements are this verb's too: it has none of its own ("signed and ratified …")."""
    if any(child.dep_ in ("prep", "prt", "xcomp", "ccomp", "dative", "advcl") for child in verb.children):
        return None
    return next((child for child in verb.children if child.dep_ == "conj" and child.pos_ == "VERB"), None)


def conjuncts(noun: Token) -> Iterator[Token]:
    """A noun and what is coordinated with it, in order; `not X`, `but X` and `rather than X` are left out."""
    waiting = [noun]
    while waiting:  # a list may be of thousands of names, each hung on the one before
        current = waiting.pop()
        yield current
        waiting.extend(reversed([child for child in current.children if _is_coordinated(current, child)]))


def first_conjunct(noun: Token) -> Token:
    """The noun that a coordination hangs on."""
    while noun.dep_ == "conj" and noun.head != noun:
        noun = noun.head
    return noun


def _is_coordinated(noun: Token, child: Token) -> bool:
    if child.dep_ == "conj" and child.pos_ in {*_NOUNS, "ADJ", "X", "DET"}:
        return not _excluded(child)
    return _opens_a_list(noun, child)


def _opens_a_list(noun: Token, child: Token) -> bool:
    """"the United States, France, Australia and Pakistan": the parser takes the second name for another of the first."""
    names = noun.pos_ == child.pos_ == "PROPN"
    return names and child.dep_ == "appos" and any(inner.dep_ == "conj" for inner in child.children)


def _excluded(token: Token) -> bool:
    return token.i > 0 and token.doc[token.i - 1].lower_ in ("not", "but", "than")


def prepositional(head: Token) -> Iterator[tuple[str, Token]]:
    """(marker, object) for every prepositional phrase of a word: ("to", NATO), ("due to", anger), ("out of", prices)."""
    for child in head.children:
        if child.dep_ in ("prep", "agent", "dative", "prt") and child.pos_ in ("ADP", "SCONJ", "ADV", "VERB", "ADJ"):
            yield from objects_of(child, child.lower_)


def objects_of(preposition: Token, marker: str) -> Iterator[tuple[str, Token]]:
    """(marker, object) below a preposition; the marker grows with every preposition on the way ("out of", "due to")."""
    for child in preposition.children:
        if child.dep_ in ("prep", "pcomp") and child.pos_ == "ADP" and not any(child.children):
            marker = f"{marker} {child.lower_}"  # "because of": the parser gives the object to "because"
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp") and child.pos_ in {*_NOUNS, "ADJ", "X"}:
            for noun in conjuncts(child):
                yield marker, noun
        elif child.dep_ in ("prep", "pcomp") and child.pos_ in ("ADP", "SCONJ"):
            yield from objects_of(child, f"{marker} {child.lower_}")
        elif child.dep_ == "conj" and child.pos_ == "ADP":
            yield from objects_of(child, child.lower_)


def around(verb: Token) -> Iterator[tuple[str, Token]]:
    """The prepositional phrases of a verb and of its objects: a parser often hangs the one on the other."""
    for marker, noun in prepositional(verb):
        yield marker, noun
        if noun.pos_ == "PROPN":  # "appealed to France for help": a name takes no "for"
            yield from (found for found in prepositional(noun) if found[0] == "for")
        elif all(child.dep_ == "prep" for child in noun.children):  # "in support of X", "as part of X"
            for second, found in prepositional(noun):
                yield f"{marker} {noun.lower_} {second}", found
                yield from prepositional(found)  # "as part of a coalition in the war"
    for child in verb.children:
        if child.dep_ in ("dobj", "attr", "prt", "acomp", "oprd"):
            yield from prepositional(child)
    shared = _sharing(verb)
    if shared is not None and not any(child.dep_ == "dobj" for child in verb.children):
        yield from prepositional(shared)


def possessors(noun: Token) -> Iterator[Token]:
    """Whose it is: X's noun, its noun, noun of X, X noun (a name or a demonym before it)."""
    for child in noun.children:
        if child.dep_ == "poss" or _is_prenominal(noun, child):
            yield from map(antecedent, conjuncts(child))
    for child in noun.children:  # "a U.S. peacekeeping and monitoring force"
        if _is_prenominal(noun, child):
            yield from (inner for inner in child.children if _is_prenominal(child, inner))
    for marker, object_ in prepositional(noun):
        if marker == "of":
            yield object_


def genitives(noun: Token) -> Iterator[Token]:
    """X's noun, its noun."""
    for child in noun.children:
        if child.dep_ == "poss":
            yield from map(antecedent, conjuncts(child))


def prenominal(noun: Token) -> Iterator[Token]:
    """X noun: a name or a demonym before it, and any other modifier there."""
    for child in noun.children:
        if _is_prenominal(noun, child):
            yield from conjuncts(child)


def _is_prenominal(noun: Token, child: Token) -> bool:
    return child.dep_ in ("compound", "amod", "nmod") and child.i < noun.i and not _is_prefixed(child)


def _is_prefixed(word: Token) -> bool:
    """"pro-Syrian militias" are not Syria's, nor are "non-Soviet troops" the Soviet Union's."""
    before = word.doc[max(0, word.i - 2) : word.i]
    return len(before) == 2 and before[1].text in ("-", "–") and before[0].lower_ in ("pro", "anti", "non", "ex", "former")


def appositives(noun: Token) -> Iterator[Token]:
    """What stands beside a noun as another name or as its list ("six members: A, B and C")."""
    for child in noun.children:
        if child.dep_ == "appos":
            yield from conjuncts(child)


def complement_verbs(verb: Token) -> Iterator[Token]:
    """The infinitives a verb governs ("agreed to send and to equip")."""
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp") and child.pos_ in ("VERB", "AUX"):
            yield child
            yield from (c for c in child.children if c.dep_ == "conj" and c.pos_ == "VERB")


def is_reduced_relative(participle: Token) -> bool:
    """"a protest demanding regime change", read by the parser as an adjective before `change`."""
    return participle.dep_ == "amod" and participle.tag_ == "VBG" and any(c.dep_ == "npadvmod" for c in participle.children)


def second_verb(participle: Token) -> tuple[Token, Token] | None:
    """"X raised a force and organized joint exercises", the second verb read as an adjective: (first verb, object), else None."""
    noun = participle.head
    after_and = participle.i > 0 and participle.doc[participle.i - 1].dep_ == "cc"
    if not after_and or participle.dep_ != "amod" or participle.tag_ not in ("VBN", "VBD") or noun.dep_ != "conj":
        return None
    first = noun.head.head if noun.head.dep_ == "dobj" else noun.head
    return (first, noun) if first.pos_ == "VERB" else None


def phrase(noun: Token, *, full: bool = False) -> list[Token]:
    """The tokens of a noun phrase: its modifiers and head; with `full`, its prepositional phrases and participles too."""
    if noun.pos_ in ("VERB", "AUX"):
        return [t for t in noun.subtree if not (t.head == noun and (t.dep_ == "aux" or t.is_punct))]
    kept = [noun]
    for child in noun.children:
        if is_reduced_relative(child) or second_verb(child):
            continue
        before = (child.i < noun.i and child.dep_ in PRENOMINAL) or (child.dep_ == "poss" and full)
        if before or (full and child.dep_ in ("prep", "acl") and child.i > noun.i):
            kept.extend(child.subtree)
    ordered = sorted(set(kept), key=lambda token: token.i)
    while ordered and (ordered[0].is_punct or ordered[0].pos_ in ("DET", "PUNCT")):
        ordered = ordered[1:]
    return ordered


def text(tokens: list[Token]) -> str:
    """The words as printed, one blank wherever the text has white space or words were left out."""
    spelled = ""
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        left_out = following is not None and following.i != token.i + 1 and not following.is_punct
        spelled += token.text + (token.whitespace_ or (" " if left_out else ""))
    return " ".join(spelled.split())
