"""What scripts of other sites may do."""

from __future__ import annotations

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from csto_graph.serve.crossing import crossing

ORIGIN = {"Origin": "https://example.org"}


@pytest.mark.parametrize("path", ["/", "/health", "/releases", "/sparql", "/sparql?query=ASK{}", "/sparql?query=nonsense", "/nowhere"])
def test_reading(client: FlaskClient, path: str) -> None:
    """Open to anyone, refusals too, with the fields that tell what it is."""
    headers = client.get(path, headers=ORIGIN).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    exposed = {name.strip() for name in headers["Access-Control-Expose-Headers"].split(",")}
    assert {"ETag", "Last-Modified", "Memento-Datetime", "Link", "Retry-After", "Content-Length", "Allow"} <= exposed
    assert "Access-Control-Allow-Credentials" not in headers


@pytest.mark.parametrize(
    ("path", "methods"), [("/sparql", "GET, HEAD, POST"), ("/sparql/", "GET, HEAD, POST"), ("/", "GET, HEAD"), ("/releases", "GET, HEAD")]
)
def test_what_a_script_may_send(client: FlaskClient, path: str, methods: str) -> None:
    """OPTIONS says it before, and what is offered at all."""
    response = client.options(path, headers=ORIGIN | {"Access-Control-Request-Method": "GET"})
    assert response.status_code == 200 and response.data == b""
    assert response.headers["Access-Control-Allow-Methods"] == methods
    assert set(methods.split(", ")) | {"OPTIONS"} == set(response.headers["Allow"].split(", "))
    assert {"Accept-Datetime", "Content-Type", "If-None-Match"} <= set(response.headers["Access-Control-Allow-Headers"].split(", "))
    assert int(response.headers["Access-Control-Max-Age"]) > 0


def test_writing_is_not_open() -> None:
    """A method that changes something gives no script leave, nor does its OPTIONS."""
    writing = Flask(__name__)
    writing.add_url_rule("/update", "update", lambda: "", methods=["POST"])
    writing.add_url_rule("/graphs", "graphs", lambda: "", methods=["GET", "PUT", "POST", "DELETE"])
    writing.after_request(shared)
    client = writing.test_client()
    assert not any(name.startswith("Access-Control") for name, _ in client.options("/update").headers)
    assert client.options("/graphs").headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "Authorization" not in client.options("/graphs").headers["Access-Control-Allow-Headers"]
    for path, method, open_ in (("/update", "POST", False), ("/graphs", "PUT", False), ("/graphs", "POST", False), ("/graphs", "GET", True)):
        assert ("Access-Control-Allow-Origin" in client.open(path, method=method).headers) is open_


def shared(response: Response) -> Response:
    response.headers.extend(crossing(response))
    return response


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/sparql"), ("PUT", "/"), ("POST", "/health")])
def test_a_method_that_is_not_offered(client: FlaskClient, method: str, path: str) -> None:
    """405 with what is."""
    response = client.open(path, method=method)
    assert response.status_code == 405 and "GET" in response.headers["Allow"]
