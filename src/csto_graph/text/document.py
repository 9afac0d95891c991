"""What is taken out of a file."""

from __future__ import annotations

from dataclasses import dataclass

from csto_graph.origins import Origins


@dataclass(frozen=True, slots=True)
class Document:
    """The text taken out of a file, and what the file states of it."""

    text: str
    title: str | None
    date: str | None
    origins: Origins | None = None  # None: the text is the file
