"""When a long query gives way to others."""

from __future__ import annotations

import time
from typing import cast

import pytest

from csto_graph.backend.child import Child
from csto_graph.backend.interface import Limits
from csto_graph.backend.readers import Reader


class Process:
    """A child that is told to step back."""

    niceness = 0

    def step_back(self, niceness: int) -> None:
        self.niceness = niceness

    def memory(self) -> int:
        return 0


def _looked_at(seconds: float, *, alone: bool) -> tuple[Reader, Process]:
    """A reader whose job was asked so long ago, after somebody looked at it."""
    process = Process()
    reader = Reader(cast(Child, process))
    reader._at_work = Limits(seconds=600), time.monotonic() - seconds
    reader.look(alone=alone)
    return reader, process


def test_a_long_query_beside_others_steps_back() -> None:
    """Its process goes behind the others, and is replaced when it is done."""
    reader, process = _looked_at(60, alone=False)
    assert reader.stepped_back and process.niceness > 0


@pytest.mark.parametrize(("seconds", "alone"), [(60, True), (0, False)], ids=["alone", "short"])
def test_a_query_that_is_alone_or_short_does_not(seconds: float, alone: bool) -> None:
    """A lone client keeps the reader, whose store is warm."""
    reader, process = _looked_at(seconds, alone=alone)
    assert not reader.stepped_back and process.niceness == 0
