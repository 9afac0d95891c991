"""The wheel: it carries the ontology, the data and the queries, and works away from the clone. No network is used."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from csto_graph import resources
from tests.conftest import ARTICLE
from tests.release.stores import contents

pytestmark = pytest.mark.slow
ROOT = resources.root()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this clone."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def commands(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment that has the wheel, and our dependencies on loan; the clone is not on its path."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    site = next(folder.glob("lib/python3*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    # A path in a .pth file is not searched for .pth files in turn: the clone's own link stays out.
    (site / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    return folder / "bin"


def run(commands: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of that environment, in a folder that is not the clone."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CSTO_GRAPH"))}
    command = [str(commands / "python"), "-m", "csto_graph.cli", *arguments, "--home", "home"]
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, timeout=400, check=False)


def test_the_wheel_has_all_that_a_build_needs(wheel: Path) -> None:
    """Every file of the ontology, the data and the queries is in it, and the built release is not."""
    packed = {name.removeprefix("csto_graph/bundle/") for name in zipfile.ZipFile(wheel).namelist()}
    listed = subprocess.run(["git", "ls-files", "ontology", "data", "queries"], cwd=ROOT, capture_output=True, text=True, check=True)
    needed = {name for name in listed.stdout.splitlines() if not name.startswith("data/release/")}
    assert needed and needed <= packed
    assert not [name for name in packed if name.startswith("data/release/")]


def test_the_wheel_is_typed_and_licensed(wheel: Path) -> None:
    """py.typed and the licence travel with it; tests do not."""
    names = zipfile.ZipFile(wheel).namelist()
    assert "csto_graph/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if "test" in Path(name).parts[0]]


def test_the_wheel_builds_and_answers(commands: Path, tmp_path: Path) -> None:
    """Away from the clone: a build, then a query; only the home is written."""
    where = subprocess.run(
        [str(commands / "python"), "-c", "import csto_graph; print(csto_graph.__file__)"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(commands.parent)
    built = run(commands, tmp_path, "build")
    assert built.returncode == 0, built.stderr
    (tmp_path / "count.rq").write_text("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    answer = run(commands, tmp_path, "query", "count.rq", "--format", "csv")
    assert int(answer.stdout.split()[1]) > 100
    assert sorted(path.name for path in tmp_path.iterdir()) == ["count.rq", "home"]


def test_the_wheel_takes_texts_into_the_home(commands: Path, tmp_path: Path) -> None:
    """Added, built again and taken away: the package is never written, and what it brought cannot be taken away."""
    bundle = next(commands.parent.glob("lib/python3*/site-packages/csto_graph/bundle"))
    packaged = contents(bundle)
    (tmp_path / "news.txt").write_text("Georgia left the CSTO in 1999.\n")
    assert run(commands, tmp_path, "build").returncode == 0
    added = run(commands, tmp_path, "ingest", "news.txt", "--source-id", "news", "--yes")
    assert added.returncode == 0, added.stderr
    assert (tmp_path / "home" / "sources" / "news" / "text.txt").read_text() == "Georgia left the CSTO in 1999.\n"
    again = run(commands, tmp_path, "build")
    assert "2 (the content is the same)" in again.stdout
    removed = run(commands, tmp_path, "ingest", "--remove", "news", "--yes")
    assert "1 (the content is the same)" in removed.stdout, removed.stderr
    assert not list((tmp_path / "home" / "sources").iterdir())
    refused = run(commands, tmp_path, "ingest", "--remove", ARTICLE, "--yes")
    assert refused.returncode == 2 and "belongs to the installed package" in refused.stderr
    assert contents(bundle) == packaged


def test_a_wheel_without_data_fails(commands: Path, tmp_path: Path) -> None:
    """Were the data forgotten, the build would refuse rather than publish an empty graph."""
    bundle = next(commands.parent.glob("lib/python3*/site-packages/csto_graph/bundle/data"))
    aside = bundle.with_name("aside")
    bundle.rename(aside)
    try:
        outcome = run(commands, tmp_path, "build")
    finally:
        aside.rename(bundle)
    assert outcome.returncode in (1, 2)
    assert "Traceback" not in outcome.stderr and "data" in outcome.stderr
    assert not (tmp_path / "home" / "current").exists()
