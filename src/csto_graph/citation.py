"""How a release is cited: by its number, the day of its publication, and the hash of its content, which is the same everywhere.

Numbers are those of one home, so the hash says which content is meant. There is no clock: the day is that of the publication.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from csto_graph.model import Release
from csto_graph.namespaces import BASE

TITLE: Final = "csto-graph"
AUTHORS: Final = "The csto-graph maintainers"
DATASET: Final = f"{BASE}dataset"
_LICENCE: Final = "CC-BY-4.0"


def citation(release: Release, style: str, url: str = DATASET) -> str:
    """The citation of a release in one of `STYLES`, with a newline at its end; `url` is where it is had."""
    return f"{STYLES[style](release, url)}\n"


def _text(release: Release, url: str) -> str:
    day = _day(release)
    return f"{AUTHORS} ({day.year}). {_title(release)} [Data set], {day:%Y-%m-%d}. Content SHA-256 {release.content}. {url}"


def _bibtex(release: Release, url: str) -> str:
    fields = {
        "author": f"{{{AUTHORS}}}",
        "title": f"{{{_title(release)}}}",
        "year": str(_day(release).year),
        "howpublished": f"Data set, \\url{{{url}}}",
        "note": f"Published {_day(release):%Y-%m-%d}. Content SHA-256 {release.content}",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{_key(release)},\n{lines}}}"


def _cff(release: Release, url: str) -> str:
    """Citation File Format 1.2.0. A string in JSON is one in YAML 1.2 too."""
    told = {"type": "other", "value": f"sha256:{release.content}", "description": "The hash of the content of this release"}
    fields = {
        "cff-version": "1.2.0",
        "message": "If you use this release, please cite it so.",
        "type": "dataset",
        "title": _title(release),
        "authors": [{"name": AUTHORS}],
        "version": str(release.number),
        "date-released": f"{_day(release):%Y-%m-%d}",
        "identifiers": [told],
        "license": _LICENCE,
        "url": url,
    }
    return "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items())


def _csl_json(release: Release, url: str) -> str:
    """What reference managers import: an item of the type `dataset` of CSL 1.0.2."""
    day = _day(release)
    item = {
        "id": _key(release),
        "type": "dataset",
        "title": _title(release),
        "author": [{"literal": AUTHORS}],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": str(release.number),
        "URL": url,
        "note": f"Content SHA-256 {release.content}",
    }
    return json.dumps([item], ensure_ascii=False, indent=2)


STYLES: Final[dict[str, Callable[[Release, str], str]]] = {
    "text": _text,
    "bibtex": _bibtex,
    "cff": _cff,
    "csl-json": _csl_json,
}


def _title(release: Release) -> str:
    return f"{TITLE}, release {release.number}"


def _key(release: Release) -> str:
    return f"csto-graph-{release.number}-{release.content[:8]}"


def _day(release: Release) -> datetime:
    return datetime.fromisoformat(release.published).astimezone(UTC)
