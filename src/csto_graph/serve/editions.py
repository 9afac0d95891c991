"""Which release a request is about: the current one, the one it numbers, or the one that was current at an instant it names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import dropwhile
from typing import Final

from flask import g, request
from werkzeug.http import http_date

from csto_graph.backend.interface import Backend, DroppedRelease, UnknownRelease
from csto_graph.model import Release, Standing
from csto_graph.serve.catalogue import Edition, published, served
from csto_graph.serve.problems import Problem

_MALFORMED: Final = "Accept-Datetime takes an instant as HTTP writes it, with its day of the week: Thu, 31 May 2007 20:35:00 GMT."
_GONE: Final = "Release {number} was here and is not kept any more. /releases lists those that are."


def asked_release() -> Release:
    """The release of `asked_edition`."""
    return asked_edition().release


def asked_edition() -> Edition:
    """The edition that `release=` names, else that of the header Accept-Datetime (RFC 7089, section 2.1.1), else the current one.

    Raises a problem: 400 for what names none, 404 for a release that never was, 410 for one that was dropped.
    """
    edition: Edition | None = g.get("edition")
    if edition is None:
        g.negotiates = True
        edition = g.edition = _asked_edition(served().backend)
    return edition


def numbered(named: str) -> Edition:
    """The edition of the release with this number, for this request. Raises a problem as `asked_edition` does."""
    edition = g.edition = _numbered(served().backend, named)
    return edition


def names_release() -> bool:
    """Whether the address has `release=`; most have not, and need not be taken apart to see that."""
    return b"release" in request.query_string and "release" in request.args


def _asked_edition(backend: Backend) -> Edition:
    if names_release():
        return _numbered(backend, request.args["release"])
    instant: str | None = request.environ.get("HTTP_ACCEPT_DATETIME")
    return served().current() if instant is None else _at(backend, _instant(instant))


def _numbered(backend: Backend, named: str) -> Edition:
    if not named.isascii() or not named.isdecimal() or len(named) > 9:
        raise Problem(400, "release= takes the number of a release, such as release=1.")
    try:
        release = backend.find(int(named))
    except DroppedRelease:
        raise Problem(410, _GONE.format(number=int(named))) from None
    except UnknownRelease:
        raise Problem(404, f"There is no release {int(named)} here.") from None
    return Edition(release, published(release), "number")


def _at(backend: Backend, instant: datetime) -> Edition:
    """Before the first memento it is the first one, after the last the last (RFC 7089, section 4.5.3).

    A release that is not kept is no memento, so of those before the first that is kept none counts; between two, it is told.
    """
    past = backend.history()
    kept = {release.number for release in backend.releases()}
    mementos = list(dropwhile(lambda each: each.number not in kept, past))
    standing = standing_at(mementos, instant) or next(iter(mementos), None)
    if standing is None:
        return served().current()
    try:
        return Edition(backend.find(standing.number), standing.since, "instant")
    except UnknownRelease:
        raise Problem(410, f"At that instant it was another: {_GONE.format(number=standing.number)}") from None


def standing_at(past: Sequence[Standing], instant: datetime) -> Standing | None:
    """What was current at an instant; None before the first release."""
    return next((standing for standing in reversed(past) if standing.since <= instant), None)


def _instant(named: str) -> datetime:
    """`Thu, 31 May 2007 20:35:00 GMT` and no other way to write it."""
    try:
        instant = parsedate_to_datetime(named).astimezone(UTC)
        if http_date(instant) == named.strip():
            return instant
    except (ValueError, OverflowError, IndexError, TypeError):
        pass
    raise Problem(400, _MALFORMED)
