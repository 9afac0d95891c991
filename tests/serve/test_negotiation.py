"""Which syntax a client gets."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from csto_graph.serve.negotiation import GRAPHS, SOLUTIONS, chosen_syntax
from csto_graph.serve.problems import Problem

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"


def accepted(header: str) -> MIMEAccept:
    return parse_accept_header(header, MIMEAccept)


@pytest.mark.parametrize(
    ("header", "solutions", "graphs"),
    [
        ("", "json", "turtle"),
        ("*/*", "json", "turtle"),
        (BROWSER, "html", "html"),
        ("application/json", "json", "jsonld"),
        ("application/xml", "xml", "rdfxml"),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.6, text/turtle, application/n-triples;q=0.9", "tsv", "turtle"),
        ("text/*;q=0.3, application/sparql-results+xml, application/rdf+xml", "xml", "rdfxml"),
        ("application/sparql-results+json;q=0, application/sparql-results+xml, application/ld+json", "xml", "jsonld"),
    ],
)
def test_the_header_decides(header: str, solutions: str, graphs: str) -> None:
    """The most welcome of what is offered is given, and the first of the offer to those who do not mind."""
    assert chosen_syntax(SOLUTIONS, accepted(header)).name == solutions
    assert chosen_syntax(GRAPHS, accepted(header)).name == graphs


@pytest.mark.parametrize(
    ("name", "media_type"), [("csv", "text/csv"), ("application/sparql-results+xml", "application/sparql-results+xml")]
)
def test_a_named_format_comes_before_the_header(name: str, media_type: str) -> None:
    """`format=` takes the short name or the media type."""
    assert chosen_syntax(SOLUTIONS, accepted(BROWSER), name).media_type == media_type


@pytest.mark.parametrize(
    ("header", "name"), [("image/png", None), ("text/turtle", None), ("*/*", "turtle"), ("*/*", "pdf"), ("*/*", "")]
)
def test_what_is_not_offered_is_refused_with_the_offer(header: str, name: str | None) -> None:
    """406 lists what can be had instead."""
    with pytest.raises(Problem) as caught:
        chosen_syntax(SOLUTIONS, accepted(header), name)
    assert caught.value.code == 406
    assert len(caught.value.members["offered"]) == 5  # type: ignore[arg-type]  # a list of names
    assert "csv" in str(caught.value.description)
