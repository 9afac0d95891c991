"""The last parts of the IRIs we mint: readable words, or a hash of what tells things apart."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import Final

_LONGEST: Final = 60  # characters of a slug; what is cut off is told apart by a hash


def digest(*fields: str) -> str:
    """Sixteen hexadecimal digits of SHA-256 over the fields."""
    return sha256("\x1f".join(fields).encode()).hexdigest()[:16]


def slug(name: str) -> str:
    """A readable last part of an IRI: lower-case ASCII letters, digits and hyphens, cut with a hash where it is long."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    spelled = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or digest(name)
    return spelled if len(spelled) <= _LONGEST else f"{spelled[:_LONGEST].rpartition('-')[0]}-{digest(spelled)[:6]}"
