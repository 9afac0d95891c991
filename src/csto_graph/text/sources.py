"""Texts with what is declared of them: `data/sources/<id>/{text.txt,source.toml}`, or any file on its own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from csto_graph.errors import RefusedData, RefusedText
from csto_graph.iris import slug
from csto_graph.model import Correction, Source
from csto_graph.text.dateline import dateline
from csto_graph.text.document import Document
from csto_graph.text.files import declared_charset, decoded, is_page, read_characters, read_content
from csto_graph.text.markdown import read_markdown
from csto_graph.text.pages import read_page

_PAGES = {".html", ".htm", ".xhtml"}
_MARKDOWN = {".md", ".markdown"}
_FIELDS = {"title", "date", "publisher", "licence", "note", "corrections", "expected"}


def read_text(path: Path, day: str | None = None) -> Source:
    """A file (plain text, Markdown, HTML) as a source of its own; its date is the day given, else its own, else none."""
    document = _document(path)
    text = document.text
    first_line = next((line.strip() for line in text.splitlines() if line.strip() and not dateline(line)), path.stem)
    title, date_ = document.title or first_line, day or document.date or dateline(text)
    return Source(slug(path.stem), title[:200], text, path, date_, origins=document.origins)


def _document(path: Path) -> Document:
    content = read_content(path)
    if is_page(content) or path.suffix.lower() in _PAGES:
        return read_page(path, decoded(path, content, declared_charset(content)))
    characters = decoded(path, content)
    if path.suffix.lower() in _MARKDOWN:
        prose = read_markdown(characters)
        if not prose.text.strip():
            raise RefusedText(path, "is Markdown without prose", "Code, tables and HTML are not read: give a file with sentences")
        return prose
    return Document(characters, None, None)


def read_source(folder: Path) -> Source:
    """A declared source. Raises `RefusedData` naming the file and the field where the declaration does not hold."""
    if slug(folder.name) != folder.name:
        raise RefusedData(folder, "its name is no id for a source", f"Rename it, for example to {slug(folder.name)}")
    path, declaration = folder / "text.txt", folder / "source.toml"
    text = read_characters(path)
    fields = _declared(declaration)
    return Source(
        id=folder.name,
        title=_required(declaration, fields, "title"),
        text=text,
        path=path,
        date=_day(declaration, fields) or dateline(text),
        publisher=_optional(declaration, fields, "publisher"),
        licence=_optional(declaration, fields, "licence"),
        note=_optional(declaration, fields, "note"),
        expected=_expected(declaration, fields.get("expected", {})),
        corrections=tuple(_correction(declaration, text, row) for row in fields.get("corrections", ())),
    )


def read_sources(folder: Path, *more: Path) -> tuple[Source, ...]:
    """Every declared source of the folders, in the order of their ids; those after the first may be missing.

    Raises `RefusedData` where the first is missing, where there is no source, or where two have one id.
    """
    if not folder.is_dir():
        raise RefusedData(folder, "the folder of the sources is missing", "Restore it from the repository")
    found: dict[str, Source] = {}
    for entry in (entry for each in (folder, *more) if each.is_dir() for entry in sorted(each.iterdir()) if entry.is_dir()):
        if entry.name in found:
            problem = f"another source has this id: {found[entry.name].path.parent}"
            raise RefusedData(entry, problem, "Rename this folder to the id that it shall have, or remove it")
        found[entry.name] = read_source(entry)
    if not found:
        raise RefusedData(folder, "holds no source", "Add one: a folder with text.txt and source.toml")
    return tuple(found[id_] for id_ in sorted(found))


def _declared(path: Path) -> dict[str, Any]:
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RefusedData(path, "a source needs this declaration", "Write one with at least a title") from None
    except OSError as error:
        raise RefusedData(path, f"cannot be read ({error.strerror})", "Check its permissions") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RefusedData(path, f"is not TOML ({error})", "Mend the line it names") from None
    if unknown := sorted(set(fields) - _FIELDS):
        raise RefusedData(path, f"unknown field {unknown[0]!r}", f"Use {', '.join(sorted(_FIELDS))}")
    return fields


def _required(path: Path, fields: Mapping[str, Any], name: str) -> str:
    if not isinstance(fields.get(name), str):
        raise RefusedData(path, f"has no {name} in quotation marks", f"Write {name} = \"…\"")
    return str(fields[name])


def _optional(path: Path, fields: Mapping[str, Any], name: str) -> str | None:
    return _required(path, fields, name) if name in fields else None


def _day(path: Path, fields: Mapping[str, Any]) -> str | None:
    """A day in quotation marks, or TOML's own date."""
    value = fields.get("date")
    if value is None:
        return None
    try:
        day = date.fromisoformat(str(value)).isoformat()
    except ValueError:
        day = ""
    if day != str(value):
        raise RefusedData(path, f"date {str(value)!r} is not a day of the calendar", "Write it as YYYY-MM-DD")
    return day


def _expected(path: Path, rows: object) -> dict[str, tuple[int, int | None]]:
    if not isinstance(rows, Mapping):
        raise RefusedData(path, "expected is not a table of predicates", "Write [expected] and a line for each predicate")
    counts: dict[str, tuple[int, int | None]] = {}
    for predicate, bounds in rows.items():
        if not isinstance(bounds, list) or len(bounds) not in (1, 2) or not all(isinstance(n, int) for n in bounds):
            raise RefusedData(path, f"expected.{predicate} is not [at least] or [at least, at most]", "Give one or two numbers")
        counts[predicate] = (bounds[0], bounds[1] if len(bounds) == 2 else None)
    return counts


def _correction(path: Path, text: str, row: Mapping[str, Any]) -> Correction:
    original, corrected = str(row.get("original", "")), str(row.get("corrected", ""))
    if not original or text.count(original) != 1:
        problem = f"the correction of {original!r} does not occur exactly once in the text"
        raise RefusedData(path, problem, "Quote enough of the text to name one place")
    start = text.index(original)
    return Correction(start, start + len(original), original, corrected)
