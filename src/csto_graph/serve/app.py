"""The Flask application over one release."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, Response, g, request
from jinja2 import StrictUndefined
from werkzeug.exceptions import BadHost
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import Map

from csto_graph.backend.interface import Backend, Rejected
from csto_graph.errors import WrongCall
from csto_graph.namespaces import curie
from csto_graph.serve import asking, graph_store, health, metrics, protocol, releases, start
from csto_graph.serve.about import examples, well_known
from csto_graph.serve.addresses import standing_at
from csto_graph.serve.api import calls, describing
from csto_graph.serve.catalogue import Edition, open_catalogue, serve_from
from csto_graph.serve.changes import rejected
from csto_graph.serve.crossing import crossing
from csto_graph.serve.dumps import routes as dumps
from csto_graph.serve.editions import names_release
from csto_graph.serve.front import Front
from csto_graph.serve.journal import Journal
from csto_graph.serve.memento import say_edition
from csto_graph.serve.ontology import routes as ontology
from csto_graph.serve.pages import leads_to
from csto_graph.serve.problems import Problem, register_problems
from csto_graph.serve.reconcile import routes as reconcile
from csto_graph.serve.reconcile.previewing import FRAMED
from csto_graph.serve.settings import Settings
from csto_graph.serve.things import data, dereferencing, page
from csto_graph.serve.things.statements import anchor

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# Those that have a blueprint: every address of the service. A line each, so that two who add one do not meet.
MODULES: Final = (
    start,
    asking,
    calls,
    describing,
    protocol,
    graph_store,
    health,
    metrics,
    releases,
    reconcile,
    well_known,
    dumps,
    examples,
    dereferencing,
    data,
    page,
    ontology,
)
_TEMPLATES: Final = (
    "base.html",
    "start.html",
    "answer.html",
    "problem.html",
    "form.html",
    "releases.html",
    "dumps.html",
    "api.html",
    "reconcile/preview.html",
    "reconcile/features.html",
    "about.html",
    "examples.html",
    "thing.html",
    "told.html",
    "graph.html",
    "ontology.html",
    "terms.html",
    "lexicon.html",
    "shapes.html",
    "ontology.css",
    "style.css",
)
_POLICY: Final = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
_PAGE_POLICY: Final = f"{_POLICY}; style-src 'unsafe-inline'; img-src data:; form-action 'self'"
_VARIES: Final = "Accept, Accept-Encoding"
_VARIES_BY_TIME: Final = f"{_VARIES}, Accept-Datetime"
_UNFRAMED: Final = ("X-Frame-Options", "DENY")  # for browsers that know no frame-ancestors
_SECURITY: Final = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),  # addresses hold queries
    ("Cross-Origin-Resource-Policy", "cross-origin"),  # anyone may read, see CORS
)


def create_app(backend: Backend, queries: Path, settings: Settings = Settings()) -> Flask:  # noqa: B008  # frozen
    """Serves the releases of a back-end and the questions of `queries/competency`.

    Raises RefusedData for a query file that asks no question and WrongCall for an installation that lacks its pages.
    """
    app = Flask(__name__)
    _require_templates(Path(app.root_path) / "templates")
    app.config["MAX_CONTENT_LENGTH"] = settings.body
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals["curie"] = curie
    app.jinja_env.globals["leads_to"] = leads_to
    app.jinja_env.filters["anchor"] = anchor
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    catalogue = open_catalogue(backend, queries, settings)
    serve_from(app.extensions, catalogue)
    counters = metrics.Metrics(backend)
    counters.watch(lambda: metrics.cache_metrics(catalogue.cache))
    metrics.count_requests(app, counters)
    for module in MODULES:
        app.register_blueprint(module.blueprint)
    register_problems(app)
    app.register_error_handler(Rejected, rejected)
    app.before_request(_refuse_bad_hosts)
    app.before_request(_refuse_packed_bodies)
    app.after_request(_with_common_headers)
    front = Front(_secured(app.wsgi_app), backend, catalogue.cache)
    wrapped = _told_by_proxies(standing_at(Journal(front, counters.observe), settings.base), settings.proxies)
    app.wsgi_app = wrapped  # type: ignore[method-assign, assignment]  # Flask's own way
    return app


def routes() -> Map:
    """Every address of the service, without one that is served."""
    app = Flask(__name__, static_folder=None)
    for module in MODULES:
        app.register_blueprint(module.blueprint)
    return app.url_map


def _secured(application: WSGIApplication) -> WSGIApplication:
    """Adds what every answer has: here, where a header costs no look at the others."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, *_SECURITY, *(() if FRAMED in environ else (_UNFRAMED,))], *rest)

        return application(environ, start)

    return answer


def _told_by_proxies(application: WSGIApplication, proxies: int) -> WSGIApplication:
    """Believes that many X-Forwarded-… of those in front of the service, and none otherwise: anyone can send them."""
    return ProxyFix(application, x_for=proxies, x_proto=proxies, x_host=proxies) if proxies else application


def _require_templates(folder: Path) -> None:
    for name in _TEMPLATES:
        if not (folder / name).is_file():
            raise WrongCall(folder / name, "the installation lacks this page", "Reinstall csto-graph")


def _refuse_bad_hosts() -> None:
    """400 for a Host that names none (RFC 9112, section 3.2): every link of the answer would lead nowhere."""
    if not request.host:
        raise BadHost


def _refuse_packed_bodies() -> None:
    """A kilobyte may unpack to gigabytes: 415, which says what is taken instead (RFC 9110, section 15.5.16)."""
    packed = request.headers.get("Content-Encoding", "identity").strip().lower()
    if packed not in {"", "identity"}:
        raise Problem(415, "A body with Content-Encoding is not read. Send it as it is.", fields={"Accept-Encoding": "identity"})


def _with_common_headers(response: Response) -> Response:
    """A cache keeps one copy for each way to ask; a good answer says of which release it is."""
    edition: Edition | None = g.get("edition")
    vary = _VARIES_BY_TIME if g.get("negotiates") and not names_release() else _VARIES
    policy = _PAGE_POLICY if response.mimetype == "text/html" else _POLICY
    if g.get("framed"):
        policy = policy.replace("frame-ancestors 'none'", "frame-ancestors *")
    if edition is not None and response.status_code in (200, 304):
        say_edition(response, edition)
    notes = (note.encode("unicode_escape").decode("ascii") for note in g.get("notes", ()))  # RFC 9110, section 5.5
    common = [("Vary", vary), ("Content-Security-Policy", policy), *crossing(response), *(("Query-Note", note) for note in notes)]
    response.headers.extend(common)
    return response
