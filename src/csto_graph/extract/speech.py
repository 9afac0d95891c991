"""What is said: a claim for each content, with the words that make it and whoever makes it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from csto_graph.extract.arguments import Pair
from csto_graph.extract.contents import contents
from csto_graph.extract.context import Context
from csto_graph.extract.frames import Frame
from csto_graph.extract.status import Holding
from csto_graph.model import Mention

DOCUMENT = "the document"


def claims(frame: Frame, context: Context) -> Iterator[Pair]:
    """The claims of a frame: "Russia claims that …", or a judgement of the document itself."""
    subject = frame.sense.subject
    if subject is not None and subject.role == "Document":
        yield from _claimed(frame, _main_verb(frame.trigger), [_document(context)], context)
        return
    speakers = [m for filler in frame.subjects for m in context.discourse.mentions(filler.token, context.terms.domain("claims"))]
    for filler in frame.objects:
        yield from _claimed(frame, filler.token, speakers, context)


def claimant(held: Holding, context: Context) -> Mention | None:
    """Who holds a statement, where the text names them."""
    found = (mention for token in held.claimants for mention in context.discourse.mentions(token, "Claimant"))
    return next(found, None)


def _claimed(frame: Frame, verb: Token, speakers: list[Mention], context: Context) -> Iterator[Pair]:
    tokens = [t for t in verb.subtree if not t.is_punct]
    if not tokens:
        return
    start, end = context.sentence.offsets(min(t.i for t in tokens), max(t.i for t in tokens) + 1)
    surface = context.sentence.source.text[start:end]
    for speaker in speakers:
        for content in contents(verb, context.sentence.names):
            claim = Mention(start, end, surface, content, "Claim", None, f"{speaker.iri or speaker.key} {content}")
            yield Pair(speaker, claim, [frame.trigger, *tokens])


def _document(context: Context) -> Mention:
    start = context.sentence.passage.start
    return Mention(start, start, "", DOCUMENT, "Document", None, DOCUMENT)


def _main_verb(trigger: Token) -> Token:
    verbs = (token for token in (trigger, *trigger.ancestors) if token.pos_ in ("VERB", "AUX"))
    return next(verbs, trigger.sent.root)
