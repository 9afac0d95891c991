"""A service for the suites has no questions of its own."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder without any."""
    folder = tmp_path_factory.mktemp("questions")
    (folder / "competency").mkdir()
    return folder
