"""A service over the two releases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from csto_graph.backend.embedded import Embedded
from csto_graph.serve.app import create_app
from tests.serve.ontology.home import lay


@pytest.fixture(scope="session")
def vocabulary(tmp_path_factory: pytest.TempPathFactory, queries: Path) -> Iterator[FlaskClient]:
    """A client of it."""
    embedded = Embedded(lay(tmp_path_factory.mktemp("vocabulary")), readers=1)
    yield create_app(embedded, queries).test_client()
    embedded.close()
