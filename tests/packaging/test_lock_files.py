"""The lock files: complete, pinned with hashes, for every Python we promise, and silent about where they come from."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from csto_graph import resources

ROOT = resources.root()
LOCKS = ("requirements-build.txt", "requirements.txt", "requirements-dev.txt", "requirements-reference.txt", "requirements-sssom.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINNED = re.compile(r"^([a-z0-9.-]+)==([^\s;]+)(?: ; (.+?))? \\$")


def entries(name: str) -> dict[str, tuple[str, str | None, int]]:
    """Package and version → version, marker, number of hashes."""
    found: dict[str, tuple[str, str | None, int]] = {}
    key = ""
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if pinned := PINNED.match(line):
            key = f"{pinned[1]}=={pinned[2]}"
            found[key] = (pinned[1], pinned[3], 0)
        elif "--hash=sha256:" in line:
            package, marker, hashes = found[key]
            found[key] = (package, marker, hashes + 1)
        else:
            assert line.lstrip().startswith("#"), f"{name}: {line}"
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_no_line_names_a_host(name: str) -> None:
    """No address, no index, no option: where packages come from is the reader's own setting."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not [line for line in text.splitlines() if line.lstrip().startswith("-") and "--hash=sha256:" not in line]


@pytest.mark.parametrize("name", LOCKS)
def test_everything_is_pinned_with_hashes(name: str) -> None:
    """Every requirement has one version and at least one hash."""
    locked = entries(name)
    assert locked
    assert all(hashes for _, _, hashes in locked.values())


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_every_python_gets_one_version(python: str) -> None:
    """For each Python we promise, the markers choose exactly one version of each package."""
    environment = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux"}
    chosen = [p for p, marker, _ in entries("requirements.txt").values() if not marker or Marker(marker).evaluate(environment)]
    assert len(chosen) == len(set(chosen))
    assert {canonicalize_name(Requirement(d).name) for d in PROJECT["project"]["dependencies"]} <= set(chosen)


def test_the_lock_files_agree() -> None:
    """No package has one version for running and another for testing or building."""
    dev = entries("requirements-dev.txt")
    assert set(entries("requirements.txt")) <= set(dev)
    packages = {package for package, _, _ in dev.values()}
    assert all(key in dev for key, (package, _, _) in entries("requirements-build.txt").items() if package in packages)


def test_the_locked_versions_fit_what_is_declared() -> None:
    """pyproject.toml allows every version that is locked."""
    extras = PROJECT["project"]["optional-dependencies"]
    declared = [Requirement(d) for d in (*PROJECT["project"]["dependencies"], *extras["reasoner"], *extras["dev"])]
    locked = {key.split("==")[0]: key.split("==")[1] for key in entries("requirements-dev.txt")}
    for requirement in declared:
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), requirement


def imports() -> Iterator[tuple[str, Path]]:
    """Every package that the code imports, with a file that does."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        for name in re.findall(r"^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            yield name, path


def test_every_import_is_declared() -> None:
    """What the code imports is Python's own, ours or declared: nothing is borrowed from another package's needs."""
    project = PROJECT["project"]
    named = [*project["dependencies"], *(each for extra in ("parquet", "reasoner") for each in project["optional-dependencies"][extra])]
    declared = {canonicalize_name(Requirement(requirement).name) for requirement in named}
    reference = {package for package, _, _ in entries("requirements-reference.txt").values()}
    providers = metadata.packages_distributions()
    for name, path in imports():
        if name in sys.stdlib_module_names or name == "csto_graph":
            continue
        needed = {canonicalize_name(provider) for provider in providers.get(name, ())}
        allowed = declared | reference if path.name in ("territories.py", "capitals.py") else declared
        assert needed & allowed, f"{path}: {name} is not declared in pyproject.toml"


def test_the_supported_pythons_are_said_alike() -> None:
    """The classifiers, requires-python and the Makefile name the same versions."""
    classifiers = {c.rsplit(" ", 1)[1] for c in PROJECT["project"]["classifiers"] if re.search(r"Python :: 3\.\d+$", c)}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert classifiers == {"3.11", "3.12", "3.13", "3.14"} == set(re.findall(r"python(3\.\d+)\b", makefile))
    assert PROJECT["project"]["requires-python"] == ">=3.11,<3.15"
