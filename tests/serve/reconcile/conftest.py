"""A service over the small release."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from csto_graph.backend.embedded import Embedded
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings
from tests.serve.reconcile.release import lay

SETTINGS = Settings(batch=50, client_seconds=1e6, client_at_once=64)


@pytest.fixture(scope="package")
def matching(tmp_path_factory: pytest.TempPathFactory, queries: Path) -> Iterator[Flask]:
    home = tmp_path_factory.mktemp("home")
    lay(home, tmp_path_factory.mktemp("stores") / "1")
    backend = Embedded(home, readers=1)
    yield create_app(backend, queries, SETTINGS)
    backend.close()


@pytest.fixture
def client(matching: Flask) -> FlaskClient:
    return matching.test_client()
