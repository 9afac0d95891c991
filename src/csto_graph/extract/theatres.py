"""Where the forces of each actor were last said to be: what "withdrew its troops" withdraws them from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from csto_graph.extract.frames import Frame
from csto_graph.extract.grammar import around
from csto_graph.extract.memory import identity
from csto_graph.model import Extraction, Mention, Status

_SENT = ("deployed", "intervenedIn")
_TOLD = (*_SENT, "withdrewForcesFrom")
_DONE = (Status.ASSERTED, Status.ATTRIBUTED)
_NOT_YET = (Status.PLANNED, Status.HYPOTHETICAL, Status.NEGATED)  # who is to leave, or does not, is still there


def says_whence(frame: Frame) -> bool:
    """Whether the words say where forces are taken from, or that it is not forces ("its withdrawal of the proposal")."""
    by_itself = frame.trigger.pos_ == "NOUN" and frame.sense.subject is not None and not frame.sense.subject.owner
    markers = ("from", "out of", "out", "of") if by_itself else ("from", "out of", "out")
    return any(marker in markers for marker, _ in around(frame.trigger))


@dataclass(slots=True)
class Theatres:
    """The theatres of each actor of one document, the latest last, and who leaves an organisation or a treaty."""

    _of: dict[str, list[Mention]] = field(default_factory=dict)
    _leavers: set[str] = field(default_factory=set)

    def note(self, stated: Extraction) -> None:
        """A statement may say where an actor's forces are now, or that "its withdrawal" may be another one."""
        place = stated.qualifiers.place if stated.predicate == "deployed" else stated.object
        if stated.subject is None or not isinstance(place, Mention):
            return
        if stated.predicate == "withdrewFrom":
            self._leavers.add(identity(stated.subject))
        elif stated.predicate in _TOLD and stated.status in (_DONE if stated.predicate in _SENT else _NOT_YET):
            self._put(self._of.setdefault(identity(stated.subject), []), place)

    def _put(self, known: list[Mention], place: Mention) -> None:
        """A town says less than the state or the region that its forces are known to be in."""
        if place.type != "Settlement" or not known:
            known[:] = [*(other for other in known if identity(other) != identity(place)), place]

    def of(self, actor: Mention, frame: Frame) -> Iterator[Mention]:
        """Where the forces of an actor are, if the text has said it: "it withdrew", if it has named one place only."""
        known = self._of.get(identity(actor), [])
        if known and (_tells_of_forces(frame) or (len(known) == 1 and identity(actor) not in self._leavers)):
            yield replace(known[-1], resolved=True)


def _tells_of_forces(frame: Frame) -> bool:
    """"withdrew its troops", "its troops withdrew", and not only "it withdrew"."""
    return frame.sense.require is not None or (frame.sense.subject is not None and frame.sense.subject.owner)
