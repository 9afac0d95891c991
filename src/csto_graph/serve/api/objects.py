"""An answer as plain JSON: a list of objects whose members are the columns, for programs that know nothing of RDF.

An IRI and a literal are strings, save that a whole number and a truth are those of JSON; what is not bound is left out.
The types of RDF are in the SPARQL 1.1 Query Results JSON Format, which is offered too (`format=json`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from csto_graph.namespaces import XSD
from csto_graph.serve.api.parts import Part
from csto_graph.serve.negotiation import Syntax

OBJECTS: Final = Syntax("objects", None, ("application/json",))
_WHOLE: Final = re.compile("[+-]?[0-9]{1,1000}")
_INTEGER, _BOOLEAN = str(XSD.integer), str(XSD.boolean)


def as_objects(solutions: list[Mapping[str, Mapping[str, str]]], part: Part) -> bytes:
    """The part with how many solutions there are in all and the address of the next part, null where it is the last."""
    following = dict(part.neighbours()).get("next")
    known = {"total": part.total, "limit": part.limit, "offset": part.offset, "next": following}
    items = [{name: _value(term) for name, term in solution.items()} for solution in solutions]
    return json.dumps(known | {"items": items}, ensure_ascii=False).encode()


def _value(term: Mapping[str, str]) -> Any:
    """SPARQL 1.1 Query Results JSON Format, section 3.2.2."""
    value, datatype = term["value"], term.get("datatype")
    if datatype == _INTEGER and _WHOLE.fullmatch(value):  # whoever may write may write anything
        return int(value)
    if datatype == _BOOLEAN:
        return value == "true"
    return f"_:{value}" if term["type"] == "bnode" else value
