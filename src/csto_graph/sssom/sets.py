"""What a file of mappings holds, and which words of SSSOM we use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from csto_graph import model
from csto_graph.namespaces import OWL, RDF, RDFS, SCHEMA, SEMAPV, SKOS, SSSOM, XSD

NO_TERM_FOUND: Final = str(SSSOM.NoTermFound)

# Prefixes that need no declaration, and must not have another meaning (specification, section "IRI prefixes").
BUILT_IN: Final[Mapping[str, str]] = {
    "linkml": "https://w3id.org/linkml/",
    "owl": str(OWL),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "semapv": str(SEMAPV),
    "skos": str(SKOS),
    "sssom": str(SSSOM),
    "xsd": str(XSD),
}

# How a thing of ours may be linked: `docs/linking.md` says when which.
PREDICATES: Final = frozenset(
    str(iri)
    for iri in (
        OWL.sameAs, SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch, SCHEMA.sameAs,
        RDFS.seeAlso,
    )
)  # fmt: skip

# The values that the schema allows for `mapping_justification`.
JUSTIFICATIONS: Final = frozenset(
    str(SEMAPV[name])
    for name in (
        "BackgroundKnowledgeBasedMatching", "CompositeMatching", "InstanceBasedMatching", "LexicalMatching",
        "LexicalSimilarityThresholdMatching", "LogicalReasoning", "ManualMappingCuration", "MappingChaining",
        "MappingInversion", "MappingReview", "SemanticSimilarityThresholdMatching", "StructuralMatching", "UnspecifiedMatching",
    )
)  # fmt: skip

REQUIRED: Final = ("subject_id", "predicate_id", "object_id", "mapping_justification")

# The columns that a `model.Mapping` keeps, in the order of the schema.
COLUMNS: Final = (
    "subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id", "object_label", "mapping_justification",
    "author_id", "author_label", "object_source", "mapping_date", "confidence", "comment",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MappingSet:
    """One file: its name, its licence, its prefixes and its mappings, in which every CURIE is a whole IRI."""

    iri: str  # mapping_set_id
    licence: str  # the address of the licence
    prefixes: Mapping[str, str]  # curie_map
    mappings: tuple[model.Mapping, ...]
    title: str = ""
    description: str = ""
    places: tuple[str, ...] = ()  # file:line of each mapping, where they were read
