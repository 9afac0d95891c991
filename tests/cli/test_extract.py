"""`csto-graph extract`: statements of any text file, or one line that says why not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from csto_graph.extract import language
from csto_graph.namespaces import CST, GRAPH, RDF
from csto_graph.pipeline import parts
from tests.cli.calls import Call

TEXT = "Armenia is a member of the Collective Security Treaty Organization.\n"
STATEMENT = "http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A file with one fact."""
    path = tmp_path / "fact.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_json_lines_are_the_default(call: Call, text: Path) -> None:
    """One JSON object a line, on stdout, and nothing on stderr."""
    outcome = call("extract", text)
    statements = [json.loads(line) for line in outcome.stdout.splitlines()]
    assert (outcome.code, outcome.stderr) == (0, "")
    assert [(s["subject"]["label"], s["predicate"]) for s in statements] == [("Armenia", "cst:memberOf")]
    assert all(s["evidence"]["exact"] == TEXT[s["evidence"]["start"] : s["evidence"]["end"]] for s in statements)


def test_a_statement_says_how_far_it_can_be_trusted(call: Call, tmp_path: Path) -> None:
    """The measured confidence of the rule in every format; null where nothing was measured."""
    path = tmp_path / "two.txt"
    path.write_text(f"{TEXT}Libya was suspended from the Arab League.\n")
    known, unknown = (json.loads(line)["confidence"] for line in call("extract", path).stdout.splitlines())
    assert 0 < known < 1 and unknown is None
    assert call("extract", path, "--format", "turtle").stdout.count("cst:confidence") == 1
    assert f"{known:.2f}" in call("extract", path, "--format", "table").stdout


def test_turtle_holds_the_statement(call: Call, text: Path) -> None:
    """Turtle has the statement with its evidence, and is the same on every run."""
    outcome = call("extract", text, "--format", "turtle")
    types = [q.object.value for q in parse(outcome.stdout, format=RdfFormat.TURTLE) if q.predicate.value == str(RDF.type)]
    assert STATEMENT in types
    assert call("extract", text, "--format", "turtle") == outcome


def test_turtle_stands_on_its_own(call: Call, article: Path, tmp_path: Path) -> None:
    """What is printed conforms to the shapes: passages, names of known things; and no known thing is called unreviewed."""
    outcome = call("extract", article, "--format", "turtle", "--date", "2022-01-10")
    path = tmp_path / "extracted.ttl"
    path.write_text(outcome.stdout, encoding="utf-8")
    assert call("validate", path).code == 0
    unreviewed = [q.subject.value for q in parse(path=path, format=RdfFormat.TURTLE) if q.predicate.value == f"{CST}reviewed"]
    assert unreviewed and not any("/id/state/" in iri for iri in unreviewed)


def test_trig_keeps_fact_and_evidence_apart(call: Call, text: Path) -> None:
    """TriG has the source's graph, its evidence graph, and the names of what was known before the text was read."""
    outcome = call("extract", text, "--format", "trig")
    graphs = {quad.graph_name.value for quad in parse(outcome.stdout, format=RdfFormat.TRIG)}
    assert graphs == {f"{GRAPH}source/fact", f"{GRAPH}evidence/fact", f"{GRAPH}reference"}


def test_a_table_fits_eighty_columns(call: Call, article: Path) -> None:
    """Long names are folded, not cut, and no line is wider than a terminal."""
    outcome = call("extract", article, "--format", "table")
    assert outcome.code == 0
    assert max(map(len, outcome.stdout.splitlines())) <= 80
    assert "Kazakhstan" in outcome.stdout


def test_the_given_date_anchors_the_text(call: Call, tmp_path: Path) -> None:
    """`--date` is the day on which a present tense holds."""
    path = tmp_path / "present.txt"
    path.write_text("Today the CSTO has six members.\n")
    (statement,) = map(json.loads, call("extract", path, "--date", "2022-01-10").stdout.splitlines())
    assert statement["qualifiers"]["time"] == "2022-01-10"


