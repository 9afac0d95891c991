"""The application served by gunicorn: a process that answers, and one that watches over it.

One worker, as its threads share the cache, the limits and the readers. It is forked from a process that has opened
nothing: whatever has threads or processes of its own is started in the worker.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING, Any, Final

import gunicorn.http.message as reading  # type: ignore[import-untyped]  # it ships no annotations
import gunicorn.http.wsgi as writing  # type: ignore[import-untyped]
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]

from csto_graph.errors import WrongCall
from csto_graph.serve.worker import Worker

if TYPE_CHECKING:
    from csto_graph.serve.server import Service

LONGEST_LINE: Final = 256 * 1024  # bytes of a request's first line, where a query by GET stands; longer ones are posted
_TO_BE_TAKEN: Final = 15  # seconds that the last answers have to be read in when the server stops
_SETTINGS: Final = {
    "workers": 1,
    "threads": 100,  # most of them wait: for a reader, or for a slow client to send or take what is sent
    "worker_connections": 1_000,
    "timeout": 60,  # seconds after which a worker whose main thread does not move is replaced
    "keepalive": 15,  # seconds
    "limit_request_line": LONGEST_LINE,
    "limit_request_fields": 100,
    "limit_request_field_size": 16_384,
    "loglevel": "warning",
    "control_socket_disable": True,  # it would be a thread in the process that forks
    "forwarded_allow_ips": "",  # whether to believe X-Forwarded-… the application decides
}


class _Application(BaseApplication):  # type: ignore[misc]
    def __init__(self, service: Service, listening: socket.socket, announce: Callable[[], None]) -> None:
        self._service = service
        self._announce = announce
        self._bind = f"fd://{listening.detach()}"
        super().__init__()

    def load_config(self) -> None:
        """The settings, and what is done in a worker before its first request and after its last."""
        own = {"bind": self._bind, "worker_class": Worker, "post_worker_init": self._begin, "worker_exit": self._end}
        own |= {"graceful_timeout": ceil(self._service.longest) + _TO_BE_TAKEN}
        for name, value in (_SETTINGS | own).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, in the worker."""
        self._service.start()
        return self._service.app

    def run(self) -> None:
        """Until the arbiter ends. Raises SystemExit."""
        _Arbiter(self).run()

    def _begin(self, worker: Any) -> None:
        if worker.age == 1:
            self._announce()

    def _end(self, _: Arbiter, __: Any) -> None:
        """Ends the worker here: what it was forked with, the command line and the engine's own, is its parent's to unwind."""
        self._service.stop()
        ending = sys.exc_info()[1]
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ending.code if isinstance(ending, SystemExit) and isinstance(ending.code, int) else 0)


class _Arbiter(Arbiter):  # type: ignore[misc]
    """Ctrl-C lets answers end, as SIGTERM does; a second one does not. There is one worker and no second."""

    def setup(self, app: Any) -> None:
        """What gunicorn logs is written as everything else is."""
        super().setup(app)
        self.log.error_log.handlers.clear()
        self.log.error_log.propagate = True

    def handle_int(self) -> None:
        """SIGINT."""
        self.handle_term()

    def handle_ttin(self) -> None:
        """SIGTTIN, which asks for one worker more."""

    def handle_usr2(self) -> None:
        """SIGUSR2, which starts the program anew: without the socket it would find none."""


def run_gunicorn(service: Service, listening: socket.socket, announce: Callable[[], None]) -> None:
    """Answers on the socket until interrupted. Raises WrongCall where the worker cannot begin."""
    reading.MAX_REQUEST_LINE = LONGEST_LINE + 1  # a limit above this one would be lowered to it
    writing.SERVER = "csto-graph"  # the header Server would name gunicorn
    try:
        _Application(service, listening, announce).run()
    except SystemExit as ending:
        if ending.code:
            raise WrongCall("serve", "the process that answers could not start", "See above for the reason") from ending
