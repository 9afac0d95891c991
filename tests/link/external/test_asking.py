"""Whatever an address answers, the refusal names it and says what was wrong; nothing is followed, and nothing waits for ever."""

from __future__ import annotations

import pytest

from csto_graph.errors import RefusedData, WrongCall
from csto_graph.link.external.asking import Limits, ask, ask_json
from tests.link.external.lying import JSON, Endpoints

SHORT = Limits(seconds=0.3, octets=1000)
LONG = Limits(octets=1000)


def test_what_was_asked_for_is_given(endpoints: Endpoints) -> None:
    """An answer of the media type that was asked for is read whole."""
    assert ask_json(endpoints.give("/good", {"a": 1}), JSON, LONG) == {"a": 1}


@pytest.mark.parametrize(
    ("path", "answer", "kind", "status", "said"),
    [
        ("/elsewhere-it-is", b"", JSON, 302, "names another address"),
        ("/fails", b"secret", JSON, 500, "answered 500"),
        ("/page", b"<html>", "text/html", 200, "answered as text/html, not as application/json"),
        ("/large", b" " * 1001, JSON, 200, "more than the 1,000 octets"),
        ("/cut", b"{}", JSON, 200, "ended its answer too early"),
        ("/nonsense", b"{", JSON, 200, "no JSON"),
        ("/latin", b'{"a": "\xe9"}', JSON, 200, "no JSON"),
        ("/nan", b'{"a": NaN}', JSON, 200, "no JSON (NaN is no number of JSON)"),
        ("/deep", b"[" * 900 + b"]" * 90, JSON, 200, "no JSON"),
    ],
)  # fmt: skip
def test_a_lie_is_named(endpoints: Endpoints, path: str, answer: bytes, kind: str, status: int, said: str) -> None:
    """The refusal has the address and what was wrong with the answer."""
    address = endpoints.give(path, answer, kind, status)
    with pytest.raises(RefusedData) as refusal:
        ask_json(address, JSON, LONG)
    assert refusal.value.place == address
    assert said in refusal.value.problem
    assert "secret" not in str(refusal.value)


def test_a_redirect_is_not_followed(endpoints: Endpoints) -> None:
    """Whoever named one address did not name the other: it is said, and not asked."""
    endpoints.give("/elsewhere", {})
    before = len(endpoints.asked)
    with pytest.raises(RefusedData, match=r"/elsewhere', which is not asked"):
        ask(endpoints.give("/moved", b"", JSON, 301), JSON, LONG, b"{}", JSON)
    assert [path for path, _ in endpoints.asked[before:]] == ["/moved"]


def test_who_never_answers_is_not_waited_for(endpoints: Endpoints) -> None:
    """The time is that of the whole answer."""
    with pytest.raises(RefusedData, match=r"/hangs: did not answer within 0\.3 s"):
        ask(endpoints.hang("/hangs"), JSON, SHORT)


def test_nobody_listens() -> None:
    """A port at which nobody is."""
    with pytest.raises(RefusedData, match=r"127\.0\.0\.1:1/x: cannot be asked"):
        ask("http://127.0.0.1:1/x", JSON, LONG)


@pytest.mark.parametrize("address", ["ftp://a/b", "file:///etc/passwd", "http://", "http://a:b/", "http://a b/", "http://a:99999/", "x"])
def test_what_is_no_address_is_not_asked(address: str) -> None:
    """Files and other protocols are never opened."""
    with pytest.raises(WrongCall, match="is no address of an endpoint"):
        ask(address, JSON, LONG)