def test_a_text_without_a_fact_is_no_error(call: Call, tmp_path: Path) -> None:
    """Nothing in scope: exit 0, nothing on stdout, and stderr says so."""
    path = tmp_path / "soup.txt"
    path.write_text("The soup was warm, and everyone liked it.\n")
    for result_format in ("jsonl", "turtle", "trig", "table"):
        outcome = call("extract", path, "--format", result_format)
        assert (outcome.code, outcome.stdout) == (0, "")
        assert outcome.stderr == f"csto-graph: {path}: no fact in scope was found.\n"


def test_a_page_is_read_with_the_way_back(call: Call, tmp_path: Path) -> None:
    """Offsets are those of the text read, which `--text-out` writes; `file` names the characters and the line of the page."""
    path, page = tmp_path / "page.html", f"<html><script>x</script>\n<body><p>🙂 {TEXT.replace('member', '<b>member</b>')}</html>"
    path.write_text(page, encoding="utf-8")
    outcome = call("extract", path, "--text-out", tmp_path / "read")
    (statement,) = map(json.loads, outcome.stdout.splitlines())
    evidence, place = statement["evidence"], statement["evidence"]["file"]
    read = (tmp_path / "read" / "page.html.txt").read_bytes().decode()
    assert read[evidence["start"] : evidence["end"]] == evidence["exact"] == TEXT.strip(" .\n")
    assert page[place["start"] : place["end"]] == TEXT.strip(" .\n").replace("member", "<b>member</b>")
    assert place["line"] == 2


def test_a_folder_for_the_texts_that_is_none_is_a_wrong_call(call: Call, text: Path) -> None:
    """Exit 2, and the folder that cannot be written."""
    assert call("extract", text, "--text-out", text / "read").refuses(2, text / "read")


def test_one_refused_file_does_not_hide_the_others(call: Call, text: Path, tmp_path: Path) -> None:
    """The other files are read, the refused one is named, and the exit code is its own."""
    empty = tmp_path / "empty.txt"
    empty.touch()
    outcome = call("extract", empty, text)
    assert outcome.code == 1
    assert len(outcome.stdout.splitlines()) == 1
    assert str(empty) in outcome.stderr


BAD_CONTENTS = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\t\n", "is empty"),
    "binary": (b"\x7fELF\x00\x01\x02", "binary"),
    "latin-1": ("Le traité de sécurité".encode("latin-1"), "not UTF-8"),
    "20 MB": (TEXT.encode() * 300_000, "10 MB"),
}


@pytest.mark.parametrize(("content", "words"), BAD_CONTENTS.values(), ids=BAD_CONTENTS)
def test_what_is_not_a_text_is_refused(call: Call, tmp_path: Path, content: bytes, words: str) -> None:
    """Exit 1 and one line that names the file and what is wrong with it."""
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    assert call("extract", path).refuses(1, path, words)


def test_a_missing_file_is_a_wrong_call(call: Call, tmp_path: Path) -> None:
    """Exit 2 and the path."""
    assert call("extract", tmp_path / "nowhere.txt").refuses(2, tmp_path / "nowhere.txt", "no such file")


def test_a_folder_is_a_wrong_call(call: Call, tmp_path: Path) -> None:
    """Exit 2, and the advice to name files."""
    assert call("extract", tmp_path).refuses(2, tmp_path, "folder")


def test_an_unknown_format_is_a_wrong_call(call: Call, text: Path) -> None:
    """Exit 2, and the formats there are."""
    assert call("extract", text, "--format", "docx").refuses(2, "docx", "jsonl", "turtle")


@pytest.mark.parametrize("date", ["2022-13-01", "2022-02-30", "10.1.2022", "20220110", "2022-W02-1", "today", ""])
def test_a_date_that_is_none_is_a_wrong_call(call: Call, text: Path, date: str) -> None:
    """Exit 2, and how a date is written."""
    assert call("extract", text, "--date", date).refuses(2, "YYYY-MM-DD")


