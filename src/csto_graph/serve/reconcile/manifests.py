"""What the service says of itself: the manifests of both versions. They cannot be one: `suggest.entity` is an object in the one
and a truth value in the other, and their templates have another syntax.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from csto_graph import __version__
from csto_graph.namespaces import ID, OWL
from csto_graph.serve.addresses import root
from csto_graph.serve.catalogue import served
from csto_graph.serve.reconcile.index import Index, Term

NAME: Final = "csto-graph: states, organisations and treaties of collective security"
WIDTH, HEIGHT = 430, 300  # pixels of a preview
_MOST_DEFAULTS: Final = 12
# id, name, kind, default, help; the choices of `content` are those of `extending`.
LIMIT: Final = ("limit", "Most values", "number", 0, "How many values of the property are given; 0 gives all.")
CONTENT: Final = ("content", "Content", "select", "entity", "How a thing is given as a value.")
CHOICES: Final = (("entity", "matched to this graph"), ("name", "its name"), ("iri", "its IRI"))


def manifest(index: Index) -> dict[str, object]:
    """That of version 0.2 (section “Service Manifest”)."""
    here = f"{root()}/reconcile"
    names = ("name", "label", "help_text")
    return {
        "versions": ["0.2"],
        **_common(index),
        "identifierSpace": str(ID),
        "schemaSpace": str(OWL.Thing),
        "view": {"url": f"{here}/view?id={{{{id}}}}"},
        "feature_view": {"url": f"{here}/features#{{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {kind: {"service_url": here, "service_path": f"/suggest/{kind}"} for kind in ("entity", "property", "type")},
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": _settings(*names),
        },
    }


def manifest_1(index: Index) -> dict[str, object]:
    """That of the draft of 1.0 (section “Service Manifest”); templates are those of RFC 6570."""
    here = f"{root()}/reconcile"
    return {
        "versions": ["1.0-draft"],
        **_common(index),
        "view": {"url": f"{here}/view?id={{id}}"},
        "featureView": {"url": f"{here}/features#{{id}}"},
        "preview": {"width": WIDTH, "height": HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {"proposeProperties": True, "propertySettings": _settings("id", "name", "helpText")},
        "lang": "en",
        "standardizedScore": True,
    }


def described_type(index: Index, term: Term) -> dict[str, object]:
    """A type with those directly above it."""
    above = [index.types[iri] for iri in term.broader if iri in index.types]
    return {"id": term.iri, "name": term.name} | ({"broader": [named(each) for each in above]} if above else {})


def named(term: Term) -> dict[str, str]:
    """A type or a property by its identifier and name."""
    return {"id": term.iri, "name": term.name}


def _common(index: Index) -> dict[str, object]:
    return {
        "name": NAME,
        "defaultTypes": [described_type(index, term) for term in _defaults(index)],
        "documentation": f"{root()}/reconcile/features",
        "serviceVersion": __version__,
        "batchSize": served().settings.batch,
    }


def _defaults(index: Index) -> list[Term]:
    """The types that most things have as the one that says most of them."""
    counted = Counter(term.iri for entity in index.entities.values() for term in index.kinds(entity))
    return [index.types[iri] for iri, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:_MOST_DEFAULTS]]


def _settings(name: str, label: str, help_text: str) -> list[dict[str, object]]:
    limit, content = (
        dict[str, object]({name: id_, label: called, "type": kind, "default": default, help_text: help_})
        for id_, called, kind, default, help_ in (LIMIT, CONTENT)
    )
    return [limit, content | {"choices": [{"value": value, "name": says} for value, says in CHOICES]}]
