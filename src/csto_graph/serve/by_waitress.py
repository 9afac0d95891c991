"""The application served by waitress: one process, which reads requests and sends answers without holding a thread."""

from __future__ import annotations

import socket
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import waitress  # type: ignore[import-untyped]  # it ships no annotations
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser, ParsingError  # type: ignore[import-untyped]
from waitress.task import ErrorTask  # type: ignore[import-untyped]

from csto_graph.serve.unseen import refused

if TYPE_CHECKING:
    from csto_graph.serve.server import Service

_THREADS: Final = 16
_MOST_BUFFERED: Final = 64 * 2**20  # a body up to this size is read to its end, so that the client gets to see the refusal


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    """Refuses a request whose end two servers may see at different places (RFC 9112, section 6.3): one hides in the other."""

    def parse_header(self, header_plus: bytes) -> None:
        """Raises ParsingError, which is answered by 400 and closes the connection."""
        super().parse_header(header_plus)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Content-Length and Transfer-Encoding exclude one another")


class _Refusal(ErrorTask):  # type: ignore[misc]
    """A problem document, as by gunicorn, in place of a text that names the server."""

    def execute(self) -> None:
        """Answers a request that the application never saw."""
        status, said = HTTPStatus(self.request.error.code), str(self.request.error.body).rstrip(".")
        fields, body = refused(status, f"{said}." if said else status.phrase, str(self.channel.addr[0]))
        self.status = f"{status.value} {status.phrase}"
        self.response_headers.extend(fields)
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):  # type: ignore[misc]
    parser_class = _Parser
    error_task_class = _Refusal


def run_waitress(service: Service, listening: socket.socket, announce: Callable[[], None]) -> None:
    """Answers on the socket until interrupted."""
    limits = {"threads": _THREADS, "max_request_body_size": _MOST_BUFFERED}
    # No answer names the server's software. Whether to believe X-Forwarded-… the application decides.
    names = {"ident": "", "clear_untrusted_proxy_headers": False}
    with listening:
        service.start()
        try:
            server = waitress.create_server(service.app, sockets=[listening], **limits, **names)
            server.channel_class = _Channel
            announce()
            server.run()
        finally:
            service.stop()
