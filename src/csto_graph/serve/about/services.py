"""What can be asked of the service, for those of its addresses that it has: DCAT data services (DCAT 3, section 6.9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import current_app

from csto_graph.serve.addresses import root


@dataclass(frozen=True, slots=True)
class Service:
    """A service over the dataset: where it is, what it speaks, and where it says what it can."""

    path: str
    title: str
    conforms_to: str
    described_at: str  # a path

    @property
    def address(self) -> str:
        """The public address."""
        return f"{root()}{self.path}"


_SERVICES: Final = (
    Service("/sparql", "SPARQL endpoint", "https://www.w3.org/TR/sparql11-protocol/", "/sparql"),
    Service("/graphs", "Graph store", "https://www.w3.org/TR/sparql11-http-rdf-update/", "/graphs"),
    Service("/reconcile", "Reconciliation service", "https://reconciliation-api.github.io/specs/0.2/", "/reconcile"),
    Service("/api/", "Stored queries as an API", "https://spec.openapis.org/oas/v3.1.0", "/openapi.json"),
)


def services() -> list[Service]:
    """Those that the app has a route for."""
    routes = {rule.rule.rstrip("/") for rule in current_app.url_map.iter_rules()}
    return [each for each in _SERVICES if {each.path.rstrip("/"), each.described_at} <= routes]
