"""Who may write: whoever sends the token (RFC 6750), where the service was given one; nobody otherwise."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from typing import Final

from flask import request

from csto_graph.serve.catalogue import served
from csto_graph.serve.problems import Problem
from csto_graph.serve.turns import client

_CHALLENGE: Final = 'Bearer realm="csto-graph"'
_OFF: Final = "This service takes no changes. Whoever runs it switches them on with a token: CSTO_GRAPH_TOKEN or --token-file."


def require_token() -> None:
    """Raises a problem 403 where writing is off, 401 where the request does not carry the token. No body is read before.

    429 for a client that sent too many wrong ones.
    """
    token = served().settings.token
    if not token:
        raise off()
    sent = _bearer()
    if sent is None:
        raise _unauthenticated("A change needs the header Authorization: Bearer and the token.", _CHALLENGE)
    served().attempts.require_patience(client())
    if not hmac.compare_digest(sent.encode(), token.encode()):
        served().attempts.note_failure(client())
        raise _unauthenticated("The token is not the one of this service.", f'{_CHALLENGE}, error="invalid_token"')
    if "release" in request.args:
        raise Problem(400, "A change is made to the current release: leave out release=.")
    request.max_content_length = served().settings.change


def _unauthenticated(detail: str, challenge: str) -> Problem:
    """401 with the header that says how to authenticate (RFC 9110, section 11.6.1)."""
    return Problem(401, detail, fields={"WWW-Authenticate": challenge})


def off() -> Problem:
    """What is answered where no change is taken."""
    return Problem(403, _OFF)


def _bearer() -> str | None:
    given = request.authorization
    return given.token if given is not None and given.type == "bearer" else None


def where_to_change(graphs: Iterable[str], remedies: Iterable[str]) -> Problem:
    """403 for graphs that are made and not written."""
    names, said = list(graphs), " ".join(remedies)
    spelled = ", ".join("the default graph" if name == "default" else name for name in names)
    return Problem(403, f"Every build makes {spelled} anew. {said} Graphs of any other name are yours.", graphs=names)
