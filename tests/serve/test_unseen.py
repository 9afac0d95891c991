"""Requests that the HTTP server refuses before the application sees them: a problem document and a line, as of every other."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no annotations
import pytest

from csto_graph.serve.unseen import refused
from tests.release.stores import publish_members
from tests.serve.raw import PATIENCE, Target, serving

pytestmark = pytest.mark.slow
SERVERS = ["gunicorn", "waitress"] if psutil.POSIX else ["waitress"]
REQUESTS = {
    "no request": (b"GARBAGE\r\n\r\n", 400),
    "a field without a colon": (b"GET / HTTP/1.1\r\nHost: x\r\nBad Field\r\n\r\n", 400),
    "two ends": (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    "a coding that nobody has": (b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: x, chunked\r\n\r\n0\r\n\r\n", 501),
}


@pytest.fixture(scope="module", params=SERVERS)
def target(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """Each of the servers."""
    folder = tmp_path_factory.mktemp(request.param)
    publish_members(folder / "home")
    with serving(folder / "home", folder / "log", "--server", request.param) as served:
        yield served


@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_that_is_none_has_an_id(target: Target, name: str) -> None:
    """In the header, in the document and in the log; and nothing is said of what answers."""
    sent, status = REQUESTS[name]
    raw = target.send(sent)
    head, _, body = raw.content.partition(b"\r\n\r\n")
    fields = dict(line.split(": ", 1) for line in head.decode().lower().split("\r\n")[1:])
    problem = json.loads(body)
    assert (raw.status, problem["status"], fields["content-type"]) == (status, status, "application/problem+json")
    assert problem["instance"] == f"urn:uuid:{fields['x-request-id']}" and problem["detail"].endswith(".")
    assert not any(word in raw.content.lower() for word in (b"gunicorn", b"waitress", b"generated"))
    line = _line(target.log, fields["x-request-id"])
    assert (line["status"], line["outcome"], line["client"], line["bytes"]) == (status, "refused", "127.0.0.1", len(body))
    assert target.answers()


def _line(log: Path, known: str) -> dict[str, object]:
    """That of the request with this id, which may be written after its answer has left."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for line in log.read_text().splitlines():
            if line.endswith("}") and known in line:
                return dict(json.loads(line))
        time.sleep(0.1)
    pytest.fail(log.read_text())


def test_a_fault_of_ours_is_told_apart(caplog: pytest.LogCaptureFixture) -> None:
    """It failed, and was not refused."""
    with caplog.at_level("INFO", "csto_graph.requests"):
        refused(HTTPStatus.INTERNAL_SERVER_ERROR, "It failed.", "x")
    assert caplog.records[0].fields["outcome"] == "failed"  # type: ignore[attr-defined]  # given with `extra`
