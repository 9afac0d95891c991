"""Answers that break off, and clients that do not read, on the HTTP server itself."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import IncompleteRead
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.serve.breaking import LARGE, PIECE

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="gunicorn does not run here")]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    command = [sys.executable, "-m", "tests.serve.breaking"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@pytest.mark.parametrize("path", ["/counted", "/chunked"])
def test_a_client_sees_an_answer_that_breaks_off(address: str, path: str) -> None:
    """Whether its length was told or it came in chunks: what came is not taken for the whole."""
    with pytest.raises(IncompleteRead) as caught, urlopen(f"{address}{path}", timeout=20) as response:
        response.read()
    assert len(caught.value.partial) <= len(PIECE)


def test_clients_that_do_not_read_hold_nobody_up(address: str) -> None:
    """Fifty of them, each with an answer larger than what the system holds back for it; one that reads gets it whole."""
    port = urlsplit(address).port
    with ExitStack() as stack:
        for _ in range(50):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            client.sendall(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
        for _ in range(5):
            with urlopen(f"{address}/small", timeout=20) as response:
                assert response.read() == b"small"
        with urlopen(f"{address}/large", timeout=60) as response:
            assert len(response.read()) == LARGE * len(PIECE)
