"""`python -m benchmarks.extraction`: what the extraction reaches beside what it should, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from benchmarks import determinism, shapes, unseen
from benchmarks.measured import SHARED, Measured
from benchmarks.speed import memory, speed
from csto_graph.cli.tables import print_table
from csto_graph.namespaces import curie

Row = tuple[str, str, str, str]  # what, figure, target, whether it is reached


@dataclass(frozen=True, slots=True)
class Target:
    """A measure of the scorer and what it should reach."""

    name: str
    key: str
    least: float | None = None
    most: float | None = None


_DEV = (
    Target("precision", "precision", least=0.90),
    Target("recall", "recall", least=0.70),
    Target("macro F1", "macro_f1", least=0.65),
    Target("status", "status_accuracy", least=0.95),
    Target("time", "time_accuracy", least=0.90),
    Target("claimant", "claimant_accuracy", least=0.90),
    Target("asserted wrongly", "asserted_wrongly", most=2),
    Target("evidence exact", "evidence_exact", least=1.0),
)
_SEED = (Target("precision", "precision", least=0.95), Target("recall", "recall", least=0.90))
_PLAIN = tuple(Target(target.name, target.key) for target in _DEV)


def _gold(measured: Measured, _: int) -> Iterator[Row]:
    for name in measured.folders:
        targets = {"dev": _DEV, "seed": _SEED}.get(name, _PLAIN)
        yield from _scored(name, measured.score(name), targets)


def _scored(name: str, result: dict[str, Any], targets: Sequence[Target]) -> Iterator[Row]:
    figures = result | result["micro"]
    for target in targets:
        yield _row(f"{name}: {target.name}", figures[target.key], target.least, target.most)
    share = result["outside_relation_list"] / max(1, result["predictions"])
    yield _row(f"{name}: share of statements outside the gold relations", share)


def _unseen(measured: Measured, _: int) -> Iterator[Row]:
    kept = unseen.without_own_rules("dev", measured.texts("dev"), measured.judgements)
    result = measured.scorer.score(measured.folders["dev"], kept)
    yield from _scored("dev, one text left out", result, _PLAIN[:3])
    right, read = unseen.first_readings(measured.judgements)
    yield _row(f"share right of the {read} statements whose rule read in one text only", right / max(1, read))


def _evidence(measured: Measured, _: int) -> Iterator[Row]:
    found = [(read.source.text, s.extraction.evidence) for read in measured.everything() for s in read.statements]
    exact = sum(text[e.start : e.end] == e.exact and 0 < len(e.exact) <= 600 for text, e in found)
    yield _row(f"evidence exact, {len(found)} statements of dev, seed and corpus", exact / max(1, len(found)), least=1.0)


def _shapes(measured: Measured, _: int) -> Iterator[Row]:
    found = shapes.violations(measured.everything())
    yield _row("SHACL violations over dev, seed and corpus", len(found), most=0)
    for finding in found[:20]:
        yield f"  {curie(finding.focus_node)}: {finding.message}", "", "", ""


def _speed(measured: Measured, repeats: int) -> Iterator[Row]:
    result = speed(measured.corpus, repeats)
    yield _row(f"words a second over {result.words} words, median of {result.repeats}", round(result.reading))
    yield _row("words a second of the parser alone", round(result.parsing))
    yield _row("ratio of the two", result.ratio, least=0.6)


def _memory(measured: Measured, _: int) -> Iterator[Row]:
    result = memory(measured.corpus)
    yield _row("peak memory in MB, everything loaded", round(result.loaded))
    yield _row("growth in MB over the corpus", round(result.once - result.loaded))
    yield _row("growth in MB over the same again", round(result.twice - result.once, 1))


def _determinism(measured: Measured, _: int) -> Iterator[Row]:
    found = determinism.digests(measured.corpus)
    yield _row("different outputs under two PYTHONHASHSEED", len(set(found)) - 1, most=0)


def _row(name: str, figure: float | None, least: float | None = None, most: float | None = None) -> Row:
    shown = "–" if figure is None else str(figure) if isinstance(figure, int) else f"{figure:.3f}"
    if least is None and most is None:
        return name, shown, "", ""
    reached = figure is not None and (least is None or figure >= least) and (most is None or figure <= most)
    return name, shown, f">= {least}" if least is not None else f"<= {most}", "" if reached else "missed"


PARTS: dict[str, Callable[[Measured, int], Iterator[Row]]] = {
    "gold": _gold,
    "unseen": _unseen,
    "evidence": _evidence,
    "shapes": _shapes,
    "speed": _speed,
    "memory": _memory,
    "determinism": _determinism,
}


@click.command()
@click.option("--only", metavar="PART,…", help=f"Only these parts: {', '.join(PARTS)}.")
@click.option("--shared", type=click.Path(path_type=Path), default=SHARED, help="Where gold, corpus and scorer lie.")
@click.option("--repeats", type=click.IntRange(1), default=3, show_default=True, help="How often each speed is taken.")
@click.option("--markdown", is_flag=True, help="Print the table of dev by relation for the documentation, and nothing else.")
def main(only: str | None, shared: Path, repeats: int, markdown: bool) -> None:
    """Measure the extraction; print every figure beside its target."""
    chosen = _chosen(only)
    with TemporaryDirectory() as own:
        measured = Measured(shared, Path(own))
        if markdown:
            click.echo("\n".join(_by_relation(measured.score("dev")["per_relation"])))
            return
        print_table(("measure", "figure", "target", ""), (row for part in chosen for row in PARTS[part](measured, repeats)))
    if "unseen" in chosen:
        click.echo(f"\n{unseen.DEFINITION}.")


def _chosen(only: str | None) -> list[str]:
    parts = only.split(",") if only else list(PARTS)
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        raise click.BadParameter(f"{unknown[0]!r} is not one of {', '.join(PARTS)}", param_hint="--only")
    return parts


def _by_relation(found: dict[str, dict[str, float]]) -> Iterable[str]:
    yield "| relation | gold | precision | recall | F1 |"
    yield "|---|---:|---:|---:|---:|"
    for relation, c in sorted(found.items()):
        yield f"| {relation} | {c['tp'] + c['fn']} | {c['p']:.2f} | {c['r']:.2f} | {c['f1']:.2f} |"


if __name__ == "__main__":
    main()