def test_no_file_is_a_wrong_call(call: Call) -> None:
    """Exit 2, and where the help is."""
    assert call("extract").refuses(2, "FILE", "csto-graph extract --help")


@pytest.mark.parametrize("name", ["parser/model", "vocab/strings.json", "config.cfg"])
def test_a_tampered_model_is_refused_by_name(
    call: Call, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Weights that are not the published ones are never loaded: exit 1, the file and the remedy."""
    weights = tmp_path / "weights"
    shutil.copytree(language.weights(), weights)
    with (weights / name).open("ab") as file:
        file.write(b"\n")
    monkeypatch.setattr(language, "weights", lambda: weights)
    for cached in (language.load, parts.reader):
        cached.cache_clear()
    assert call("extract", text).refuses(1, weights / name, "not the published one", "Reinstall")


UNCOVERED = "Armenia is a member of the CSTO. Russia pampers Belarus. Russia and Belarus were warm. The soup pampers Belarus.\n"


def test_coverage_lists_each_sentence_and_what_has_no_entry(call: Call, tmp_path: Path) -> None:
    """`--coverage` prints a table: what became of each sentence, the counts, the words to add; no statement."""
    path = tmp_path / "uncovered.txt"
    path.write_text(UNCOVERED)
    outcome = call("extract", "--coverage", path)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert "understood" in outcome.stdout and "not understood" in outcome.stdout and "nothing in scope" in outcome.stdout
    assert any(line.split() == ["pamper", "verb", "1"] for line in outcome.stdout.splitlines())
    assert max(map(len, outcome.stdout.splitlines())) <= 80 or str(path) in outcome.stdout


def test_coverage_as_json_lines(call: Call, tmp_path: Path) -> None:
    """One line a sentence, with its offsets and the words on which it depends."""
    path = tmp_path / "uncovered.txt"
    path.write_text(UNCOVERED)
    lines = [json.loads(line) for line in call("extract", "--coverage", path, "--format", "jsonl").stdout.splitlines()]
    assert [line["understanding"] for line in lines] == ["understood", "not understood", "nothing in scope", "nothing in scope"]
    assert lines[1]["unknown"] == [["pamper", "verb"]]
    assert all(UNCOVERED[line["start"] : line["end"]] == line["text"] for line in lines)


def test_coverage_is_no_graph(call: Call, text: Path) -> None:
    """Turtle is refused with the formats there are."""
    assert call("extract", "--coverage", text, "--format", "turtle").refuses(2, "--format turtle", "jsonl or table")


OTHER_LANGUAGES = {
    "French": "La Russie a rejoint l'OTAN en 1994 et a envoyé des troupes au Kazakhstan pour l'aider.",
    "Russian": "Россия направила войска в Казахстан. Армения вступила в ОДКБ в 1994 году.",
    "Chinese": "俄罗斯于1994年加入了集体安全条约组织。",
}


@pytest.mark.parametrize("text", OTHER_LANGUAGES.values(), ids=OTHER_LANGUAGES)
def test_another_language_is_not_read(call: Call, tmp_path: Path, text: str) -> None:
    """No statement, and a line that says why."""
    path = tmp_path / "other.txt"
    path.write_text(text, encoding="utf-8")
    outcome = call("extract", path)
    assert (outcome.code, outcome.stdout) == (0, "")
    assert outcome.stderr == f"csto-graph: {path}: does not look like English: nothing is read.\n"


def test_a_text_in_two_languages_is_read_where_it_is_english(call: Call, tmp_path: Path) -> None:
    """The English paragraph is read; the caller hears of the other one."""
    path = tmp_path / "both.txt"
    path.write_text(f"{OTHER_LANGUAGES['French']}\n\n{TEXT}", encoding="utf-8")
    outcome = call("extract", path)
    assert [json.loads(line)["subject"]["label"] for line in outcome.stdout.splitlines()] == ["Armenia"]
    assert outcome.stderr == f"csto-graph: {path}: not read, because they do not look like English: 1 paragraph(s).\n"
