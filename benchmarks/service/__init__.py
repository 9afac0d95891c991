"""How fast the service is, beside the engine's own server, beside rdflib-endpoint and beside an answer that costs nothing."""
