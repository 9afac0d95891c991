"""One request for what is at an address: status, redirect and octets, within a time and up to a length."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import Request, build_opener

from csto_graph import __version__
from csto_graph.link.external.asking import Limits, Staying
from csto_graph.namespaces import BASE

_PIECE: Final = 65_536
# Data where it can be had, as only data says that two items were merged; a page shows at least that something is there.
_ACCEPT: Final = "text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8, text/html;q=0.3, */*;q=0.1"


class Unanswered(Exception):
    """Nothing is known of what was asked: why, as the end of a sentence that begins with the address."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What an address answered; `location` is whole, and empty where it leads nowhere else."""

    address: str
    status: int
    kind: str  # media type
    location: str
    content: bytes


def fetch(address: str, limits: Limits) -> Reply:
    """The answer to GET, with redirects and refusals as they are. Raises `Unanswered`."""
    if urlsplit(address).scheme not in ("http", "https"):
        raise Unanswered("is no address of the web")
    replies: SimpleQueue[Reply | Unanswered] = SimpleQueue()
    # Timeouts of sockets are for one read each: only who waits outside sees that the whole is late. The thread ends by its own
    # timeout, or with us.
    Thread(target=_answer, args=(address, limits, replies), daemon=True).start()
    try:
        reply = replies.get(timeout=limits.seconds)
    except Empty:
        raise Unanswered(f"did not answer within {limits.seconds:g} s") from None
    if isinstance(reply, Unanswered):
        raise reply
    return reply


def _answer(address: str, limits: Limits, replies: SimpleQueue[Reply | Unanswered]) -> None:
    headers = {"Accept": _ACCEPT, "Accept-Encoding": "gzip", "User-Agent": f"csto-graph/{__version__} ({BASE})"}
    try:
        with build_opener(Staying).open(Request(_ascii(address), headers=headers), timeout=2 * limits.seconds) as response:
            replies.put(_reply(address, response.status, response.headers, _content(response, limits)))
    except HTTPError as error:
        with error:
            replies.put(_reply(address, error.code, error.headers, b""))
    except Unanswered as unanswered:
        replies.put(unanswered)
    except zlib.error as error:
        replies.put(Unanswered(f"answered with what cannot be unpacked ({error})"))
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        replies.put(Unanswered(f"cannot be asked ({type(error).__name__}: {reason})"))


def _reply(address: str, status: int, headers: Message, content: bytes) -> Reply:
    location = headers.get("Location", "") if 300 <= status < 400 else ""
    return Reply(address, status, headers.get_content_type(), urljoin(address, location) if location else "", content)


def _content(response: Any, limits: Limits) -> bytes:
    """The octets, unpacked: data on a state is megabytes, and a tenth of that as it is sent."""
    gzip, content = _unpacking(response.headers.get("Content-Encoding", "identity")), bytearray()
    while piece := response.read1(_PIECE):
        content += gzip.decompress(piece, limits.octets + 1 - len(content)) if gzip else piece
        if len(content) > limits.octets:
            raise Unanswered(f"answered more than the {limits.octets:,} octets that are read")
    if response.length or (gzip and not gzip.eof):  # what Content-Length promised and did not come
        raise Unanswered("ended its answer too early")
    return bytes(content)


def _unpacking(encoding: str) -> Any:
    if encoding not in ("identity", "gzip"):
        raise Unanswered(f"packed its answer as {encoding}, which was not asked for")
    return zlib.decompressobj(wbits=31) if encoding == "gzip" else None  # 31: with the head of gzip


def _ascii(address: str) -> str:
    """IRIs may hold other letters; requests do not (RFC 3987, section 3.1)."""
    return quote(address, safe="%/:=&?~#+!$,;'@()*[]")
