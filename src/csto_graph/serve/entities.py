"""XML entities in RDF/XML (XML 1.0, section 4.2): short names of namespaces are let through, what grows or fetches is not."""

from __future__ import annotations

import codecs
import re
from typing import Final

from csto_graph.serve.problems import Problem

_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_DECLARATION: Final = re.compile(rb"<!ENTITY")
_SHORT: Final = re.compile(rb"""<!ENTITY\s+[\w.-]{1,64}\s+(?:"[^"&%<]{0,300}"|'[^'&%<]{0,300}')\s*>""")


def require_short_entities(content: bytes) -> None:
    """Raises a problem 400 for an entity that stands for others, for what lies elsewhere, or for a long text.

    The engine's parser puts entities in for one another: a kilobyte of them grew past two gigabytes in five seconds.
    It reads UTF-8 and no other encoding, whatever the document declares, and so does this: where the two differed, a
    declaration could hide.
    """
    if content.startswith(_WIDE) or b"\0" in content:
        raise Problem(400, "The document is in UTF-16 or UTF-32. Send it in UTF-8.")
    for declaration in _DECLARATION.finditer(content):
        if not _SHORT.match(content, declaration.start()):
            detail = "An entity may stand for a short text, such as a namespace, and not for other entities or documents."
            raise Problem(400, detail)
