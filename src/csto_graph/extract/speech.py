"""What is said: a claim for each content, with the words that make it and whoever makes it."""

from __future__ import annotations

from collections.abc import Iterator

from csto_graph.extract.arguments import Pair
from csto_graph.extract.contents import contents, quotation, spelled
from csto_graph.extract.context import Context
from csto_graph.extract.frames import Frame
from csto_graph.extract.grammar import direct_objects, is_passive, lemma, objects, surface_subject
from csto_graph.extract.status import Holding
from csto_graph.extract.tree import Token
from csto_graph.model import Mention

DOCUMENT = "the document"
_OWN = {"it", "they", "he", "she", "we"}
_VERBAL = ("VERB", "AUX")


def claims(frame: Frame, context: Context) -> Iterator[Pair]:
    """The claims of a frame: "Russia claims that …", or a judgement of the document itself."""
    subject = frame.sense.subject
    if subject is not None and subject.role == "Document":
        main = _main_verb(frame.trigger)
        yield from _claimed(frame, [_document(context)], list(main.subtree), contents(main, context.sentence.names), context)
        return
    speakers = [mention for filler in frame.subjects for mention in _speakers(filler.token, context)]
    if speakers:
        for words, said in _said(frame, context):
            yield from _claimed(frame, speakers, words, said, context)


def claimant(held: Holding, context: Context) -> Mention | None:
    """Who holds a statement, where the text names or describes them."""
    found = (mention for token in held.claimants for mention in _speakers(token, context))
    return next(found, None)


def _speakers(head: Token, context: Context) -> tuple[Mention, ...]:
    """Those named or described, else whoever a noun of speakers calls so ("some analysts")."""
    found = context.discourse.mentions(head, context.terms.domain("claims"))
    if found or head.pos_ == "PRON":
        return found
    if lemma(head).split()[-1] in context.lexicon.speakers:  # of a name its last word: "the Lisbon Summit"
        return (context.discourse.circumstance(head, "Group"),)
    unknown = context.sentence.unknown.get(head.i)
    alone = head.pos_ == "PROPN" and unknown is not None and unknown.opening and unknown.type is None
    return (context.discourse.circumstance(head, "Person"),) if alone else ()  # "Nasser said that …": who says so is somebody


def _said(frame: Frame, context: Context) -> Iterator[tuple[list[Token], Iterator[str]]]:
    """The words of every content, and how it is spelled: once for each of its coordinated parts."""
    role = frame.sense.object.role if frame.sense.object else ""
    quoted = quotation(frame.trigger) if role == "Speech" and frame.trigger.pos_ in _VERBAL else []
    if quoted:
        yield quoted, iter([spelled(quoted)])
        return
    for filler in frame.objects:
        if _stands_apart(filler.token, frame.trigger, role):
            continue
        words = _words(role, filler.token, frame.trigger)
        if role == "Speech" and not _announces_itself(frame, filler.token):
            yield words, contents(filler.token, context.sentence.names)
        elif role != "Speech" and len(words) > 1:
            yield words, iter([spelled(words)])


def _stands_apart(content: Token, verb: Token, role: str) -> bool:
    """A clause before or behind a semicolon, a phrase before the verb: "On the other hand, X insisted"."""
    between = content.doc[min(content.i, verb.i) : max(content.i, verb.i)]
    return any(token.text == ";" for token in between) or (role == "PrepositionalObject" and content.i < verb.i)


def _words(role: str, token: Token, trigger: Token) -> list[Token]:
    if role == "Reported":
        left_out = {t for child in token.children if child.lower_ == "according" for t in child.subtree}
        beside = {t.i - 1 for t in left_out}  # with the comma before it
        return [t for t in token.subtree if t not in left_out and not (t.is_punct and t.i in beside)]
    words = list(token.subtree)
    if role == "DeniedSpeech":
        return [trigger, *words]  # what somebody denies is no claim of theirs: the denial is
    if role == "OthersInfinitive":
        doer = [*direct_objects(trigger), *(n for c in trigger.children if c.dep_ == "prep" for n in c.children)][:1]
        return [*(t for d in doer for t in d.subtree if t not in words), *words]
    if role == "SmallClause" and not any(child.dep_ == "nsubj" for child in token.children):
        of = surface_subject(trigger) if is_passive(trigger) else next(iter(objects(trigger)), None)
        known = of is not None and of.tag_ not in ("WP", "WDT")
        judged = [t for t in (of.subtree if of is not None and known else ()) if t not in words and t.i < token.i]
        by = {t for c in token.children if is_passive(trigger) and c.lower_ == "by" for t in c.subtree}
        return [*judged, *(t for t in words if t not in by)] if judged else []
    return words


def _announces_itself(frame: Frame, verb: Token) -> bool:
    """"announced that it would leave": a plan, and no claim."""
    subjects = [child.lower_ for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    return lemma(frame.trigger) == "announce" and bool(_OWN & set(subjects))


def _claimed(
    frame: Frame, speakers: list[Mention], words: list[Token], said: Iterator[str], context: Context
) -> Iterator[Pair]:
    tokens = [t for t in words if not t.is_punct]
    if not tokens:
        return
    start, end = context.sentence.offsets(min(t.i for t in tokens), max(t.i for t in tokens) + 1)
    surface = context.sentence.source.text[start:end]
    for content in said:
        for speaker in speakers:
            claim = Mention(start, end, surface, content, "Claim", None, f"{speaker.iri or speaker.key} {content}")
            yield Pair(speaker, claim, [frame.trigger, *tokens])


def _document(context: Context) -> Mention:
    start = context.sentence.passage.start
    return Mention(start, start, "", DOCUMENT, "Document", None, DOCUMENT)


def _main_verb(trigger: Token) -> Token:
    verbs = (token for token in (trigger, *trigger.ancestors) if token.pos_ in _VERBAL)
    return next(verbs, trigger.sent.root)
