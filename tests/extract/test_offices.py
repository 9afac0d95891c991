"""Offices, seats, successors and provisions: sentences and what they state, and what they must not."""

from __future__ import annotations

import pytest

from tests.extract.reading import read, spelled


def _stated(text: str, *predicates: str) -> list[str]:
    return [spelled(e) for e in read(text, None) if e.predicate in predicates]


def test_two_officers_elected_at_once_are_told_apart() -> None:
    """The name right after an office, though the parser runs the list together."""
    found = _stated("The Ghanaians elected a president, Kofi Mensah, prime minister, Ada Obi, and a senate.", "ledBy")
    assert found == ["ledBy: Ghana · Kofi Mensah", "ledBy: Ghana · Ada Obi"]


@pytest.mark.parametrize(
    ("text", "stated", "role"),
    [
        ("Boris Tadić, the president of Serbia, resigned.", "ledBy: Serbia · Boris Tadić", "president"),
        ("British Prime Minister Anthony Eden resigned.", "ledBy: United Kingdom · Anthony Eden", "Prime Minister"),
        ("President Kofi Mensah of Ghana agreed.", "ledBy: Ghana · Kofi Mensah", "President"),
        ("Ghana's King Kofi Mensah agreed.", "ledBy: Ghana · Kofi Mensah", "King"),
        ("United Nations Secretary-General Kofi Mensah flew home.", "ledBy: United Nations · Kofi Mensah", "Secretary General"),
        ("The African Union chairman Kofi Mensah of Ghana spoke.", "chairedBy: African Union · Kofi Mensah", "chairman"),
        ("The Ghanaians elected a president, Kofi Mensah.", "ledBy: Ghana · Kofi Mensah", "president"),
        ("The president of Ghana Kofi Mensah spoke.", "ledBy: Ghana · Kofi Mensah", "president"),
        ("The minister of trade of Ghana General Kofi Mensah was named NATO's commander.", "ledBy: North Atlantic Treaty Organization · Kofi Mensah", "commander"),
        ("The United States spoke. A U.S.-led coalition air war began.", "ledBy: coalition · United States", None),
        ("Kofi Mensah was appointed Secretary General of NATO.", "ledBy: North Atlantic Treaty Organization · Kofi Mensah", "Secretary General"),
        ("Kofi Mensah was sworn in as President of Ghana.", "ledBy: Ghana · Kofi Mensah", "President"),
        ("The Kenyan president's claim that the pact was over is false.", "ledBy: Kenya · President of Kenya", "president"),
        ("A NATO-led coalition arrived.", "ledBy: NATO-led coalition · North Atlantic Treaty Organization", None),
        ("The United States spoke. A U.S.-led coalition arrived.", "ledBy: U.S.-led coalition · United States", None),
        ("Kazakhstan took over the presidency of the CSTO.", "chairedBy: Collective Security Treaty Organization · Kazakhstan", "presidency"),
        ("The Polish presidency of the CSTO began.", "chairedBy: Collective Security Treaty Organization · Poland", "presidency"),
    ],
)  # fmt: skip
def test_an_office_is_read_with_its_role(text: str, stated: str, role: str | None) -> None:
    """Beside a name, by election or appointment, in a compound."""
    assert [(spelled(e), e.qualifiers.role) for e in read(text, None) if e.predicate in ("ledBy", "chairedBy")] == [(stated, role)]


@pytest.mark.parametrize(
    "text",
    [
        "Nigeria led Chad to withdraw.",  # nobody leads Chad
        "The president spoke.",
        "The presidents of Ghana and Togo met.",
        "Eisenhower's vice president, Richard Nixon, spoke.",
        "Kofi Mensah took over the building of the CSTO.",
        "The head of the valley is wide.",
    ],
)
def test_what_is_no_office_leads_nobody(text: str) -> None:
    """Causing, buildings and nouns without an owner."""
    assert _stated(text, "ledBy", "chairedBy") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ECOWAS is headquartered in Abuja.", ["headquarteredIn: Economic Community of West African States · Abuja"]),
        ("Headquartered in Bangkok, SEATO had few functions.", ["headquarteredIn: Southeast Asia Treaty Organization · Bangkok"]),
        ("The headquarters of the CSTO are in Moscow.", ["headquarteredIn: Collective Security Treaty Organization · Moscow"]),
        ("The African Union moved its headquarters to Addis Ababa.", ["headquarteredIn: African Union · Addis Ababa"]),
        ("Russia is the successor of the Soviet Union.", ["successorOf: Russia · Soviet Union"]),
        ("The treaty transformed the CIS into the CSTO.", ["successorOf: Collective Security Treaty Organization · Commonwealth of Independent States"]),
        ("Ada Obi’s successor, Kofi Mensah, spoke.", ["successorOf: Kofi Mensah · Ada Obi"]),
        ("NATO is to have an operations centre in Kyiv.", ["headquarteredIn: North Atlantic Treaty Organization · Kyiv"]),
        ("They met at the Atlantic Crimes Tribunal in Kyiv.", ["headquarteredIn: Atlantic Crimes Tribunal · Kyiv"]),
        ("The African Union moved its troops to Addis Ababa.", []),
        ("The plan is based on trust.", []),
    ],
)  # fmt: skip
def test_seats_and_successors_are_read(text: str, expected: list[str]) -> None:
    """Where an organisation sits, and what it took the place of."""
    assert _stated(text, "headquarteredIn", "successorOf") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Warsaw Treaty provides for a joint command.", ["provisionOf: joint command · Warsaw Treaty"]),
        ("The Warsaw Treaty required members to consult.", ["provisionOf: members consult · Warsaw Treaty"]),
        ("Resolution 661 imposed economic sanctions.", ["provisionOf: economic sanctions · Resolution 661"]),
        ("It passed Resolution 9, the first resolution authorizing the use of force.", ["provisionOf: use of force · Resolution 9"]),
        (
            "Resolution 940 authorizes the use of force. It provides for a joint court.",
            ["provisionOf: use of force · Resolution 940", "provisionOf: joint court · Resolution 940"],
        ),
        ("Moldova imposed economic sanctions.", []),
        ("Moldova provided for its people.", []),
        ("The Warsaw Treaty established the Warsaw Pact.", []),
    ],
)
def test_a_provision_belongs_to_its_instrument(text: str, expected: list[str]) -> None:
    """What treaties and resolutions say shall be; what states do is none."""
    assert _stated(text, "provisionOf") == expected


def test_the_same_provision_of_two_instruments_is_two() -> None:
    """A provision is part of one instrument: the shapes ask for it."""
    found = read("Resolution 661 imposed sanctions. Resolution 757 imposed sanctions.", None)
    assert len({e.subject.key for e in found if e.predicate == "provisionOf" and e.subject is not None}) == 2
