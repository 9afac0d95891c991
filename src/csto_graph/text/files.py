"""Reading a file as text, or saying in one line why it cannot be read."""

from __future__ import annotations

import re
from pathlib import Path

from csto_graph.errors import RefusedText, WrongCall

_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE)
LIMIT = 10_000_000  # bytes; a book has one


def read_characters(path: Path) -> str:
    """The characters of a UTF-8 file exactly as stored (no newline translation, no normalisation).

    Raises `WrongCall` where there is no such file, `RefusedText` where it is not a text we read.
    """
    if path.is_dir():
        raise WrongCall(path, "is a folder, not a text", "Name the files in it one by one")
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LIMIT else b""
    except FileNotFoundError:
        raise WrongCall(path, "there is no such file", "Check the path") from None
    except OSError as error:
        raise WrongCall(path, f"cannot be read ({error.strerror})", "Check its permissions") from None
    if size > LIMIT:
        raise RefusedText(path, f"has {size:,} bytes, the limit is {LIMIT:,} (10 MB)", "Split it into smaller texts")
    return _decode(path, content)


def _decode(path: Path, content: bytes) -> str:
    if not content.strip():
        raise RefusedText(path, "is empty", "Give a file with text in it")
    if b"\0" in content:
        raise RefusedText(path, "is not text but binary data", "Save the document as plain text (UTF-8) first")
    if _HTML.match(content[:1000]):
        raise RefusedText(path, "is an HTML page, whose markup would be read as text", "Save its text as a plain text file first")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        place = content.count(b"\n", 0, error.start) + 1
        remedy = "Convert it to UTF-8 first, for example with: iconv -f WINDOWS-1252 -t UTF-8"
        raise RefusedText(path, f"is not UTF-8 (byte {error.start}, line {place})", remedy) from None
