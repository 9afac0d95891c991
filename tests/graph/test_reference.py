"""What is known before any text is read, as RDF."""

from __future__ import annotations

from csto_graph.graph import reference_quads
from csto_graph.model import Name, NameKind, Thing

UNION = Thing("https://w3id.org/csto-graph/id/organisation/african-union", "African Union", "Organisation")


def test_a_weak_name_is_there_for_search_and_not_for_show() -> None:
    """A strong name is an alternative label, a weak one a hidden label; the label is not repeated, and a demonym is no name."""
    kinds = {"African Union": NameKind.STRONG, "Union of Africa": NameKind.STRONG, "AU": NameKind.WEAK, "Africans": NameKind.DEMONYM}
    names = [Name(form, UNION.iri, UNION.label, UNION.type, kind) for form, kind in kinds.items()]
    found = {(quad.predicate.value.rpartition("#")[2], quad.object.value) for quad in reference_quads([UNION], names, [])}
    assert {pair for pair in found if pair[0] != "type"} == {
        ("label", "African Union"),
        ("altLabel", "Union of Africa"),
        ("hiddenLabel", "AU"),
    }
