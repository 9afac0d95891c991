"""Asking an address that a person named: within a time, up to a length, of the media type that was asked for, and it alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any, Final
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from csto_graph import __version__
from csto_graph.errors import CstoGraphError, RefusedData, WrongCall
from csto_graph.namespaces import BASE

_PIECE: Final = 65_536
_LATER: Final = "Try again later, or ask another endpoint"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may take."""

    seconds: float = 60.0
    octets: int = 16 * 2**20


def ask_json(address: str, accept: str, limits: Limits, body: bytes | None = None, sent_as: str = "") -> Any:
    """What an endpoint answers, read as JSON. Raises like `ask`, and where it is no JSON."""
    answer = ask(address, accept, limits, body, sent_as)
    try:
        return json.loads(answer, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        raise RefusedData(address, f"answered with what is no JSON ({error})", _LATER) from None


def ask(address: str, accept: str, limits: Limits, body: bytes | None = None, sent_as: str = "") -> bytes:
    """The octets of an answer: by POST where there is a body, else by GET.

    Raises `RefusedData` naming the address where it cannot be reached, answers late, too much, with another status than 200,
    with a redirect or as another media type than `accept`; `WrongCall` where it is no address.
    """
    refuse_no_address(address)
    headers = {"Accept": accept, "Accept-Encoding": "identity", "User-Agent": f"csto-graph/{__version__} ({BASE})"}
    request = Request(address, data=body, headers=headers | ({"Content-Type": sent_as} if body is not None else {}))
    answers: SimpleQueue[bytes | Exception] = SimpleQueue()
    # Timeouts of sockets are for one read each: only who waits outside sees that the whole is late. The thread ends by its own
    # timeout, or with us.
    Thread(target=_answer, args=(request, accept, limits, answers), daemon=True).start()
    try:
        answer = answers.get(timeout=limits.seconds)
    except Empty:
        raise RefusedData(address, f"did not answer within {limits.seconds:g} s", f"{_LATER}, or give it longer") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def refuse_no_address(address: str) -> None:
    """Raises `WrongCall` where it is no http or https address."""
    try:
        parts = urlsplit(address)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        whole = False
    if not whole or any(each.isspace() or not each.isascii() for each in address):
        raise WrongCall(address, "is no address of an endpoint", "Write it whole, with http:// or https://")


class Staying(HTTPRedirectHandler):
    """Redirects are not followed: whoever named one address did not name the other, or looks at each."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        return None


def _answer(request: Request, accept: str, limits: Limits, answers: SimpleQueue[bytes | Exception]) -> None:
    address = request.full_url
    try:
        with build_opener(Staying).open(request, timeout=2 * limits.seconds) as response:
            answers.put(_content(address, response, accept, limits))
    except CstoGraphError as refusal:
        answers.put(refusal)
    except HTTPError as error:
        with error:
            answers.put(RefusedData(address, _status(error), _LATER))
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        answers.put(RefusedData(address, f"cannot be asked ({type(error).__name__}: {reason})", "Check the address"))


def _status(error: HTTPError) -> str:
    if 300 <= error.code < 400:
        return f"answered {error.code} and names another address, {error.headers.get('Location')!r}, which is not asked"
    return f"answered {error.code}"


def _content(address: str, response: Any, accept: str, limits: Limits) -> bytes:
    kind = response.headers.get_content_type()
    if kind not in accept.split(", "):
        raise RefusedData(address, f"answered as {kind}, not as {accept}", "Check that this is such an endpoint")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise RefusedData(address, "packed its answer, which was not asked for", _LATER)
    content = bytearray()
    while piece := response.read1(_PIECE):
        content += piece
        if len(content) > limits.octets:
            raise RefusedData(address, f"answered more than the {limits.octets:,} octets that are read", "Ask for less")
    if response.length:  # what Content-Length promised and did not come
        raise RefusedData(address, "ended its answer too early", _LATER)
    return bytes(content)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")
