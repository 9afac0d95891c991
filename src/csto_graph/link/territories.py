"""Writes the tables of states from the libraries `rigour` and those of `codes`: `python -m csto_graph.link.territories`.

None is needed to run the system. Set-up: `pip install --no-deps --require-hashes -r requirements-reference.txt`.
Which of rigour's names, in some 160 languages, are read as English names is our choice: `state-name-choice.tsv`.
Which entry of a library is which state, where no code of ISO 3166 says it, is `state-code-choice.tsv`.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from csto_graph.errors import RefusedData, WrongCall
from csto_graph.link.codes import CHOICE_TABLE, Libraries, converter_rows
from csto_graph.link.reference import IDENTIFIER_HEADER, THING_HEADER
from csto_graph.resources import root
from csto_graph.tsv import rows

CHOICE_HEADER: Final = ("code", "kind", "names")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,5}")
# ISO 3166-1 leaves AA, QM to QZ, XA to XZ and ZZ (and the alpha-3 codes that begin so) to their users: nobody's identifiers.
_USERS_OWN = re.compile(r"aa|q[m-z]|x[a-z]|zz|aa[a-z]|q[m-z][a-z]|x[a-z]{2}|zz[a-z]")


@dataclass(frozen=True, slots=True)
class Territory:
    """A state of rigour, with the names we read as English."""

    code: str
    label: str
    qid: str
    alpha3: str
    former: bool
    strong: tuple[str, ...]
    weak: tuple[str, ...]

    @property
    def path(self) -> str:
        """The path of its IRI: `state/` and the library's short name in lower-case ASCII."""
        return "state/" + re.sub(r"[^a-z0-9]+", "-", _ascii(self.label).lower()).strip("-")


def write_tables(folder: Path) -> None:
    """Writes `states.tsv` and `state-identifiers.tsv`; the two tables of choices are read from the same folder."""
    states = read_territories(folder)
    libraries = Libraries(folder / CHOICE_TABLE)
    things = ((s.path, s.label, "FormerState" if s.former else "State", "|".join(s.strong), "|".join(s.weak), "") for s in states)
    _write(folder / "states.tsv", THING_HEADER, things)
    _write(folder / "state-identifiers.tsv", IDENTIFIER_HEADER, sorted(_identifiers(states, libraries)))


def read_territories(folder: Path) -> list[Territory]:
    """The states of the library, by path; `state-name-choice.tsv` is read from the folder."""
    return sorted(_territories(folder / "state-name-choice.tsv"), key=lambda state: state.path)


def _territories(choice: Path) -> Iterator[Territory]:
    library = {entry["code"]: entry for entry in _library()}
    members = _independent()
    chosen = _chosen_names(choice, library)
    for code, entry in library.items():
        if _is_former(entry, library) or _is_state(entry, members):
            strong, weak = chosen.get((code, "strong"), ()), chosen.get((code, "weak"), ())
            plain = {name for name in (entry["name"], entry.get("full_name", "")) if name and "(" not in name}
            yield Territory(
                code, entry["name"], entry["qid"], entry.get("alpha3", ""), bool(entry.get("is_historical")),
                _spellings({*plain, *strong}, without=entry["name"]), _spellings(weak, without=entry["name"]),
            )  # fmt: skip


def _library() -> list[dict[str, Any]]:
    """rigour's territories as it stores them: `Territory` does not show which names are strong."""
    try:
        lines: str = importlib.import_module("rigour._core").territories_jsonl()
    except ImportError as error:
        remedy = "Run pip install --no-deps --require-hashes -r requirements-reference.txt"
        raise WrongCall("rigour", f"not installed ({error})", remedy) from error
    return [json.loads(line) for line in lines.splitlines() if line.strip()]


def _independent() -> set[str]:
    """Alpha-3 codes, lower case, of members of the United Nations and of the Gleditsch-Ward system of independent states."""
    return {row["ISO3"].lower() for row in converter_rows() if row["UNmember"] or row["GWcode"]}


def _is_state(entry: Mapping[str, Any], independent: set[str]) -> bool:
    # `is_country` alone holds for Bermuda and Jersey too.
    return bool(entry.get("is_country")) and not entry.get("is_historical") and entry.get("alpha3") in independent


def _is_former(entry: Mapping[str, Any], library: Mapping[str, Mapping[str, Any]]) -> bool:
    """Countries of the past, and the republics of one: "Kazakh SSR" must not be read as Kazakhstan."""
    parent = library.get(entry.get("parent", ""), {})
    return bool(entry.get("is_historical")) and bool(entry.get("is_country") or parent.get("is_historical"))


def _chosen_names(path: Path, library: Mapping[str, Mapping[str, Any]]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Our choice by code and kind. Raises `RefusedData` for a name the library does not give to that territory."""
    chosen: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in rows(path, CHOICE_HEADER):
        code, kind = row.cells["code"], row.cells["kind"]
        if kind not in ("strong", "weak") or (code, kind) in chosen:
            raise RefusedData(row.place, f"{code} has {kind!r} names twice, or they are no kind", "Keep one row, strong or weak")
        chosen[code, kind] = tuple(row.several("names"))
        for name in chosen[code, kind]:
            if name.lower() not in _listed(library.get(code, {})):
                raise RefusedData(row.place, f"rigour does not list {name!r}", "Leave it out, or correct code or spelling")
    return chosen


def _listed(entry: Mapping[str, Any]) -> set[str]:
    return {name.lower() for key in ("names_strong", "names_weak") for name in entry.get(key, ())}


def _spellings(names: Iterable[str], *, without: str) -> tuple[str, ...]:
    """The names as English writers type them: with and without dots, accents and typographic apostrophes. Sorted."""
    spelt: set[str] = set()
    for name in names:
        variants = {name, _ascii(name)}
        if _ACRONYM.fullmatch(name):
            letters = name.replace(".", "")
            variants |= {letters, "".join(f"{letter}." for letter in letters)}
        spelt |= variants | {variant.replace("'", "’") for variant in variants}
    return tuple(sorted(spelt - {without}))


def _ascii(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")


def _identifiers(states: Iterable[Territory], libraries: Libraries) -> Iterator[tuple[str, str, str, str]]:
    """Path, datatype, code and libraries: of the states of rigour, and of others that the table of choices names."""
    ours = {state.path: state for state in states}
    for path in sorted({*ours, *libraries.chosen}):
        state = ours.get(path)
        alpha3, alpha4, former = (_alpha3(state), _alpha4(state), state.former) if state else ("", "", True)
        yield from ((path, *code) for code in libraries.codes(path, alpha3, alpha4, former=former))


def _alpha3(state: Territory) -> str:
    return "" if _USERS_OWN.fullmatch(state.alpha3) else state.alpha3.upper()


def _alpha4(state: Territory) -> str:
    """The code of ISO 3166-3; rigour's own codes for Soviet republics (`su-kz`) are nobody's standard."""
    return state.code.upper() if re.fullmatch("[a-z]{4}", state.code) else ""


def _write(path: Path, header: tuple[str, ...], table: Iterable[tuple[str, ...]]) -> None:
    note = "# Written by python -m csto_graph.link.territories: correct state-name-choice.tsv, not this file."
    lines = (note, *("\t".join(cells) for cells in (header, *table)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_tables(Path(sys.argv[1]) if sys.argv[1:] else root() / "data" / "reference")
