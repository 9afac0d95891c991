"""A service over everything that a build makes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from csto_graph import pipeline, resources
from csto_graph.backend.embedded import Embedded
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings


@pytest.fixture(scope="session")
def whole(built: pipeline.BuildResult) -> Iterator[FlaskClient]:
    """A client of a service over everything."""
    backend = Embedded(built.release.folder.parents[1], readers=1)
    settings = Settings(seconds=60.0, client_seconds=1e6)
    yield create_app(backend, resources.root() / "queries", settings).test_client()
    backend.close()
