"""A client's connection on which nothing takes for ever: a client that sends or reads too slowly loses it."""

from __future__ import annotations

import errno
import os
import select
import socket
import time
from typing import Final

from werkzeug.exceptions import ClientDisconnected, RequestTimeout

SECONDS: Final = 30.0  # that a request may take to arrive and an answer to be taken,
RATE: Final = 16_384  # and one more for each so many bytes that have passed
_SILENCE: Final = 2.0  # seconds without a byte after which a client that was answered is not waited for
_MOST_DISCARDED: Final = 64 * 2**20  # bytes of a body nobody wants, read so that the client gets to see the refusal


class Patience:
    """The time that a transfer has left."""

    def __init__(self, seconds: float = SECONDS, rate: int = RATE) -> None:
        self._until = time.monotonic() + seconds
        self._rate = rate

    def left(self) -> float:
        """Seconds; negative when it is over."""
        return self._until - time.monotonic()

    def passed(self, count: int) -> None:
        """That many bytes have gone through."""
        self._until += count / self._rate


class TimedSocket(socket.socket):
    """A connected socket with patience for each request and each answer."""

    def __init__(self, accepted: socket.socket) -> None:
        super().__init__(fileno=accepted.detach())
        self.begin()

    def begin(self) -> None:
        """Another request begins."""
        self.in_body = False
        self._arriving = Patience()
        self._leaving: Patience | None = None

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """The next bytes. Of a body that stops short or comes too slowly, raises the HTTP error that says so.

        gunicorn would take the part of a body that came before the client left for the whole of it.
        """
        try:
            self._wait_no_longer_than(self._arriving)
            received = super().recv(size, flags)
        except TimeoutError:
            if self.in_body:
                raise RequestTimeout("The body did not arrive in time. Send it faster.") from None
            raise _gone() from None
        if not received and self.in_body:
            raise ClientDisconnected("The body ended before the length that Content-Length tells.")
        self._arriving.passed(len(received))
        return received

    def sendall(self, data: bytes, flags: int = 0, /) -> None:  # type: ignore[override]  # gunicorn sends bytes
        """Sends all; raises ConnectionResetError where the client does not take it."""
        self._leaving = self._leaving or Patience()
        try:
            for at in range(0, len(data), RATE):
                piece = data[at : at + RATE]
                self._wait_no_longer_than(self._leaving)
                super().sendall(piece, flags)
                self._leaving.passed(len(piece))
        except TimeoutError:
            raise _gone() from None

    def is_readable(self, seconds: float) -> bool:
        """Whether something, or the end, comes within that time."""
        waiting = select.poll()
        waiting.register(self, select.POLLIN)
        return bool(waiting.poll(seconds * 1000))

    def linger(self) -> None:
        """Closes once the client has read what was sent (RFC 9112, section 9.6)."""
        patience, discarded = Patience(), 0
        try:
            self.shutdown(socket.SHUT_WR)
            while discarded < _MOST_DISCARDED and patience.left() > 0:
                self.settimeout(_SILENCE)
                received = len(super().recv(65_536))
                if not received:
                    break
                discarded += received
                patience.passed(received)
        except OSError:
            pass  # it has gone
        finally:
            self.close()

    def _wait_no_longer_than(self, patience: Patience) -> None:
        left = patience.left()
        if left <= 0:
            raise TimeoutError
        self.settimeout(left)


def _gone() -> ConnectionResetError:
    return ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))
