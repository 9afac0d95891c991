"""The application on a port of this machine: by gunicorn, or by waitress where gunicorn cannot run."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from csto_graph.errors import WrongCall

if TYPE_CHECKING:
    from flask import Flask

SERVERS: Final = ("gunicorn", "waitress")
USUAL: Final = "waitress" if os.name == "nt" else "gunicorn"
_STACK: Final = 64 * 2**20  # bytes for each thread: what `admission` lets through must not overflow the engine's recursion
_BACKLOG: Final = 1024  # connections that wait to be accepted


@dataclass(frozen=True, slots=True)
class Service:
    """An application, and what opens and closes what it answers from, both called in the process that answers."""

    app: Flask
    start: Callable[[], None]
    stop: Callable[[], None]
    longest: float = 60.0  # seconds that an answer may take


def run(service: Service, host: str, port: int, *, announce: Callable[[str], None], server: str = USUAL) -> None:
    """Answers until interrupted. `announce` is called with the address once connections are accepted.

    Port 0 takes any free port. Raises WrongCall when the address cannot be had.
    """
    listening = _bound(host, port)
    address = _address(host, listening.getsockname()[1])
    threading.stack_size(_STACK)
    if server == "gunicorn":
        from csto_graph.serve.by_gunicorn import run_gunicorn  # which Windows does not have

        run_gunicorn(service, listening, lambda: announce(address))
    else:
        from csto_graph.serve.by_waitress import run_waitress

        run_waitress(service, listening, lambda: announce(address))


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_BACKLOG)
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
