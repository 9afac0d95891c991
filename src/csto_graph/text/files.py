"""Reading a file as text, or saying in one line why it cannot be read."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from pathlib import Path

from csto_graph.errors import RefusedText, WrongCall

_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,900}?-->\s*)*(?:<!doctype\s+html|<html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BEGINNING = 1024  # bytes in which HTML must declare its encoding (WHATWG HTML, 4.2.5.4)
LIMIT = 10_000_000  # bytes; a book has one


def read_characters(path: Path) -> str:
    """The characters of a plain text in UTF-8 exactly as stored (no newline translation, no normalisation).

    Raises `WrongCall` where there is no such file, `RefusedText` where it is not a plain text.
    """
    content = read_content(path)
    if is_page(content):
        raise RefusedText(path, "is an HTML page, whose markup would be read as text", "Save its text as a plain text file first")
    return decoded(path, content)


def read_content(path: Path) -> bytes:
    """The bytes of a file that may be a text. Raises `WrongCall` or `RefusedText` where it cannot be one."""
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
    if not content.strip():
        raise RefusedText(path, "is empty", "Give a file with text in it")
    if b"\0" in content:
        raise RefusedText(path, "is not text but binary data", "Save the document as plain text (UTF-8) first")
    return content


def is_page(content: bytes) -> bool:
    """Whether the bytes begin as an HTML page does."""
    return bool(_HTML.match(content[:_BEGINNING]))


def declared_charset(content: bytes) -> str | None:
    """The encoding that an HTML page declares for itself, where Python knows it."""
    declared = _CHARSET.search(content[:_BEGINNING])
    try:
        return codecs.lookup(declared.group(1).decode("ascii")).name if declared else None
    except (LookupError, UnicodeDecodeError):
        return None


def decoded(path: Path, content: bytes, charset: str | None = None) -> str:
    """The characters of a text in UTF-8, or else in the encoding it declares. Raises `RefusedText` naming byte and line."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        with suppress(UnicodeDecodeError, LookupError):
            if charset and charset != "utf-8":
                return codecs.decode(content, charset)
        place = content.count(b"\n", 0, error.start) + 1
        remedy = "Convert it to UTF-8 first, for example with: iconv -f WINDOWS-1252 -t UTF-8"
        raise RefusedText(path, f"is not UTF-8 (byte {error.start}, line {place})", remedy) from None
