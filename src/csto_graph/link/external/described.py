"""A thing as a data set describes it: one of ours, or one of the target's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Described:
    """What is compared of a thing; what a data set does not say is empty."""

    iri: str
    label: str
    names: tuple[str, ...] = ()  # other names than the label
    types: tuple[str, ...] = ()  # IRIs of classes, or the words for them
    identifiers: frozenset[tuple[str, str]] = frozenset()  # (scheme, value): (iso3166Alpha2, AM), (the namespace, an IRI in it)
    begins: frozenset[int] = frozenset()  # years; several where sources disagree
    ends: frozenset[int] = frozenset()
    places: tuple[str, ...] = ()  # names of what it lies in
    remark: str = ""  # what the endpoint that named it says of it

    @property
    def all_names(self) -> tuple[str, ...]:
        """The label, then the other names."""
        return (self.label, *(name for name in self.names if name != self.label))


def identifier(written: str) -> tuple[str, str]:
    """An IRI under its namespace, or `scheme=value`. Raises `ValueError` for what is neither.

    Two identifiers of one scheme that differ mean that two things differ; the scheme of an IRI is all but its last part.
    """
    if "://" in written:
        namespace, last = _parted(written)
        if not last:
            raise ValueError(written)
        return namespace, written
    scheme, equals, value = written.partition("=")
    if not (equals and scheme.strip() and value.strip()):
        raise ValueError(written)
    return scheme.strip(), value.strip()


def _parted(iri: str) -> tuple[str, str]:
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    if cut == len(iri):  # GeoNames ends its IRIs with a slash
        cut = max(iri.rfind("/", 0, cut - 1), iri.rfind("#", 0, cut - 1)) + 1
    return iri[:cut], iri[cut:]
