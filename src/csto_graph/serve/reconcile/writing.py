"""How the answers of the service are written: JSON with its ETag, or JSONP for clients of version 0.2 that need it."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Final

from flask import Response, request

from csto_graph import __version__
from csto_graph.serve.conditions import validated
from csto_graph.serve.editions import asked_edition
from csto_graph.serve.problems import Problem

_NAME: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*(?:\.[A-Za-z_$][A-Za-z0-9_$]*)*")
_LONGEST_NAME: Final = 100  # characters


def written(document: object, media_type: str = "application/json") -> Response:
    """The document in JSON; 304 where the client has it."""
    return validated_text(json.dumps(document), media_type)


def written_for_all(document: object) -> Response:
    """The same, or with `callback=` a call of the function of that name (0.2, section “Cross-Origin Access”).

    The name is that of a function and nothing else, and the call begins with a comment, so that no request makes a script or
    a file of another kind of its own. Raises a problem 400 for another name.
    """
    callback = request.args.get("callback")
    if callback is None:
        return written(document)
    if len(callback) > _LONGEST_NAME or not _NAME.fullmatch(callback):
        raise Problem(400, "callback= takes the name of a function: letters, digits, _ and $, parts joined by dots.")
    return validated_text(f"/**/{callback}({json.dumps(document)});", "application/javascript")  # all of it is ASCII


def refuse_callback() -> None:
    """Raises a problem 400 for `callback=`, which the draft of 1.0 has taken away."""
    if "callback" in request.args:
        raise Problem(400, "callback= is of version 0.2. This version is read across origins by CORS.")


def validated_text(text: str, media_type: str) -> Response:
    """A text with its ETag and the date of its release."""
    edition = asked_edition()
    digest = hashlib.sha256(f"{__version__}\n{media_type}\n{text}".encode()).hexdigest()[:16]
    response = Response(text, content_type=media_type if media_type == "application/json" else f"{media_type}; charset=utf-8")
    return validated(response, f"{edition.release.tag}-{digest}", edition.since)
