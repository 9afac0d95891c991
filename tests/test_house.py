"""The house as the design draws it: which room may look into which."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import csto_graph

PACKAGE = Path(csto_graph.__file__).parent
STAGES = {"text", "extract", "link", "curated", "reason", "validate", "release"}
# What everyone may import: the records, the errors, the names and the parts of IRIs, where words stand in a file, where files
# lie, how alike two names are, how tables, Turtle and SSSOM are read, what a dataset says of itself, and how it is cited.
COMMON = {
    "citation", "cited", "enrichment", "errors", "headers", "iris", "likeness", "mappings", "model", "namespaces", "origins", "resources",
    "sssom", "targets", "tsv", "turtle", "void", "withdrawal", "__init__",
}  # fmt: skip


def _rooms() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).parts[0].removesuffix(".py"), path


def _imports(path: Path) -> set[str]:
    """The rooms of our own package that a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "csto_graph":
            parts = node.module.split(".")[1:]
            found |= {parts[0]} if parts else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {parts[1] for alias in node.names if (parts := alias.name.split("."))[0] == "csto_graph" and len(parts) > 1}
    return found - {"__version__"}


def _strangers(room: str, allowed: set[str]) -> list[str]:
    return [
        f"{path.relative_to(PACKAGE)} imports {other}"
        for name, path in _rooms()
        if name == room
        for other in sorted(_imports(path) - allowed - COMMON - {room})
    ]


def test_no_stage_imports_another() -> None:
    """Stages meet only in the pipeline, through the records of the model."""
    assert [line for stage in sorted(STAGES) for line in _strangers(stage, set())] == []


def test_graph_knows_records_only() -> None:
    """Where records become RDF nothing of the stages is known."""
    assert _strangers("graph", set()) == []


def test_the_service_reads_releases_and_nothing_else() -> None:
    """The service imports neither the pipeline nor a stage: it asks a back-end, which opens releases."""
    assert _strangers("serve", {"backend", "sparql"}) == []
    assert _strangers("backend", {"release", "sparql"}) == []
    assert _strangers("sparql", set()) == []


def test_a_change_is_judged_by_what_judges_a_build() -> None:
    """Beside the pipeline one module knows several stages: the gate of changes, which the command line hands to the back-end."""
    assert _strangers("changes", {"graph", "reason", "release", "validate"}) == []


def test_who_adds_a_source_asks_the_pipeline() -> None:
    """What a source would change is worked out by a build; where sources lie is known to both."""
    assert _strangers("ingest", {"pipeline", "release", "sources", "text"}) == []
    assert _strangers("sources", {"release", "text"}) == []


def test_the_records_know_nobody() -> None:
    """The common rooms import nothing of ours but one another."""
    assert [line for room in sorted(COMMON - {"__init__"}) for line in _strangers(room, set())] == []


def test_the_rules_read_the_tree() -> None:
    """spaCy is asked once, where texts are parsed: rules that ask it again of every word cost as much as the parse."""
    asking = {path.stem for room, path in _rooms() if room == "extract" and "from spacy.tokens" in path.read_text(encoding="utf-8")}
    assert asking == {"candidates", "gazetteer", "parse"}


def test_no_file_is_a_god() -> None:
    """No file passes 300 lines."""
    long = {str(path.relative_to(PACKAGE)): count for _, path in _rooms() if (count := len(path.read_text().splitlines())) > 300}
    assert long == {}
