"""What the tests of links to other data sets share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.link.external.lying import Endpoints, serving


@pytest.fixture(scope="module")
def endpoints() -> Iterator[Endpoints]:
    """A server whose paths answer as a test says."""
    with serving() as found:
        yield found
