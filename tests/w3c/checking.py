"""Whether the answer to a query of the suites is the one that they expect."""

from __future__ import annotations

import re

import pytest

from tests.w3c.comparing import quads, result_set, same_graphs, same_solutions, same_table, solutions
from tests.w3c.services import Engine, Refused, Service
from tests.w3c.suite import Entry, content


def check(asked: Engine | Service, entry: Entry) -> None:
    """Fails where the answer is not the expected one."""
    text = content(entry.text).decode()
    if entry.result is not None:
        check_answer(asked, entry, ordered=re.search(r"(?i)order\s+by[^}]*$", text) is not None)
    elif "Negative" in entry.kind:
        with pytest.raises(Refused) as refused:
            asked.ask(entry, _suffix(text))
        assert refused.value.syntax, refused.value
    else:
        asked.ask(entry, _suffix(text))


def check_answer(asked: Engine | Service, entry: Entry, *, ordered: bool) -> None:
    """The answer is asked for in the format of the file it is held against."""
    assert entry.result is not None
    expected, suffix = content(entry.result), entry.result.rpartition(".")[2]
    if suffix == "csv":
        assert same_table(asked.ask(entry, suffix), expected, ordered=ordered)
    elif suffix != "ttl":
        assert same_solutions(solutions(asked.ask(entry, suffix), suffix), solutions(expected, suffix), ordered=ordered)
    elif table := result_set(quads(expected, suffix, entry.result)):
        assert same_solutions(solutions(asked.ask(entry, "srj"), "srj"), table, ordered=ordered)
    else:
        assert same_graphs(quads(asked.ask(entry, suffix), "nt", entry.text), quads(expected, suffix, entry.result))


def _suffix(text: str) -> str:
    return "ttl" if re.search("(?i)construct|describe", text) else "srj"
