"""When a statement holds: dates in every spelling, relative times, spans, and the verb that each time belongs to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csto_graph.extract.dates import MONTHS, dates
from csto_graph.extract.relative import relatives
from csto_graph.model import Qualifiers
from tests.extract.reading import names, read

DATE = "2023-04-04"

# text, subject, predicate, object, time — "1992", "1992–" from, "–1999" to, "1992–1999" both, "@2023-04-04" valid at, "" none
OWN = [
    ("Armenia joined the CSTO on 20 November 2020.", "Armenia", "joined", "CSTO", "2020-11-20"),
    ("On November 11, 1975, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1975-11-11"),
    ("Armenia joined the CSTO on Nov. 11, 1975.", "Armenia", "joined", "CSTO", "1975-11-11"),
    ("Armenia joined the CSTO on the 3rd of May 1992.", "Armenia", "joined", "CSTO", "1992-05-03"),
    ("In May 1992 a declaration of the creation of KFOR was made by NATO.", "NATO", "establishedForce", "KFOR", "1992-05"),
    ("Armenia announced its withdrawal from the CSTO. The withdrawal took effect in 1992.", "Armenia", "withdrewFrom", "CSTO", "1992"),
    ("In May 1992 the CSTO met. At that meeting Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1992-05"),
    ("In May 1992 the CSTO met. It was cold. At that meeting Armenia joined the CSTO.", "Armenia", "joined", "CSTO", ""),
    ("Armenia joined the CSTO on 1992-05-15.", "Armenia", "joined", "CSTO", "1992-05-15"),
    ("In June 2010 Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "2010-06"),
    ("In June of 2010, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "2010-06"),
    ("Armenia joined the CSTO in Sept. 1991.", "Armenia", "joined", "CSTO", "1991-09"),
    ("In late 1950, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1950"),
    ("Armenia joined the CSTO in early September 1991.", "Armenia", "joined", "CSTO", "1991-09"),
    ("Armenia joined the CSTO in mid-1951.", "Armenia", "joined", "CSTO", "1951"),
    ("In the summer of 1994, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1994"),
    ("At the end of 1994, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1994"),
    ("By 1 September 2010, Armenia had joined the CSTO.", "Armenia", "joined", "CSTO", "2010-09-01"),
    ("During 2005 Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "2005"),
    ("Later in 1949, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1949"),
    ("Armenia joined the CSTO in the 1990s.", "Armenia", "joined", "CSTO", ""),
    ("Armenia joined the CSTO after 1991.", "Armenia", "joined", "CSTO", ""),
    ("Armenia joined the CSTO before May 1991.", "Armenia", "joined", "CSTO", ""),
    ("Armenia joined the CSTO with 1,500 soldiers.", "Armenia", "joined", "CSTO", ""),
    ("Armenia joined the CSTO with 2000 soldiers.", "Armenia", "joined", "CSTO", ""),
    ("Under Resolution 1973 Armenia joined the CSTO.", "Armenia", "joined", "CSTO", ""),
    ("Armenia joined the CSTO for 1992 euros.", "Armenia", "joined", "CSTO", ""),
    ("Armenia joined the CSTO on 31 February 1992.", "Armenia", "joined", "CSTO", ""),
    ("Armenia may join the CSTO.", "Armenia", "joined", "CSTO", ""),
    ("Armenia joined the CSTO, which signed an agreement in 2007.", "Armenia", "joined", "CSTO", ""),
    ("After the war that began in 1991, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", ""),
    ("Armenia, which Russia invaded in 1920, joined the CSTO.", "Armenia", "joined", "CSTO", ""),
    ("Armenia said in 1991 that Georgia had joined the CSTO.", "Georgia", "joined", "CSTO", ""),
    # spans
    ("Georgia was a member of the CSTO from 1993 to 1999.", "Georgia", "memberOf", "CSTO", "1993–1999"),
    ("Georgia was a member of the CSTO between 1993 and 1999.", "Georgia", "memberOf", "CSTO", "1993–1999"),
    ("Georgia was a member of the CSTO from March 1993 until May 1999.", "Georgia", "memberOf", "CSTO", "1993-03–1999-05"),
    ("Georgia was a member of the CSTO from 3 March to 5 May 1999.", "Georgia", "memberOf", "CSTO", "1999-03-03–1999-05-05"),
    ("Georgia was a member of the CSTO between June and August 1990.", "Georgia", "memberOf", "CSTO", "1990-06–1990-08"),
    ("Georgia was a member of the CSTO in 1998–1999.", "Georgia", "memberOf", "CSTO", "1998–1999"),
    ("Georgia was a member of the CSTO in 1998-99.", "Georgia", "memberOf", "CSTO", "1998–1999"),
    ("Georgia has been a member of the CSTO since 1993.", "Georgia", "memberOf", "CSTO", "1993–"),
    ("Georgia was a member of the CSTO until June 1999.", "Georgia", "memberOf", "CSTO", "–1999-06"),
    ("The Warsaw Pact was dissolved in March and July of 1991.", "Warsaw Pact", "dissolvedOn", None, "1991-03–1991-07"),
    # who signed first has been there from the founding
    ("NATO was founded in 1949. The original signatories to NATO were Fiji and Chad.", "Chad", "memberOf", "NATO", "1949–"),
    ("NATO was founded in 1949. The signatories to NATO were Fiji and Chad.", "Chad", "memberOf", "NATO", ""),
    # said from another time
    ("Russia joined the CSTO in 1992. Two years later, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1994"),
    ("Russia joined the CSTO in 1992. The following year, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1993"),
    ("Russia joined the CSTO in 1992. Armenia joined the CSTO the same year.", "Armenia", "joined", "CSTO", "1992"),
    ("Russia joined the CSTO on 3 May 1992. That year Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1992"),
    ("Russia joined the CSTO on 3 May 1992. That same day, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1992-05-03"),
    ("Russia joined the CSTO on 31 May 1992. The next day, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1992-06-01"),
    ("Russia joined the CSTO on 1 May 1992. The previous day Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1992-04-30"),
    ("Russia joined the CSTO on 1 May 1992. Two days earlier, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1992-04-29"),
    ("Russia joined the CSTO in December 1992. A month later, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1993-01"),
    ("Russia joined the CSTO in 1992. A month later, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", ""),
    ("Russia joined the CSTO in 1992. Some days later, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", ""),
    ("Russia joined the CSTO in 1992. In August, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1992-08"),
    ("Russia joined the CSTO in 1992. On August 5, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1992-08-05"),
    ("Russia joined the CSTO in 1992. On Friday 9 December, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1992-12-09"),
    ("Russia joined the CSTO in 1992, which met in 1999. In May, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1992-05"),
    ("In August, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", ""),
    ("The following year, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", ""),
    # said from the document's date
    ("Seventy-four years ago today, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1949-04-04"),
    ("Ten years ago, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "2013"),
    ("Today Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "2023-04-04"),
    ("Yesterday, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "2023-04-03"),
    ("Last year, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "2022"),
    ("Armenia joined the CSTO last month.", "Armenia", "joined", "CSTO", "2023-03"),
    ("Armenia joined the CSTO on Monday.", "Armenia", "joined", "CSTO", "2023-04-03"),
    ("For the last year, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", ""),
    ("Armenia is a member of the CSTO.", "Armenia", "memberOf", "CSTO", "@2023-04-04"),
    ("Armenia is currently a member of the CSTO.", "Armenia", "memberOf", "CSTO", "@2023-04-04"),
    ("Armenia was a member of the CSTO.", "Armenia", "memberOf", "CSTO", ""),
    # whose time it is
    ("In 1992, Armenia signed the Collective Security Treaty and joined the CSTO.", "Armenia", "joined", "CSTO", "1992"),
    ("Armenia left NATO in 1991 and joined the CSTO in 1992.", "Armenia", "joined", "CSTO", "1992"),
    ("Armenia left NATO in 1991 and joined the CSTO in 1992.", "Armenia", "withdrewFrom", "NATO", "1991"),
    ("In 2002 Armenia announced its withdrawal from the CSTO.", "Armenia", "withdrewFrom", "CSTO", "2002"),
    ("In 2002 Armenia announced that it would leave the CSTO.", "Armenia", "withdrewFrom", "CSTO", "2002"),
    ("In 2002, Armenia announced a plan to leave the CSTO.", "Armenia", "withdrewFrom", "CSTO", "2002"),
    ("Armenia joined the CSTO when the treaty was renewed in 1999.", "Armenia", "joined", "CSTO", "1999"),
    ("Armenia was admitted to the CSTO through a resolution passed in 1999.", "Armenia", "joined", "CSTO", "1999"),
    ("Iraq in 1932 and Egypt in 1937 joined the League of Nations.", "Egypt", "joined", "League of Nations", "1937"),
    ("Iraq in 1932 and Egypt in 1937 joined the League of Nations.", "Iraq", "joined", "League of Nations", "1932"),
    ("Greece and Turkey in 1952 and Spain in 1982 joined NATO.", "Greece", "joined", "NATO", "1952"),
    ("Kenya (1961) and Ghana (1957) joined the United Nations.", "Ghana", "joined", "United Nations", "1957"),
    ("Armenia was an observer until 1999, when it joined the CSTO.", "Armenia", "joined", "CSTO", "1999"),
    ("Three days after the invasion on 2 August 1990, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", ""),
    ("Under the 1995 agreements, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", ""),
    ("At the 1999 Minsk summit, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1999"),
    ("It was not until May 1992 that Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1992-05"),
    ("Armenia did not join the CSTO until 1992.", "Armenia", "joined", "CSTO", "1992"),
    ("Armenia left NATO in May 1992, thereby joining the CSTO.", "Armenia", "joined", "CSTO", "1992-05"),
    ("Armenia left NATO in May 1992, while Georgia joined the CSTO.", "Georgia", "joined", "CSTO", ""),
    ("Russia joined the CSTO in 1992. That autumn, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1992"),
    ("Russia joined the CSTO in December 1992. The following July, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1993-07"),
    ("Russia joined the CSTO in May 1992. The previous December, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1991-12"),
    ("Russia joined the CSTO in 1992. The following spring, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1993"),
    ("Russia joined the CSTO in 1992. The following autumn, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", ""),
    ("Russia joined the CSTO in 1992. At the same time, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1992"),
    ("At the same time, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", ""),
    ("Russia joined the CSTO in 1992. It had left NATO in 1980. In May, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1980-05"),
    ("Russia joined the CSTO in 1992. It left NATO in 1980. It was weak. In May, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", ""),
    ("Russia left NATO in 1992. Six years later, in May 1998, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1998-05"),
    ("Russia joined the CSTO in May 1992. Georgia met Ukraine in a March 1997 summit. Two months later, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1997-05"),
    ("Russia joined the CSTO in 1992. The alliance condemned the 1997 coup. In May, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1997-05"),
    ("Russia left NATO on 1 May 1992 and Georgia left it on 3 May 1993. On the latter date, Armenia joined the CSTO.", "Armenia", "joined", "CSTO", "1993-05-03"),
    ("Georgia was a member of the CSTO (1993–99).", "Georgia", "memberOf", "CSTO", "1993–1999"),
    ("The Warsaw Pact (1955–91) was dissolved.", "Warsaw Pact", "dissolvedOn", None, ""),
    ("The 1954 creation of SEATO included France and Pakistan.", "France", "memberOf", "SEATO", "1954"),
    ("The 1978 Camp David Accords were signed by Egypt and Israel on 17 September.", "Egypt", "signatoryOf", None, "1978-09-17"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "subject", "predicate", "object_", "when"), OWN, ids=[f"{c[0]} {c[2]}" for c in OWN])
def test_a_statement_has_its_own_time(text: str, subject: str, predicate: str, object_: str | None, when: str) -> None:
    """The time is that of the statement's verb, in the precision of the text; none where the text does not say."""
    of = [e for e in read(text, DATE) if e.predicate == predicate and subject in names(e.subject)]
    found = [e for e in of if object_ is None or object_ in names(e.object)]
    assert found, read(text, DATE)
    assert spelled(found[-1].qualifiers) == when


