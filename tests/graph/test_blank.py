"""The blank nodes of the ontology get IRIs that are the same in every build."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from csto_graph import resources
from csto_graph.graph.blank import named
from csto_graph.namespaces import GENID
from csto_graph.turtle import read_turtle

CHAINS = "@prefix e: <x:> . e:p e:chain ( [ e:inverse e:q ] e:r ) . e:s e:chain ( [ e:inverse e:q ] e:t ) ."


def _named(turtle: str) -> set[ox.Triple]:
    return set(named(quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)))


def test_no_blank_node_is_left() -> None:
    """The ontology as the release has it holds none, and loses no triple but repeated ones."""
    triples = list(named(read_turtle(resources.root() / "ontology" / "csto.ttl")))
    assert not [term for t in triples for term in (t.subject, t.object) if isinstance(term, ox.BlankNode)]
    assert {t.predicate for t in triples} == {t.predicate for t in read_turtle(resources.root() / "ontology" / "csto.ttl")}


def test_the_labels_of_blank_nodes_do_not_matter() -> None:
    """Read again, with other labels, the same file gives the same IRIs."""
    shared = "@prefix e: <x:> . e:s e:chain ( _:q e:t ) . e:p e:chain ( _:q e:r ) . _:q e:inverse e:q ."
    assert _named(CHAINS) == _named(CHAINS) == _named(shared)


def test_lists_are_kept_apart() -> None:
    """Two chains that differ in one link are two lists; the inverse that both begin with is one node."""
    heads = [t.object for t in _named(CHAINS) if t.predicate.value == "x:chain"]
    assert len(set(heads)) == 2 and all(str(head.value).startswith(GENID) for head in heads if isinstance(head, ox.NamedNode))
    assert len({t.subject for t in _named(CHAINS) if t.predicate.value == "x:inverse"}) == 1


def test_a_circle_is_refused() -> None:
    """Two nodes that are described by one another have no end to be named by."""
    with pytest.raises(RecursionError):
        _named("_:a <x:p> _:b . _:b <x:p> _:a .")
