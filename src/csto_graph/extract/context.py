"""What the arguments of a sentence are read with, and what they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from csto_graph.extract.discourse import Discourse
from csto_graph.extract.lexicon import Lexicon
from csto_graph.extract.parse import Sentence
from csto_graph.extract.terms import Terms
from csto_graph.extract.theatres import Theatres
from csto_graph.extract.times import Time
from csto_graph.extract.tree import Token
from csto_graph.model import Mention, Value

End: TypeAlias = Mention | Value | None
Reading: TypeAlias = tuple[End, list[Token]]


@dataclass(frozen=True, slots=True)
class Context:
    """What the arguments of a sentence are read with."""

    sentence: Sentence
    discourse: Discourse
    terms: Terms
    lexicon: Lexicon
    abbreviations: Mapping[str, str]  # IRI → the short name of a thing that has one
    times: tuple[Time, ...] = ()
    theatres: Theatres = field(default_factory=Theatres)
