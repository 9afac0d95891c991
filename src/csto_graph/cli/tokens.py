"""The token that switches writing on. It is no argument, as every user of a machine sees those."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import click

from csto_graph.cli.options import PATH
from csto_graph.errors import WrongCall

_VARIABLE: Final = "CSTO_GRAPH_TOKEN"
_SHORTEST: Final = 16  # characters: a shorter one is guessed

token_file_option = click.option(
    "--token-file", type=PATH, help=f"A file with the token that changes need; without it {_VARIABLE} is looked at."
)


def given_token(file: Path | None) -> str | None:
    """The token of the file or of the environment; None where there is neither.

    Raises `WrongCall` for a file that cannot be read and for a token that is too short or cannot stand in a header.
    """
    place, token = (str(file), _read(file)) if file else (_VARIABLE, os.environ.get(_VARIABLE, ""))
    if not token and not file:
        return None
    if len(token) < _SHORTEST or not token.isascii() or not token.isprintable() or " " in token:
        problem = f"is not a token of at least {_SHORTEST} letters, digits and signs"
        raise WrongCall(place, problem, "Make one with: openssl rand -hex 32")
    return token


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise WrongCall(file, f"cannot be read ({reason})", "Check the path and who may read it") from None
