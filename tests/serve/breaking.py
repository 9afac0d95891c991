"""`python -m tests.serve.breaking`: an application that breaks off and one that sends much, on our HTTP server."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, Response

from csto_graph.serve.server import Service, run

app = Flask(__name__)
PIECE = b"x" * 100_000
LARGE = 500  # pieces


def _broken() -> Iterator[bytes]:
    yield PIECE
    raise RuntimeError("on purpose")


@app.get("/counted")
def counted() -> Response:
    """Its length is told, and not kept to."""
    return Response(_broken(), headers={"Content-Length": str(len(PIECE) * 2)})


@app.get("/chunked")
def chunked() -> Response:
    """Its length is not told."""
    return Response(_broken())


@app.get("/large")
def large() -> Response:
    """More than the buffers of a connection take."""
    return Response((PIECE for _ in range(LARGE)), headers={"Content-Length": str(LARGE * len(PIECE))})


@app.get("/small")
def small() -> str:
    """As quick as can be."""
    return "small"


if __name__ == "__main__":
    run(Service(app, lambda: None, lambda: None), "127.0.0.1", 0, announce=lambda address: print(address, flush=True))  # noqa: T201
