"""The language model is the published one, file by file, or it is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from csto_graph.errors import RefusedModel
from csto_graph.extract import language

FILES = sorted(language._CHECKSUMS)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(language.weights(), tmp_path_factory.mktemp("model") / "weights"))


def test_the_installed_weights_are_the_published_ones() -> None:
    """Every file has its pinned checksum."""
    language.check_weights(language.weights())


@pytest.mark.parametrize("name", FILES)
def test_a_tampered_file_is_refused_by_name(copied: Path, name: str) -> None:
    """One changed byte anywhere is found, and the message names the file and the remedy."""
    path = copied / name
    original = path.read_bytes()
    path.write_bytes(original[:-1] + bytes([original[-1] ^ 1]))
    with pytest.raises(RefusedModel, match="not the published one") as refusal:
        language.check_weights(copied)
    path.write_bytes(original)
    assert refusal.value.place == str(path)
    assert "pip install" in refusal.value.remedy


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    """An empty folder is no model."""
    with pytest.raises(RefusedModel, match="missing"):
        language.check_weights(tmp_path)


def test_an_absent_model_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package the message is the command that installs it."""
    monkeypatch.setattr(language, "_DISTRIBUTIONS", ("no-such-distribution",))
    with pytest.raises(RefusedModel, match="not installed"):
        language.weights()
