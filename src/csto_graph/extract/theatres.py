"""Where the forces of each actor were last said to be: what "withdrew its troops" withdraws them from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from csto_graph.extract.memory import identity
from csto_graph.model import Extraction, Mention, Status

_SENT = ("deployed", "intervenedIn")
_DONE = (Status.ASSERTED, Status.ATTRIBUTED)


@dataclass(slots=True)
class Theatres:
    """The theatre of each actor of one document."""

    _of: dict[str, Mention] = field(default_factory=dict)

    def note(self, stated: Extraction) -> None:
        """A statement may say where an actor's forces are now."""
        place = stated.object if stated.predicate == "intervenedIn" else stated.qualifiers.place
        if stated.predicate in _SENT and stated.status in _DONE and stated.subject is not None and isinstance(place, Mention):
            self._of[identity(stated.subject)] = place

    def of(self, actor: Mention) -> Iterator[Mention]:
        """Where the forces of an actor are, if the text has said it."""
        place = self._of.get(identity(actor))
        if place is not None:
            yield replace(place, resolved=True)
