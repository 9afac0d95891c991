"""Texts as they come: nothing is invented, nothing breaks, and every offset holds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csto_graph.model import Extraction, Mention, Value
from tests.extract.reading import read, spelled

FACT = "Armenia joined the CSTO in 1994."
JOINED = ["joined"]
SENTENCES = [
    FACT,
    "In 2009, Albania and Croatia joined NATO.",
    "Russia deployed 2,000 troops to Kazakhstan in January 2022.",
    "Georgia withdrew from the CSTO in 1999.",
    "France did not leave NATO.",
    "The treaty was signed on 15 May 1992.",
]
NOTHING = [
    ("French", "La Russie a rejoint l'OTAN en 1994 et a envoyé des troupes au Kazakhstan pour l'aider."),
    ("Russian", "Россия направила войска в Казахстан. Армения вступила в ОДКБ в 1994 году."),
    ("Chinese", "俄罗斯于1994年加入了集体安全条约组织。"),
    ("Arabic", "انضمت أرمينيا إلى منظمة معاهدة الأمن الجماعي عام 1994."),
    ("German", "Die NATO hat im Jahr 1999 Truppen nach Kosovo geschickt, und Albanien ist dem Bündnis beigetreten."),
]
TABLES = [
    "State\tAccession\nArmenia\tjoined the CSTO\t1994\nGeorgia\tleft the CSTO\t1999",
    "| State | What |\n|---|---|\n| Armenia | joined the CSTO in 1994. |",
    "Armenia      joined the CSTO      1994\nGeorgia      left the CSTO        1999",
]


@pytest.mark.parametrize("text", [text for _, text in NOTHING], ids=[name for name, _ in NOTHING])
def test_another_language_states_nothing(text: str) -> None:
    """Nothing is read of it, and nothing of it is a reference of the English beside it."""
    assert read(text) == ()
    assert [e.predicate for e in read(f"{text}\n\n{FACT}")] == JOINED


@pytest.mark.parametrize("table", TABLES, ids=["tabs", "bars", "blanks"])
def test_a_table_is_no_sentence(table: str) -> None:
    """Cells beside one another state nothing, and the sentence below them is read."""
    assert read(table) == ()
    assert [e.predicate for e in read(f"{table}\n{FACT}")] == JOINED


READ = [
    ("\u202bArmenia\u202c joined the \u200fCSTO\u200e in 1994.", "Armenia\u202c joined the \u200fCSTO"),
    ("😀 𝔘𝔫 🇦🇲! Armenia joined the CSTO in 1994.", "Armenia joined the CSTO"),
    ("\ufeffArmenia joined\u00a0the CSTO in\u00a01994.", "Armenia joined\u00a0the CSTO"),
    ("Armenia joined the CS\u00adTO in 1994.", "Armenia joined the CS\u00adTO"),
    ("It met.[3] Armenia joined the CSTO[4][a] in 1994.[12]", "Armenia joined the CSTO"),
    ("It met.¹² Armenia[^1] joined [5, 7] the CSTO in 1994.³", "Armenia[^1] joined [5, 7] the CSTO"),
    ("Armenia joined\r\nthe CSTO in 1994.\r\n", "Armenia joined\r\nthe CSTO"),
    ("Armenia joined\rthe CSTO in 1994.\r", "Armenia joined\rthe CSTO"),
    ("It met.\fArmenia joined the CSTO in 1994.\x0b", "Armenia joined the CSTO"),
    ("> Armenia joined the CSTO in 1994.", "Armenia joined the CSTO"),
]


@pytest.mark.parametrize(("text", "words"), READ)
def test_marks_and_blanks_do_not_hide_a_fact(text: str, words: str) -> None:
    """What is printed as nothing, or leads to a note, is read over; the evidence keeps every character."""
    (fact,) = read(text)
    assert spelled(fact).startswith("joined: Armenia · ")
    assert fact.qualifiers.time == "1994"
    assert words == fact.evidence.exact
    _holds(text, (fact,))


SHOUTED = [("ARMENIA LEFT THE CSTO", 0), ("NATO TROOPS, MEMBERS AND STATES: A HISTORY OF ALLIANCES", 0)]


@pytest.mark.parametrize(("text", "count"), SHOUTED)
def test_a_headline_in_capitals_states_nothing(text: str, count: int) -> None:
    """A heading is kept and not read, in capitals as in any letters."""
    assert len(read(text)) == count


LONG = [
    "troops and states of the alliance " * 3_000,
    "Armenia" * 15_000,
    "Russia, Armenia, " * 6_000,
    '"' + "The treaty was signed by the states " * 3_000,
]


@pytest.mark.slow
@pytest.mark.parametrize("text", LONG, ids=["words", "no blank", "names", "open quotation"])
def test_a_hundred_thousand_characters_without_a_full_stop_state_nothing(text: str) -> None:
    """No crash and no fact; what is said after them, in a paragraph of its own, is read."""
    found = read(f"{text}\n\n{FACT}")
    _holds(f"{text}\n\n{FACT}", found)
    assert [e.predicate for e in found if e.evidence.start > len(text)] == JOINED


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    """What follows in a paragraph of its own is said by the text."""
    text = f'"We will never join them, the minister said.\n\n{FACT}'
    assert [(e.predicate, e.status.value) for e in read(text) if e.evidence.start > 40] == [("joined", "asserted")]


def _holds(text: str, found: tuple[Extraction, ...]) -> None:
    for extraction in found:
        evidence = extraction.evidence
        assert 0 <= evidence.start < evidence.end <= len(text)
        assert evidence.exact == text[evidence.start : evidence.end]
        assert "\n\n" not in evidence.exact


def _facts(found: tuple[Extraction, ...], by: int = 0) -> list[tuple[object, ...]]:
    return [(spelled(e), e.status, e.qualifiers.time, e.evidence.start - by, e.evidence.exact, *_spans(e, by)) for e in found]


def _spans(extraction: Extraction, by: int) -> list[tuple[int, int] | None]:
    ends: tuple[Mention | Value | None, ...] = (extraction.subject, extraction.object)
    return [(end.start - by, end.end - by) if isinstance(end, Mention) else None for end in ends]


JUNK = st.one_of(
    st.text(alphabet="🙂🇦🇲𝔘\u200b\u200f\u202b\ufeff\u00ad\u00a0\t |[]()\"'«»“”-–—*#>&<{}\\/%+=_~^0123456789.,;:!?", max_size=40),
    st.sampled_from([*(text for _, text in NOTHING), "\x0b", "\f", "|---|---|", "a\tb\tc", '"', "“", "[", "...", "http://x.org/?a=b", "1.", "- "]),
)
BREAK = st.sampled_from(["\n\n", "\n", "\r\n", "\r\n\r\n", " ", "\f"])
PIECES = st.lists(st.tuples(st.one_of(st.sampled_from(SENTENCES), JUNK), BREAK), max_size=6)
PATIENT = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@PATIENT
@given(PIECES)
def test_evidence_is_exact_in_any_text_and_two_readings_agree(pieces: list[tuple[str, str]]) -> None:
    """Whatever surrounds the sentences: offsets are in range, the quotation is the text's, and the result is one."""
    text = "".join(piece + end for piece, end in pieces)
    found = read(text)
    _holds(text, found)
    assert found == read(text)


@PATIENT
@given(st.lists(JUNK.filter(lambda junk: "\n" not in junk), max_size=3), st.sampled_from(SENTENCES))
def test_a_paragraph_of_nothing_before_a_sentence_moves_it_only(junk: list[str], sentence: str) -> None:
    """The facts of the sentence are the same, with offsets moved by the length of what stands before it."""
    before = "".join(f"{paragraph}\n\n" for paragraph in junk)
    assert _facts(read(before + sentence), len(before)) == _facts(read(sentence))
