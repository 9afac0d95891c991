"""How long it takes to ingest texts one by one, by stage: `python -m benchmarks.ingest [FOLDER] [--texts 20]`.

The texts go into a home of their own, as where no clone is. At the end all are taken away, and the graph must be what it was.
"""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

import click

from csto_graph import ingest, pipeline, resources
from csto_graph.ingest import Declared
from csto_graph.iris import slug
from csto_graph.sources import sources_held

CORPUS = resources.root().parent / "shared" / "corpus" / "milestones"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=CORPUS)
@click.option("--texts", default=20, show_default=True, help="How many of the folder's texts.")
def main(folder: Path, texts: int) -> None:
    """Print the seconds of each stage for each text, which is added to those before it."""
    paths = sorted(folder.glob("*.txt"))[:texts]
    if not paths:
        raise click.UsageError(f"{folder} holds no .txt file. Name a folder that does.")
    resources.in_clone = lambda: False
    with TemporaryDirectory() as home:
        click.echo(f"the same content again: {one_by_one(Path(home), paths)}")


def one_by_one(home: Path, paths: list[Path]) -> bool:
    """Ingest the texts, printing a line for each; whether the graph without them is the one before."""
    first = pipeline.build(home)
    click.echo(_line("sources", "statements", "text", [stage for stage, _ in first.stages], "total"))
    click.echo(_row(first, "(none)"))
    for path in paths:
        with sources_held(home):
            proposal = ingest.propose_addition(home, path, slug(path.stem), Declared())
            click.echo(_row(ingest.accept(proposal, home), path.stem))
    rmtree(home / "sources")
    return pipeline.build(home).release.content == first.release.content


def _row(result: pipeline.BuildResult, name: str) -> str:
    seconds = [f"{each:.1f}" for _, each in result.stages]
    total = f"{sum(each for _, each in result.stages):.1f}"
    return _line(str(result.sources), str(sum(result.statements.values())), name, seconds, total)


def _line(sources: str, statements: str, name: str, stages: list[str], total: str) -> str:
    return f"{sources:>7} {statements:>10}  {name[:36]:36} " + " ".join(f"{each[:8]:>8}" for each in [*stages, total])


if __name__ == "__main__":
    main()
