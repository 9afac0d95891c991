"""Wrong tokens: whoever guesses has to wait, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from csto_graph.backend.carrying import FREELY
from csto_graph.backend.embedded import Embedded
from csto_graph.release.blank import publish_blank
from csto_graph.serve import attempts
from csto_graph.serve.app import create_app
from csto_graph.serve.attempts import Attempts
from csto_graph.serve.problems import Problem
from csto_graph.serve.settings import Settings
from tests.serve.conftest import AUTHORISED, TOKEN

HERE, THERE = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}
UPDATE = {"data": "INSERT DATA { <x:s> <x:p> 1 }", "content_type": "application/sparql-update"}


@pytest.fixture
def guarded(tmp_path: Path, queries: Path) -> Iterator[FlaskClient]:
    """A client of a blank store that takes three wrong tokens."""
    embedded = Embedded(tmp_path, first=publish_blank(tmp_path), readers=1, writing=FREELY)
    yield create_app(embedded, queries, Settings(token=TOKEN, wrong_tokens=3, window=60, client_seconds=1e-9)).test_client()
    embedded.close()


def update(client: FlaskClient, token: str | None, place: dict[str, str]) -> tuple[int, str | None]:
    """Status and Retry-After."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    response = client.post("/update", headers=headers, environ_base=place, **UPDATE)  # type: ignore[arg-type]  # a table
    return response.status_code, response.headers.get("Retry-After")


def test_after_some_wrong_tokens_none_is_looked_at(guarded: FlaskClient) -> None:
    """429 even with the right one, as else guessing would go on; elsewhere it holds, and without a token it is a 401 as ever."""
    for _ in range(5):
        assert update(guarded, None, HERE)[0] == 401
    assert [update(guarded, f"{TOKEN}{n}", HERE)[0] for n in range(3)] == [401] * 3
    for token in (TOKEN, "other"):
        status, after = update(guarded, token, HERE)
        assert status == 429 and 1 <= int(after or 0) <= 60
    assert update(guarded, None, HERE)[0] == 401
    assert update(guarded, TOKEN, THERE)[0] == 200
    assert guarded.get("/sparql?query=ASK{}", environ_base=HERE).status_code == 200


def test_the_graph_store_counts_too(guarded: FlaskClient) -> None:
    """It is the same token."""
    for _ in range(3):
        assert guarded.delete("/graphs?default", headers={"Authorization": "Bearer x"}, environ_base=HERE).status_code == 401
    response = guarded.put("/graphs?default", data="", headers=AUTHORISED, environ_base=HERE)
    assert response.status_code == 429 and response.json is not None
    assert (response.json["limit"], response.json["allowed"]) == ("wrong tokens", 3)


def test_changes_count_against_the_limits_of_their_client(guarded: FlaskClient) -> None:
    """Their seconds as those of queries; who is over them is still told of the health."""
    assert update(guarded, TOKEN, HERE)[0] == 200
    status, after = update(guarded, TOKEN, HERE)
    assert status == 429 and after is not None
    assert guarded.get("/sparql?query=ASK{}", environ_base=HERE).status_code == 429
    for path in ("/health", "/health/live", "/metrics"):
        assert guarded.get(path, environ_base=HERE).status_code == 200
    assert update(guarded, TOKEN, THERE)[0] == 200


def test_the_window_slides(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retry-After is when a token is looked at again; a client without failures is forgotten, and of many the oldest."""
    now = [1_000.0]
    made = Attempts(Settings(wrong_tokens=2, window=60), clock=lambda: now[0])
    made.note_failure("a")
    now[0] += 20
    made.note_failure("a")
    with pytest.raises(Problem) as caught:
        made.require_patience("a")
    assert caught.value.fields["Retry-After"] == "40"
    now[0] += 40
    made.require_patience("a")
    now[0] += 20
    made.require_patience("a")
    assert not made._failed
    monkeypatch.setattr(attempts, "_MOST_CLIENTS", 2)
    for client in "abac":
        made.note_failure(client)
    assert list(made._failed) == ["a", "c"]
