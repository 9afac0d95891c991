"""`python -m benchmarks.service.launch PORT service HOME | constant`: what is measured, on our own HTTP server."""

from __future__ import annotations

import sys
from pathlib import Path

from flask import Flask, Response

from csto_graph import resources
from csto_graph.backend.embedded import Embedded
from csto_graph.release.home import current
from csto_graph.serve.app import create_app
from csto_graph.serve.journal import write_lines
from csto_graph.serve.server import Service, run
from csto_graph.serve.settings import Settings

_UNBOUNDED = Settings(client_at_once=64, client_seconds=1e9)
_ANSWER = b'{"head":{"vars":["p","o"]},"results":{"bindings":[' + b",".join([b'{"p":{"type":"uri","value":"x:p"}}'] * 8) + b"]}}"


def main() -> None:
    """Until interrupted."""
    port, what, *rest = sys.argv[1:]
    write_lines("info")
    service = _service(Path(rest[0])) if what == "service" else _constant()
    run(service, "127.0.0.1", int(port), announce=print)


def _service(home: Path) -> Service:
    """Without the check of the release, which takes long for a large one."""
    backend = Embedded(home, first=current(home), start=False)
    return Service(create_app(backend, resources.root() / "queries", _UNBOUNDED), backend.start, backend.close)


def _constant() -> Service:
    app = Flask("constant")
    app.add_url_rule("/sparql", view_func=lambda: Response(_ANSWER, mimetype="application/sparql-results+json"))
    app.add_url_rule("/", "root", view_func=lambda: Response(b"here"))
    return Service(app, lambda: None, lambda: None)


if __name__ == "__main__":
    main()
