"""A text as a declared source: the files that `read_source` reads back as the same text with the same declaration."""

from __future__ import annotations

import json
from typing import Final

from csto_graph.errors import RefusedText, WrongCall
from csto_graph.model import Source
from csto_graph.text.files import is_page, read_content

_SUFFIXES: Final = {".md", ".markdown", ".htm", ".xhtml"}


def source_files(source: Source) -> dict[str, bytes]:
    """The files of the source's folder by name.

    `text.txt` holds the text that offsets count in: the bytes of a plain text as they are, or what was taken out of a page,
    whose own bytes then lie beside it as `original.html`. Raises `RefusedText` where the text would be read as markup.
    """
    text = source.text.encode()
    if is_page(text):
        raise RefusedText(source.path, "its text begins like an HTML page", "Take the markup out of its first line")
    taken_out = {f"original{_suffix(source)}": read_content(source.path)} if source.origins else {}
    return {"text.txt": text, "source.toml": "".join(_declaration(source, *taken_out)).encode(), **taken_out}


def _suffix(source: Source) -> str:
    suffix = source.path.suffix.lower()
    return suffix if suffix in _SUFFIXES else ".html"


def _declaration(source: Source, original: str | None = None) -> list[str]:
    fields = {"title": source.title, "date": source.date, "publisher": source.publisher, "licence": source.licence}
    comment = f"# text.txt was taken out of {original}; offsets count in text.txt.\n\n" if original else ""
    return [comment, *(f"{name} = {_quoted(name, value)}\n" for name, value in fields.items() if value is not None)]


def _quoted(name: str, value: str) -> str:
    """A basic string of TOML, which escapes what JSON does and the character DEL (TOML 1.0.0, String)."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise WrongCall(f"--{name}", "is not UTF-8", "Type it in a terminal that is set to UTF-8") from None
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
