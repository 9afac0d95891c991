"""The gunicorn worker whose connections lose patience, and which answers bad requests with a problem document."""

from __future__ import annotations

import errno
import signal
import socket
from collections import deque
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final

import gunicorn.http.errors as bad  # type: ignore[import-untyped]  # it ships no annotations
from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]
from werkzeug.exceptions import BadRequest

from csto_graph.serve.connections import TimedSocket
from csto_graph.serve.unseen import refused

_AT_ONCE: Final = 0.02  # seconds
_ASKS_ON: Final = 0.005  # seconds that a thread waits whether the client it has answered asks again
_PASSING: Final = (errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED)
_OURS: Final = (bad.ConfigurationProblem, bad.InvalidResponseHeader, bad.InvalidResponseHeaderName)  # not the client's fault
_REFUSALS: Final[tuple[tuple[type[Exception], HTTPStatus, str], ...]] = (
    (bad.LimitRequestLine, HTTPStatus.REQUEST_URI_TOO_LONG, "The request line is too long. Send the query by POST."),
    (bad.LimitRequestHeaders, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "There are too many header fields, or too long ones."),
    (bad.ExpectationFailed, HTTPStatus.EXPECTATION_FAILED, "Of the header Expect only 100-continue is understood."),
    (bad.UnsupportedTransferCoding, HTTPStatus.NOT_IMPLEMENTED, "Of transfer codings only chunked is understood."),
    (bad.ParseException, HTTPStatus.BAD_REQUEST, "The request is not HTTP/1.1 (RFC 9112)."),
)


class Connection(TConn):  # type: ignore[misc]
    """A client's connection. It is closed in a thread: a client that does not go must not hold up the others."""

    def __init__(self, worker: Worker, accepted: socket.socket, client: Any, listener: Any) -> None:
        super().__init__(worker.cfg, TimedSocket(accepted), client, listener)
        self._worker = worker

    def wait_for_data(self, timeout: float) -> bool:
        """Whether a client sends at once; one that does not waits in the poller and holds no thread."""
        return bool(super().wait_for_data(min(timeout, _AT_ONCE)))

    def asks_on(self) -> bool:
        """Whether the next request is there already, or comes at once."""
        return bool(self.parser.unreader.buf.getvalue()) or self.sock.is_readable(_ASKS_ON)

    def init(self) -> None:
        """Before each request."""
        super().init()
        self.sock.begin()

    def close(self, graceful: bool = False) -> None:
        """At once, or once the client has read what was sent."""
        try:
            if graceful:
                self._worker.tpool.submit(self.sock.linger)
                return
        except RuntimeError:
            pass  # no thread is to be had any more: the worker ends
        self.sock.close()


class Worker(ThreadWorker):  # type: ignore[misc]
    """See gunicorn.workers.gthread."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._waiting: deque[Connection] = deque()  # for a thread

    def init_signals(self) -> None:
        """Ctrl-C is for the arbiter, which lets answers end."""
        super().init_signals()
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def enqueue_req(self, conn: Connection) -> None:
        """Has the connection answered by the next free thread."""
        self._waiting.append(conn)
        super().enqueue_req(conn)

    def handle(self, conn: Connection) -> Any:
        """Answers a request, and those that follow at once: a way to the poller and back takes as long as an answer.

        Nobody waits for the thread meanwhile.
        """
        self._waiting.popleft()
        kept = super().handle(conn)
        while kept is True and self.alive and not self._waiting and conn.asks_on():
            kept = super().handle(conn)
        return kept

    def accept(self, listener: Any) -> None:
        """Takes a connection."""
        try:
            accepted, client = listener.accept()
        except OSError as error:
            if error.errno not in _PASSING:
                raise
            return
        self.nr_conns += 1
        self.enqueue_req(Connection(self, accepted, client, listener.getsockname()))

    def handle_request(self, req: Any, conn: Connection) -> Any:
        """Answers a request whose head was read."""
        conn.sock.in_body = True
        req.body.reader = _Body(req.body.reader)
        try:
            return super().handle_request(req, conn)
        finally:
            conn.sock.in_body = False

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Says what was wrong with a request that the application never saw (RFC 9457)."""
        status, detail = _reason(exc)
        if status is HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.exception("A request failed outside the application")
        with suppress(OSError):
            client.sendall(_problem(status, detail, addr))


class _Body:
    """What is read of a request's body. Chunks that are none are the client's fault, and not the application's."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def read(self, size: int) -> bytes:
        """The next bytes; raises the HTTP error 400."""
        try:
            read: bytes = self._reader.read(size)
        except bad.ParseException as error:
            raise BadRequest("The body is not in the chunks that Transfer-Encoding tells of (RFC 9112, section 7.1).") from error
        return read


def _reason(error: Exception) -> tuple[HTTPStatus, str]:
    for kind, status, detail in _REFUSALS:
        if isinstance(error, kind) and not isinstance(error, _OURS):
            return status, detail
    return HTTPStatus.INTERNAL_SERVER_ERROR, "The service failed to answer. The fault is not in the request."


def _problem(status: HTTPStatus, detail: str, addr: Any) -> bytes:
    fields, body = refused(status, detail, str(addr[0]) if isinstance(addr, tuple) and addr else "")
    head = "".join(f"{name}: {value}\r\n" for name, value in [*fields, ("Connection", "close")])
    return f"HTTP/1.1 {status.value} {status.phrase}\r\n{head}\r\n".encode() + body