def spelled(when: Qualifiers) -> str:
    """A time as the table above writes it."""
    if when.from_ or when.to:
        return f"{when.from_ or ''}–{when.to or ''}"
    return when.time or (f"@{when.valid_at}" if when.valid_at else "")


def test_without_a_document_date_nothing_is_said_from_it() -> None:
    """No today, yesterday or weekday is made up."""
    for words in ("Today", "Yesterday", "Ten years ago", "Last year"):
        (found,) = [e for e in read(f"{words}, Armenia joined the CSTO.", None) if e.predicate == "joined"]
        assert found.qualifiers == Qualifiers()


_LONG = [name for name in MONTHS if len(name) > 4 or name in ("may", "june", "july")]
_DAYS = st.dates(min_value=date(1600, 1, 1), max_value=date(2099, 12, 31))


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


@given(_DAYS, st.sampled_from(["{d} {m} {y}", "{m} {d}, {y}", "{m} {d} {y}", "{o} of {m} {y}", "{o} {m}, {y}", "{m} {o}, {y}", "{iso}"]),
       st.sampled_from(["on {}", "On {}, they met.", "({})", "until {};", "{}"]), st.booleans())  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_a_day_is_read_back_from_every_spelling(day: date, spelling: str, around: str, short: bool) -> None:
    """Whatever way a day is written, it is that day."""
    month = day.strftime("%b." if short else "%B")
    written = spelling.format(d=day.day, o=_ordinal(day.day), m=month, y=day.year, iso=day.isoformat())
    assert [found.value for found in dates(around.format(written))] == [day.isoformat()]


