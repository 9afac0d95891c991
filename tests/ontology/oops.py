"""The pitfalls of OOPS! that a machine can decide, rewritten as checks: each yields what it finds, and nothing where all is well.

Source of every check: the catalogue of common pitfalls of OOPS! (OntOlogy Pitfall Scanner), https://oops.linkeddata.es/catalogue.jsp;
M. Poveda-Villalón, A. Gómez-Pérez, M. C. Suárez-Figueroa, "OOPS! (OntOlogy Pitfall Scanner!): An on-line tool for ontology
evaluation", IJSWIS 10(2), 2014. The docstrings give the title of the pitfall and what of it is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations, product
from typing import Final

from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, VANN, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SDO, DefinedNamespace
from rdflib.term import Node

from csto_graph.namespaces import CST, LEXICON, ONTOLOGY_IRI

Check = Callable[[Graph], Iterator[str]]

_HEADER: Final = URIRef(ONTOLOGY_IRI)
_OBJECT, _DATATYPE = (OWL.ObjectProperty,), (OWL.DatatypeProperty,)
_PROPERTIES: Final = (*_OBJECT, *_DATATYPE)
_AXIOMS: Final = (
    RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.disjointWith, OWL.equivalentClass,
    OWL.equivalentProperty, RDF.type, SDO.domainIncludes, SDO.rangeIncludes,
)  # fmt: skip
_BUILT_IN: Final = tuple(map(str, (OWL, RDF, RDFS, XSD)))
_IS: Final = {"is", "isa", "issubclassof", "issubtypeof", "isinstanceof", "istypeof", "issameas", "isequalto"}
_EXTENSION: Final = re.compile(r"\.(?:owl|rdf|ttl|n3|rdfxml|nt|jsonld)\b")

# Of other vocabularies: what exists there. Those that rdflib carries are asked of it; of the others, what their documents define:
# ELI http://data.europa.eu/eli/ontology, Web Annotation http://www.w3.org/ns/oa (W3C Recommendation 2017-02-23), SEM
# http://semanticweb.cs.vu.nl/2009/11/sem/, BIBO http://purl.org/ontology/bibo/, OntoLex http://www.w3.org/ns/lemon/ontolex.
_CARRIED: Final[tuple[type[DefinedNamespace], ...]] = (DCTERMS, FOAF, ORG, PROV, SKOS, SDO, VANN)
_DEFINED: Final = {
    "http://data.europa.eu/eli/ontology#LegalResource",
    "http://data.europa.eu/eli/ontology#LegalResourceSubdivision",
    "http://www.w3.org/ns/oa#SpecificResource",
    "http://semanticweb.cs.vu.nl/2009/11/sem/Event",
    "http://purl.org/ontology/bibo/status",
    "http://purl.org/ontology/bibo/status/draft",
    "http://www.w3.org/ns/lemon/ontolex#LexicalEntry",
}

# Acts are written as they are told, subject first: who joined what. A name for the way back (“was joined by”) would double the
# triples of the default graph and say nothing, as OWL 2 has the inverse of every property (Syntax, section 6.1.1) and SPARQL
# the path ^cst:joined. States of affairs that are asked from both ends (member, part, place, office) have a named inverse.
ACTS: Final = frozenset({
    "joined", "withdrewFrom", "suspendedFrom", "ratified", "observerIn", "signedIn", "replaced", "invoked", "intervenedIn",
    "withdrewForcesFrom", "deployed", "agreedToSend", "contributedTo", "mandated", "requestedAssistanceFrom", "establishedForce",
    "conductedExercise", "tookPlaceIn", "tookPartIn", "demanded", "opposes", "claims", "blamed",
})  # fmt: skip
# The nodes that stand for a relation of several (W3C Note "Defining N-ary Relations on the Semantic Web", pattern 1): their
# properties lead from the node to who and what it relates, and are asked from there.
_NODES: Final = tuple(CST[name] for name in ("Situation", "Statement", "Disagreement", "Intervention", "Invocation", "AssistanceRequest"))


def _local(term: Node) -> str:
    return re.split(r"[#/]", str(term))[-1]


def _own(graph: Graph, *types: URIRef) -> list[URIRef]:
    found = {term for type_ in types for term in graph.subjects(RDF.type, type_)}
    return sorted(term for term in found if isinstance(term, URIRef) and term.startswith(CST))


def _named(graph: Graph, type_: URIRef) -> list[URIRef]:
    return sorted(term for term in set(graph.subjects(RDF.type, type_)) if isinstance(term, URIRef))


def _terms(graph: Graph) -> list[URIRef]:
    return sorted(term for term in set(graph.subjects(RDF.type)) if isinstance(term, URIRef) and term.startswith(CST))


def _english(graph: Graph, term: Node, predicate: URIRef = RDFS.label) -> list[str]:
    return [str(o) for o in graph.objects(term, predicate) if isinstance(o, Literal) and o.language == "en"]


def _above(graph: Graph, term: Node) -> set[Node]:
    """The term and all its classes above."""
    return set(graph.transitive_objects(term, RDFS.subClassOf))


def _related(graph: Graph, first: Node, second: Node, *predicates: URIRef) -> bool:
    pairs = product(predicates, ((first, second), (second, first)))
    return any((a, predicate, b) in graph for predicate, (a, b) in pairs)


def p02(graph: Graph) -> Iterator[str]:
    """P02, Creating synonyms as classes: two classes of this namespace are said to be equivalent."""
    for first, second in graph.subject_objects(OWL.equivalentClass):
        if {first, second} <= set(_own(graph, OWL.Class)):
            yield f"{_local(first)} = {_local(second)}"


def p03(graph: Graph) -> Iterator[str]:
    """P03, Creating the relationship "is" instead of using rdfs:subClassOf, rdf:type or owl:sameAs: by name and label."""
    for term in _own(graph, *_PROPERTIES):
        names = (_local(term), *_english(graph, term))
        yield from (name for name in names if re.sub(r"[\W_]", "", name).lower() in _IS)


def p04(graph: Graph) -> Iterator[str]:
    """P04, Creating unconnected ontology elements: a class or property that no axiom joins to another element."""
    joined = {
        term for predicate in _AXIOMS for s, o in graph.subject_objects(predicate)
        for term in (s, o) if not str(o).startswith(_BUILT_IN[:3]) and s != o
    }  # fmt: skip
    yield from (_local(term) for term in _own(graph, OWL.Class, *_PROPERTIES) if term not in joined)


def p05(graph: Graph) -> Iterator[str]:
    """P05, Defining wrong inverse relationships: the domain of one is not the range of the other."""
    for first, second in graph.subject_objects(OWL.inverseOf):
        if isinstance(first, BNode):  # the inverse itself, in a chain
            continue
        for a, b in ((first, second), (second, first)):
            if set(graph.objects(a, RDFS.domain)) != set(graph.objects(b, RDFS.range)):
                yield f"{_local(a)} ⇄ {_local(b)}"


def p06(graph: Graph) -> Iterator[str]:
    """P06, Including cycles in a class hierarchy."""
    for term in _named(graph, OWL.Class):
        if any(term in _above(graph, above) for above in graph.objects(term, RDFS.subClassOf)):
            yield _local(term)


def p07(graph: Graph) -> Iterator[str]:
    """P07, Merging different concepts in the same class: the name joins two by “and” or “or”."""
    for term in _own(graph, OWL.Class):
        if re.search(r"[a-z](?:And|Or)[A-Z]", _local(term)) or any(re.search(r" (?:and|or) ", n) for n in _english(graph, term)):
            yield _local(term)


def p08(graph: Graph) -> Iterator[str]:
    """P08, Missing annotations: no label, or nothing that defines it."""
    for term in _terms(graph):
        if not _english(graph, term) or not _english(graph, term, SKOS.definition):
            yield _local(term)


def p10(graph: Graph) -> Iterator[str]:
    """P10, Missing disjointness: of the kinds of things that the design calls disjoint, two are not."""
    kinds = ("State", "FormerState", "Organisation", "Person", "Treaty", "Event", "Place")
    for first, second in combinations((CST[kind] for kind in kinds), 2):
        if not _related(graph, first, second, OWL.disjointWith):
            yield f"{_local(first)} ∩ {_local(second)}"


def p11(graph: Graph) -> Iterator[str]:
    """P11, Missing domain or range in properties: neither one that reasoners use nor, where a property goes with several kinds
    of nodes, those kinds (schema:domainIncludes, schema:rangeIncludes)."""
    for term in _own(graph, *_PROPERTIES):
        for one, several in ((RDFS.domain, SDO.domainIncludes), (RDFS.range, SDO.rangeIncludes)):
            if graph.value(term, one, any=True) is None and graph.value(term, several, any=True) is None:
                yield f"{_local(term)} {_local(one)}"


def p12(graph: Graph) -> Iterator[str]:
    """P12, Equivalent properties not explicitly declared: two of the same name that are neither equivalent nor one under the other."""
    related = (OWL.equivalentProperty, RDFS.subPropertyOf)
    yield from _namesakes(graph, [t for type_ in _PROPERTIES for t in _named(graph, type_)], related)


def p13(graph: Graph) -> Iterator[str]:
    """P13, Inverse relationships not explicitly declared: save of symmetric ones, of acts and of the nodes of n-ary relations."""
    turned = {term for pair in graph.subject_objects(OWL.inverseOf) if not isinstance(pair[0], BNode) for term in pair}
    for term in _own(graph, *_OBJECT):
        symmetric = (term, RDF.type, OWL.SymmetricProperty) in graph
        if not (symmetric or term in turned or _local(term) in ACTS or _leads_from_a_node(graph, term)):
            yield _local(term)


def _leads_from_a_node(graph: Graph, term: Node) -> bool:
    domains = [*graph.objects(term, RDFS.domain), *graph.objects(term, SDO.domainIncludes)]
    return any(_above(graph, domain) & set(_NODES) for domain in domains)


def p14(graph: Graph) -> Iterator[str]:
    """P14, Misusing owl:allValuesFrom: a universal restriction without an existential one on the same property."""
    for restriction in graph.subjects(OWL.allValuesFrom):
        property_ = graph.value(restriction, OWL.onProperty)
        beside = graph.subjects(OWL.onProperty, property_)
        if not any((other, OWL.someValuesFrom, None) in graph for other in beside):
            yield _local(property_ or restriction)


def p15(graph: Graph) -> Iterator[str]:
    """P15, Using "some not" in place of "not some": an existential restriction to a complement."""
    for restriction, filler in graph.subject_objects(OWL.someValuesFrom):
        if (filler, OWL.complementOf, None) in graph:
            yield _local(graph.value(restriction, OWL.onProperty) or restriction)


def p19(graph: Graph) -> Iterator[str]:
    """P19, Defining multiple domains or ranges in properties."""
    for term, predicate in product(_own(graph, *_PROPERTIES), (RDFS.domain, RDFS.range)):
        if len(set(graph.objects(term, predicate))) > 1:
            yield f"{_local(term)} {_local(predicate)}"


def p20(graph: Graph) -> Iterator[str]:
    """P20, Misusing ontology annotations: a label that is a sentence, a definition that is none, a date or version that is none."""
    for term in _terms(graph):
        yield from (f"{_local(term)} label" for label in _english(graph, term) if label.endswith(".") or len(label) > 60)
        definitions = _english(graph, term, SKOS.definition)
        yield from (f"{_local(term)} definition" for text in definitions if not text.endswith(".") or len(text.split()) < 3)
    for predicate in (DCTERMS.created, DCTERMS.issued, DCTERMS.modified):
        for value in graph.objects(_HEADER, predicate):
            if getattr(value, "datatype", None) != XSD.date or getattr(value, "ill_typed", True):
                yield _local(predicate)
    for version in graph.objects(_HEADER, OWL.versionInfo):
        if not re.fullmatch(r"\d+\.\d+\.\d+", version):
            yield "versionInfo"


def p21(graph: Graph) -> Iterator[str]:
    """P21, Using a miscellaneous class: by name."""
    for term in _own(graph, OWL.Class):
        if re.match(r"(?:Other|Misc|Unknown|Various|General)(?:[A-Z]|ellaneous|$)", _local(term)):
            yield _local(term)


def p22(graph: Graph) -> Iterator[str]:
    """P22, Using different naming conventions: classes and individuals are UpperCamelCase, properties and datatypes lowerCamelCase."""
    upper, lower = re.compile(r"(?:[A-Z][a-z0-9]*)+"), re.compile(r"[a-z0-9]+(?:[A-Z][a-z0-9]*)*")
    kinds = ((upper, (OWL.Class, OWL.NamedIndividual)), (lower, (*_PROPERTIES, RDFS.Datatype)))
    for convention, types in kinds:
        yield from (_local(term) for term in _own(graph, *types) if not convention.fullmatch(_local(term)))


def p23(graph: Graph) -> Iterator[str]:
    """P23, Duplicating a datatype already provided by the implementation language: a class with the name of one of XML Schema."""
    datatypes = {"string", "boolean", "decimal", "integer", "float", "double", "date", "time", "datetime", "duration", "anyuri", "gyear"}
    yield from (_local(term) for term in _own(graph, OWL.Class) if _local(term).lower() in datatypes)


def p24(graph: Graph) -> Iterator[str]:
    """P24, Using recursive definitions: an element is used in its own definition."""
    own = (RDFS.subClassOf, OWL.equivalentClass, RDFS.domain, RDFS.range, OWL.unionOf, OWL.intersectionOf, OWL.oneOf)
    for term in _terms(graph):
        reached = {o for predicate in own for o in graph.objects(term, predicate)}
        members = {m for node in reached for p in own[4:] for lst in graph.objects(node, p) for m in Collection(graph, lst)}
        if term in reached | members:
            yield _local(term)


def p25(graph: Graph) -> Iterator[str]:
    """P25, Defining a relationship as inverse to itself."""
    yield from (_local(first) for first, second in graph.subject_objects(OWL.inverseOf) if first == second)


def p26(graph: Graph) -> Iterator[str]:
    """P26, Defining inverse relationships for a symmetric one."""
    for pair in graph.subject_objects(OWL.inverseOf):
        yield from (_local(term) for term in pair if (term, RDF.type, OWL.SymmetricProperty) in graph)


def p27(graph: Graph) -> Iterator[str]:
    """P27, Defining wrong equivalent properties: they differ in domain or range, or one is of objects and one of data."""
    for first, second in graph.subject_objects(OWL.equivalentProperty):
        for predicate in (RDFS.domain, RDFS.range, RDF.type):
            if set(graph.objects(first, predicate)) != set(graph.objects(second, predicate)):
                yield f"{_local(first)} = {_local(second)}"


def p28(graph: Graph) -> Iterator[str]:
    """P28, Defining wrong symmetric relationships: domain and range differ."""
    yield from _differing(graph, OWL.SymmetricProperty)


def p29(graph: Graph) -> Iterator[str]:
    """P29, Defining wrong transitive relationships: domain and range differ."""
    yield from _differing(graph, OWL.TransitiveProperty)


def _differing(graph: Graph, type_: URIRef) -> Iterator[str]:
    for term in graph.subjects(RDF.type, type_):
        if set(graph.objects(term, RDFS.domain)) != set(graph.objects(term, RDFS.range)):
            yield _local(term)


def p30(graph: Graph) -> Iterator[str]:
    """P30, Equivalent classes not explicitly declared: two of the same name that are neither equivalent nor one under the other."""
    yield from _namesakes(graph, _named(graph, OWL.Class), (OWL.equivalentClass, RDFS.subClassOf))


def _namesakes(graph: Graph, terms: list[URIRef], related: tuple[URIRef, ...]) -> Iterator[str]:
    for first, second in combinations(terms, 2):
        same = _local(first).lower() == _local(second).lower() or set(_english(graph, first)) & set(_english(graph, second))
        if same and not _related(graph, first, second, *related):
            yield f"{first} ~ {second}"


def p31(graph: Graph) -> Iterator[str]:
    """P31, Defining wrong equivalent classes: they are disjoint too, or one is said to be under the other."""
    for first, second in graph.subject_objects(OWL.equivalentClass):
        if _related(graph, first, second, OWL.disjointWith, RDFS.subClassOf):
            yield f"{_local(first)} = {_local(second)}"


def p32(graph: Graph) -> Iterator[str]:
    """P32, Several classes with the same label, in whichever language."""
    for first, second in combinations(_own(graph, OWL.Class), 2):
        yield from map(str, set(graph.objects(first, RDFS.label)) & set(graph.objects(second, RDFS.label)))


def p33(graph: Graph) -> Iterator[str]:
    """P33, Creating a property chain with just one property."""
    for term, chain in graph.subject_objects(OWL.propertyChainAxiom):
        if len(Collection(graph, chain)) < 2:
            yield _local(term)


def p34(graph: Graph) -> Iterator[str]:
    """P34, Untyped class: used as a class and not declared as one."""
    objects = set(_named(graph, OWL.ObjectProperty))
    used = {o for p in (RDFS.subClassOf, RDFS.domain, OWL.disjointWith, SDO.domainIncludes) for o in graph.objects(None, p)}
    used |= {o for term in objects for o in graph.objects(term, RDFS.range)}
    used |= {o for o in graph.objects(None, RDF.type) if not str(o).startswith(_BUILT_IN)}
    declared = set(graph.subjects(RDF.type, OWL.Class)) | set(graph.subjects(RDF.type, RDFS.Class))
    yield from (str(term) for term in sorted(used - declared))


def p35(graph: Graph) -> Iterator[str]:
    """P35, Untyped property: used as a property and not declared as one."""
    used = {term for p in (RDFS.subPropertyOf, OWL.inverseOf, OWL.equivalentProperty) for so in graph.subject_objects(p) for term in so}
    used |= {m for chain in graph.objects(None, OWL.propertyChainAxiom) for m in Collection(graph, chain)}
    used |= {predicate for predicate in graph.predicates() if not str(predicate).startswith(_BUILT_IN)}
    declared = {t for type_ in (*_PROPERTIES, OWL.AnnotationProperty, RDF.Property) for t in graph.subjects(RDF.type, type_)}
    yield from sorted(str(term) for term in used - declared if not isinstance(term, BNode))


def p36(graph: Graph) -> Iterator[str]:
    """P36, URI contains file extension."""
    headers = [*graph.subjects(RDF.type, OWL.Ontology), *graph.objects(None, OWL.versionIRI)]
    yield from (str(header) for header in headers if _EXTENSION.search(str(header)))


def p38(graph: Graph) -> Iterator[str]:
    """P38, No OWL ontology declaration."""
    if (_HEADER, RDF.type, OWL.Ontology) not in graph:
        yield "owl:Ontology"


def p39(graph: Graph) -> Iterator[str]:
    """P39, Ambiguous namespace: what is declared (vann:preferredNamespaceUri) is not where the terms are."""
    declared = [str(value) for value in graph.objects(_HEADER, VANN.preferredNamespaceUri)]
    if declared != [str(CST)]:
        yield f"declared {declared}"
    defined = set(graph.subjects(RDFS.isDefinedBy, _HEADER))
    yield from (str(term) for term in defined if not str(term).startswith(str(CST)))


def p40(graph: Graph) -> Iterator[str]:
    """P40, Namespace hijacking: a term of another vocabulary that is not defined there."""
    leads_on = (RDFS.seeAlso, DCTERMS.license)  # to documents, not to terms
    used = {term for s, p, o in graph for term in (s, p, *(() if p in leads_on else (o,))) if isinstance(term, URIRef)}
    for term in sorted(used):
        text = str(term)
        if text.startswith((*_BUILT_IN, str(CST), str(LEXICON), ONTOLOGY_IRI.removesuffix("ontology"))) or text in _DEFINED:
            continue
        if not any(term in namespace for namespace in _CARRIED):
            yield text


def p41(graph: Graph) -> Iterator[str]:
    """P41, No license declared."""
    if not list(graph.objects(_HEADER, DCTERMS.license)):
        yield "dcterms:license"


CHECKS: Final[dict[str, Check]] = {
    name.upper(): check for name, check in sorted(globals().items()) if re.fullmatch(r"p\d\d", name) and callable(check)
}

# What is left of P01 to P41, and why no machine decides it from the file.
UNDECIDED: Final = {
    "P01": "Creating polysemous elements: whether a name has several senses is for a reader to say",
    "P09": "Missing domain information: needs the requirements; queries/competency asks them and its answers are tested",
    "P16": "Using a primitive class in place of a defined one: whether automatic classification is intended is not in the file",
    "P17": "Overspecializing a hierarchy: whether a leaf will have instances is not in the file; the documentation counts its uses",
    "P18": "Overspecializing the domain or range: what else might be said is not in the file; the shapes refuse what does not fit",
    "P37": "Ontology not available on the Web: needs the Web; that the service answers is tested by FOOPS! CN1, DOC1 and URI1",
}
