"""The application on a port of this machine, by waitress."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import Final

import waitress  # type: ignore[import-untyped]  # it ships no annotations
from flask import Flask

from csto_graph.errors import WrongCall

_THREADS: Final = 4
_STACK: Final = 64 * 2**20  # bytes for each thread: what `admission` lets through must not overflow the engine's recursion
_MOST_BUFFERED: Final = 64 * 2**20  # a body up to this size is read to its end, so that the client gets to see the refusal


def run(app: Flask, host: str, port: int, *, announce: Callable[[str], None]) -> None:
    """Answers until interrupted. `announce` is called with the address once connections are accepted.

    Port 0 takes any free port. Raises WrongCall when the address cannot be had.
    """
    listening = _bound(host, port)
    threading.stack_size(_STACK)
    with listening:
        # Without `ident` no answer names the server's software. Whether to believe X-Forwarded-… the application decides.
        limits = {"threads": _THREADS, "max_request_body_size": _MOST_BUFFERED}
        server = waitress.create_server(app, sockets=[listening], ident="", clear_untrusted_proxy_headers=False, **limits)
        announce(_address(host, listening.getsockname()[1]))
        server.run()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()
    except (OSError, OverflowError) as error:
        listening.close()
        remedy = f"Choose another with --port, such as {_neighbour(port)}"
        raise WrongCall(f"port {port} of {host}", _reason(error), remedy) from error
    return listening


def _reason(error: OSError | OverflowError) -> str:
    return (error.strerror or str(error)).lower() if isinstance(error, OSError) else "there is no such port"


def _neighbour(port: int) -> int:
    return port + 1 if 1024 <= port < 65_535 else 8000


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