@given(_DAYS, st.sampled_from(["{m} {y}", "{m} of {y}", "{m}, {y}", "early {m} {y}"]), st.booleans())
@settings(max_examples=100, deadline=None)
def test_a_month_is_read_back_from_every_spelling(day: date, spelling: str, short: bool) -> None:
    """A month is no day."""
    written = spelling.format(m=day.strftime("%b." if short else "%B"), y=day.year)
    assert [found.value for found in dates(f"in {written}.")] == [f"{day:%Y-%m}"]


@given(_DAYS, _DAYS, st.sampled_from(["from {} to {}", "between {} and {}", "{}–{}", "{}-{}", "{} – {}"]))
@settings(max_examples=100, deadline=None)
def test_a_span_of_years_is_read_back(first: date, last: date, spelling: str) -> None:
    """Both ends of a span are there, in order."""
    assert [found.value for found in dates(spelling.format(first.year, last.year))] == [str(first.year), str(last.year)]


@given(st.integers(0, 9999), st.sampled_from(["{}s", "{},000", "1,{}", "${}", "{}%", "{}th", "no{}", "3.{}"]))
def test_a_number_is_no_year(number: int, spelling: str) -> None:
    """Decades, sums, shares and ordinals give no date."""
    assert dates(f"about {spelling.format(number)} of them") == ()


@given(_DAYS, st.integers(1, 90))
def test_years_later_and_earlier_are_inverse(day: date, years: int) -> None:
    """What is so many years later is as many years earlier from there."""
    (later,), (earlier,) = relatives(f"{years} years later"), relatives(f"{years} years earlier")
    there = later.value(str(day.year))
    assert there is not None and earlier.value(there) == str(day.year)
