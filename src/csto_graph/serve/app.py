"""The Flask application over one release."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Flask, Response
from jinja2 import StrictUndefined

from csto_graph.backend.interface import Backend, Limits
from csto_graph.errors import WrongCall
from csto_graph.namespaces import curie
from csto_graph.serve import health, protocol, start
from csto_graph.serve.catalogue import open_catalogue, serve_from
from csto_graph.serve.problems import register_problems

LONGEST_BODY: Final = 1_000_000  # bytes of a request
_TEMPLATES: Final = ("base.html", "start.html", "answer.html", "problem.html", "form.html", "style.css")
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def create_app(backend: Backend, queries: Path, limits: Limits = Limits()) -> Flask:  # noqa: B008  # frozen
    """Serves the releases of a back-end and the questions of `queries/competency`.

    Raises RefusedData for a query file that asks no question and WrongCall for an installation that lacks its pages.
    """
    app = Flask(__name__)
    _require_templates(Path(app.root_path) / "templates")
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals["curie"] = curie
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    serve_from(app.extensions, open_catalogue(backend, queries, limits))
    for module in (start, protocol, health):
        app.register_blueprint(module.blueprint)
    register_problems(app)
    app.after_request(_with_common_headers)
    return app


def _require_templates(folder: Path) -> None:
    for name in _TEMPLATES:
        if not (folder / name).is_file():
            raise WrongCall(folder / name, "the installation lacks this page", "Reinstall csto-graph")


def _with_common_headers(response: Response) -> Response:
    """Anyone's script may read (Fetch Standard, CORS); a cache keeps one copy for each Accept."""
    response.vary.add("Accept")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Allow, Retry-After"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if response.mimetype == "text/html":
        response.headers["Content-Security-Policy"] = _POLICY
    return response
