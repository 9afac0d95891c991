"""`link accept` and `link reject` write what was decided, whole, the same bytes whatever the order, and refuse by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_graph.link.external.review import COLUMNS
from csto_graph.sssom import read_mappings
from tests.cli.calls import Call, Outcome

SIGNED = ("--author", "A. Reviewer", "--date", "2026-11-28")
ARMENIA, BELARUS = ("https://w3id.org/csto-graph/id/state/armenia", "https://w3id.org/csto-graph/id/state/belarus")
ONE, TWO = "https://other.test/1", "https://other.test/2"


def _table(folder: Path, *lines: dict[str, str]) -> Path:
    path = folder / "review.tsv"
    text = ["\t".join(COLUMNS), *("\t".join(line.get(column, "") for column in COLUMNS) for line in lines)]
    path.write_text("".join(f"{line}\r\n" for line in text), encoding="utf-8-sig")  # as spreadsheets save it
    return path


def _line(decision: str, subject: str, object_: str, **more: str) -> dict[str, str]:
    return {"decision": decision, "subject": subject, "object": object_, "score": "0,95", "object_label": "it"} | more


def _pairs(home: Path) -> list[tuple[str, str, bool]]:
    found = read_mappings(home / "mappings" / "other.sssom.tsv").mappings
    return [(each.subject.rpartition("/")[2], each.object.rpartition("/")[2], each.negated) for each in found]


def test_a_table_is_carried_out(call: Call, home: Path, tmp_path: Path) -> None:
    """Both decisions at once; what is undecided stays so; author, date, score and comment are kept."""
    path = _table(tmp_path, _line("accept", ARMENIA, ONE, comment="seen"), _line("Reject", ARMENIA, TWO), _line("", BELARUS, TWO))
    found = call("link", "accept", path, *SIGNED, "--home", home)
    assert (found.code, found.stdout) == (0, "")
    assert "1 accepted, 1 rejected, 0 known before" in found.stderr
    assert _pairs(home) == [("armenia", "1", False), ("armenia", "2", True)]
    first, second = read_mappings(home / "mappings" / "other.sssom.tsv").mappings
    assert (first.author, first.date, str(first.confidence), first.comment) == ("A. Reviewer", "2026-11-28", "0.95", "seen")
    assert (first.subject_label, first.object_label, second.confidence) == ("Armenia", "it", None)


def test_one_pair(call: Call, home: Path) -> None:
    """By names; again it is known; twice the same bytes."""
    arguments = ("link", "accept", "Armenia", ONE, "--predicate", "skos:closeMatch", *SIGNED, "--home", home)
    assert call(*arguments).code == 0
    before = (home / "mappings" / "other.sssom.tsv").read_bytes()
    assert "0 accepted, 0 rejected, 1 known before: no file changed" in call(*arguments).stderr
    assert (home / "mappings" / "other.sssom.tsv").read_bytes() == before
    assert b"skos:closeMatch" in before


def test_the_order_of_decisions_leaves_no_trace(call: Call, home: Path, tmp_path: Path) -> None:
    """The same decisions in two orders are the same file."""
    file, written = home / "mappings" / "other.sssom.tsv", []
    for lines in ([_line("accept", ARMENIA, ONE), _line("accept", BELARUS, TWO)], [_line("accept", BELARUS, TWO), _line("accept", ARMENIA, ONE)]):
        for line in lines:
            assert call("link", "accept", _table(tmp_path, line), *SIGNED, "--home", home).code == 0
        written.append(file.read_bytes())
        file.unlink()
    assert written[0] == written[1]


def test_what_was_rejected_is_never_proposed_again(call: Call, home: Path, tmp_path: Path) -> None:
    """And what was accepted is not proposed either."""
    extract = tmp_path / "x.csv"
    extract.write_text(f"iri,label,types\n{ONE},Armenia,country\n{TWO},Belarus,country\n", encoding="utf-8")
    propose = ("link", "propose", "--target", extract, "--least", "0.7", "--home", home)
    assert call(*propose).stdout.count("\n") == 3
    assert call("link", "reject", "Armenia", ONE, *SIGNED, "--home", home).code == 0
    assert ONE not in call(*propose).stdout
    assert call("link", "accept", "Belarus", TWO, *SIGNED, "--home", home).code == 0
    assert call(*propose).stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("lines", "place", "said"),
    [
        ([_line("accept", ARMENIA, ONE), _line("reject", ARMENIA, ONE)], 3, "decided the other way in"),
        ([_line("accept", ARMENIA, ONE), _line("accept", ARMENIA, TWO)], 3, f"<{ARMENIA}> is one thing with <{ONE}> already"),
        ([_line("accept", ARMENIA, ONE), _line("accept", BELARUS, ONE)], 3, f"<{ONE}> is one thing with <{ARMENIA}> already"),
        ([_line("accept", f"{ARMENIA}x", ONE)], 2, "is no thing of the release"),
        ([_line("accept", ARMENIA, "https://nowhere.test/1")], 2, "is of no data set that we know"),
        ([_line("accept", ARMENIA, "https://other.test/x")], 2, "is of no data set that we know"),
        ([_line("perhaps", ARMENIA, ONE)], 2, "decision 'perhaps' is none"),
        ([_line("accept", ARMENIA, ONE, predicate="owl:sameAs")], 2, "predicate 'owl:sameAs' is none"),
        ([_line("accept", ARMENIA, ONE, score="95")], 2, "score '95' is no number from 0 to 1"),
        ([_line("accept", ARMENIA, ONE, date="28.11.2026")], 2, "date '28.11.2026' is not a day"),
        ([_line("accept", "Armenia", ONE)], 2, "subject 'Armenia' is no IRI"),
    ],
)  # fmt: skip
def test_a_contradiction_is_refused_by_its_line(
    call: Call, home: Path, tmp_path: Path, lines: list[dict[str, str]], place: int, said: str
) -> None:
    """Nothing of the table is written then."""
    path = _table(tmp_path, *lines)
    assert call("link", "accept", path, *SIGNED, "--home", home).refuses(1, f"{path}:{place}: ", said)
    assert not (home / "mappings" / "other.sssom.tsv").exists()


@pytest.mark.parametrize(
    ("command", "subject", "object_", "said"),
    [
        ("reject", "Armenia", ONE, "the pair was accepted before"),
        ("accept", "Armenia", TWO, "is one thing with"),
        ("accept", "Belarus", ONE, "is one thing with"),
    ],
)
def test_what_contradicts_an_earlier_decision_is_refused(call: Call, home: Path, command: str, subject: str, object_: str, said: str) -> None:
    """The file that has it is named, and stays as it was."""
    assert call("link", "accept", "Armenia", ONE, *SIGNED, "--home", home).code == 0
    file = home / "mappings" / "other.sssom.tsv"
    before = file.read_bytes()
    assert call("link", command, subject, object_, *SIGNED, "--home", home).refuses(1, said, file)
    assert file.read_bytes() == before


def test_a_second_link_may_be_close(call: Call, home: Path) -> None:
    """Only what says that two are one thing is unique."""
    for object_, predicate in ((ONE, "skos:exactMatch"), (TWO, "skos:closeMatch")):
        assert call("link", "accept", "Armenia", object_, "--predicate", predicate, *SIGNED, "--home", home).code == 0
    assert len(_pairs(home)) == 2


def test_a_decision_is_signed(call: Call, home: Path) -> None:
    """By a person, with a day: neither is made up."""
    assert call("link", "accept", "Armenia", ONE, "--home", home).refuses(1, "nobody says who decided, and when")


@pytest.mark.parametrize(
    ("head", "said"),
    [("decision\tsubject\n", "column 'object' is missing"), ("decision\tsubject\tobject\tx\n", "column 'x' is unknown")],
)
def test_a_table_with_wrong_columns(call: Call, home: Path, tmp_path: Path, head: str, said: str) -> None:
    """Refused at its first line."""
    path = tmp_path / "review.tsv"
    path.write_text(head, encoding="utf-8")
    assert call("link", "accept", path, *SIGNED, "--home", home).refuses(1, f"{path}:1", said)


def test_a_call_that_cannot_be_meant(call: Call, home: Path, tmp_path: Path) -> None:
    """One line and exit 2."""
    outcomes: list[tuple[Outcome, str]] = [
        (call("link", "accept", "a", "b", "c", "--home", home), "takes a table, or one pair"),
        (call("link", "accept", tmp_path / "none.tsv", "--home", home), "cannot be read"),
        (call("link", "reject", "Nowhereland", ONE, *SIGNED, "--home", home), "does not name a thing"),
    ]
    assert [said for outcome, said in outcomes if not outcome.refuses(2, said)] == []
