"""Which release a request is about."""

from __future__ import annotations

from flask import request

from csto_graph.backend.interface import UnknownRelease
from csto_graph.model import Release
from csto_graph.serve.catalogue import served
from csto_graph.serve.problems import Problem


def asked_release() -> Release:
    """The one that `release=` names, else the current one."""
    named = request.args.get("release")
    backend = served().backend
    if named is None:
        return backend.current()
    if not named.isascii() or not named.isdecimal() or len(named) > 9:
        raise Problem(400, "release= takes the number of a release, such as release=1.")
    try:
        return backend.find(int(named))
    except UnknownRelease:
        raise Problem(404, f"There is no release {int(named)} here.") from None
