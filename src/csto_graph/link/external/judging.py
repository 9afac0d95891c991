"""What a reviewer decided → the files of links: new rows beside the old ones, or a refusal that names the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from csto_graph import model
from csto_graph.errors import RefusedData
from csto_graph.link.external.described import identifier
from csto_graph.link.external.review import Decided, Decision
from csto_graph.mappings import Links, empty_set, mapping_file
from csto_graph.namespaces import OWL, SEMAPV, SKOS
from csto_graph.sssom import NO_TERM_FOUND, MappingSet, read_mappings
from csto_graph.targets import Target

# A thing of ours has one such link to a data set, and each of its things one to ours.
ONE_THING: Final = frozenset({f"{SKOS}exactMatch", str(OWL.sameAs)})
_BY_HAND: Final = str(SEMAPV.ManualMappingCuration)


@dataclass(frozen=True, slots=True)
class Known:
    """What was decided before, and which things of ours there are."""

    targets: Sequence[Target]
    links: Links  # of all folders
    folder: Path  # in which new links are written
    things: frozenset[str]


@dataclass(slots=True)
class Judged:
    """The files as they shall be, and what came to them."""

    sets: dict[Path, MappingSet] = field(default_factory=dict)
    accepted: int = 0
    rejected: int = 0
    known: int = 0  # decided so before


def judge(lines: Sequence[Decided], known: Known) -> Judged:
    """The files with what was decided. Nothing is written.

    Raises `RefusedData` naming the line of what contradicts another line or an earlier decision, or of what is none of ours.
    """
    judged, linked = Judged(), _linked(known, lines)
    decided: dict[tuple[str, str], Decided] = {}
    for line in lines:
        target = _target(line, known)
        _refuse_both(line, decided)
        _refuse_second(line, target, linked)
        _add(line, target, known.folder, judged)
    return judged


def _target(line: Decided, known: Known) -> Target:
    if line.subject not in known.things:
        raise RefusedData(line.place, f"<{line.subject}> is no thing of the release", "Keep the subject that link propose wrote")
    if not line.author or not line.date:
        raise RefusedData(line.place, "nobody says who decided, and when", "Fill in author and date, or give --author and --date")
    target = next((target for target in known.targets if target.holds(line.object)), None)
    if target is None:
        remedy = f"Declare it in {known.folder / 'targets.tsv'}: {', '.join(each.name for each in known.targets)} are known"
        raise RefusedData(line.place, f"<{line.object}> is of no data set that we know", remedy)
    return target


def _refuse_both(line: Decided, decided: dict[tuple[str, str], Decided]) -> None:
    first = decided.setdefault((line.subject, line.object), line)
    if first.decision is not line.decision:
        problem = f"the pair is decided the other way in {first.place}"
        raise RefusedData(line.place, problem, "Decide for one of the two")


def _linked(known: Known, lines: Iterable[Decided]) -> dict[tuple[str, str], tuple[str, str]]:
    """By a thing of ours and its target, and by a thing of theirs: the other end of its one link, and where that stands."""
    rejected = {(line.subject, line.object) for line in lines if line.decision is Decision.REJECT}
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for target, mappings in known.links.items():
        place = str(mapping_file(known.folder, target))
        for each in mappings:
            if is_one_thing(each) and (each.subject, each.object) not in rejected:
                found[each.subject, target.name] = (each.object, place)
                found[each.object, ""] = (each.subject, place)
    return found


def is_one_thing(mapping: model.Mapping) -> bool:
    """Whether a link says that its ends are one thing."""
    return not mapping.negated and mapping.predicate in ONE_THING and mapping.object != NO_TERM_FOUND


def _refuse_second(line: Decided, target: Target, linked: dict[tuple[str, str], tuple[str, str]]) -> None:
    if line.decision is not Decision.ACCEPT or line.predicate not in ONE_THING:
        return
    for end, other in (((line.subject, target.name), line.object), ((line.object, ""), line.subject)):
        before, place = linked.setdefault(end, (other, line.place))
        if before != other:
            problem = f"<{end[0]}> is one thing with <{before}> already, in {place}"
            raise RefusedData(line.place, problem, "Reject that pair, or accept this one as skos:closeMatch")


def _add(line: Decided, target: Target, folder: Path, judged: Judged) -> None:
    path = mapping_file(folder, target)
    found = judged.sets.get(path) or (read_mappings(path) if path.exists() else empty_set(target))
    new = _mapping(line)
    same = [each for each in found.mappings if (each.subject, each.object) == (new.subject, new.object)]
    if any(each.negated is not new.negated for each in same):
        before = "rejected" if same[0].negated else "accepted"
        raise RefusedData(line.place, f"the pair was {before} before, in {path}", "Take that row out first")
    if any(each.negated or each.predicate == new.predicate for each in same):
        judged.known += 1
        return
    rest = tuple(each for each in found.mappings if not _was_absent(each, new))
    judged.sets[path] = replace(found, mappings=(*rest, new))
    judged.accepted += line.decision is Decision.ACCEPT
    judged.rejected += line.decision is Decision.REJECT


def _was_absent(each: model.Mapping, new: model.Mapping) -> bool:
    """`NoTermFound` says that nothing was there: what is accepted now takes its place."""
    return not new.negated and each.object == NO_TERM_FOUND and each.subject == new.subject


def _mapping(line: Decided) -> model.Mapping:
    rejected = line.decision is Decision.REJECT
    return model.Mapping(
        subject=line.subject,
        predicate=f"{SKOS}exactMatch" if rejected else line.predicate,
        object=line.object,
        subject_label=line.subject_label,
        object_label=line.object_label,
        justification=_BY_HAND,
        confidence=None if rejected else line.confidence,
        author=line.author,
        date=line.date,
        comment=line.comment,
        negated=rejected,
    )


def decided_before(links: Links) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
    """The pairs that were accepted or rejected; and the things of ours that are one with a thing of a namespace, with it."""
    mappings = [each for several in links.values() for each in several]
    pairs = frozenset((each.subject, each.object) for each in mappings)
    return pairs, frozenset((each.subject, identifier(each.object)[0]) for each in mappings if is_one_thing(each))
