"""The data protection officer searches the log: what is found, what is shown of a client, and what goes on record."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inzage.access_log.models import AccessLine
from inzage.partners.models import Person
from inzage.portal.paging import PAGE
from inzage.portal.protection import exported
from inzage.rules.days import midnight
from tests.portal.log import a_line, found
from tests.portal.office import NOON, TODAY, Office, Tab, a_dossier
from tests.portal.reading import markup, saved, text

PAGE_OF_LOG = "/toezicht/"


def hidden(response: object) -> dict[str, str]:
    """What the page's own button to the next page sends."""
    form = next(
        form for form in re.findall(r"<form.*?</form>", markup(response), re.S) if 'name="na"' in form
    )
    return {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}


@pytest.fixture
def five(office: Office) -> list[AccessLine]:
    """Five lines that differ in one thing each from the first."""
    other = a_dossier("Bea")
    return [
        a_line(office.anna, person=office.carla.signature),
        a_line(office.anna, person=office.otto.signature),
        a_line(office.anna, person=office.carla.signature, unit="OE2"),
        a_line(other, person=office.carla.signature, kind="export"),
        a_line(office.anna, person=office.carla.signature, at=NOON - timedelta(days=3)),
    ]


@pytest.mark.parametrize(
    ("entered", "expected"),
    [
        ({}, [3, 2, 1, 0, 4]),
        ({"person": "Carla"}, [3, 2, 0, 4]),
        ({"person": "carla "}, [3, 2, 0, 4]),
        ({"unit": "OE2"}, [2]),
        ({"kind": "export"}, [3]),
        ({"since": str(TODAY)}, [3, 2, 1, 0]),
        ({"until": str(TODAY - timedelta(days=1))}, [4]),
        ({"since": str(TODAY - timedelta(days=3)), "until": str(TODAY - timedelta(days=3))}, [4]),
        ({"person": "Carla", "unit": "OE1", "kind": "look", "since": str(TODAY)}, [0]),
        ({"number": "ANNA"}, [2, 1, 0, 4]),
        ({"number": "ANNA", "person": "Otto"}, [1]),
    ],
)
def test_a_search_finds_what_has_everything_in_common(
    dina: Tab, office: Office, five: list[AccessLine], entered: dict[str, str], expected: list[int]
) -> None:
    if "number" in entered:
        entered = {**entered, "number": office.anna.client.client_number}
    assert found(dina.post(PAGE_OF_LOG, entered)) == [five[place].pk for place in expected]


def test_a_client_is_found_by_insz_and_no_address_holds_the_number(
    dina: Tab, office: Office, five: list[AccessLine]
) -> None:
    client = office.anna.client
    page = dina.post(PAGE_OF_LOG, {"number": client.insz})
    assert len(found(page)) == 4
    for link in re.findall(r'(?:href|action)="([^"]*)"', markup(page)):
        assert client.insz not in link
        assert client.client_number not in link


def test_a_list_tells_a_client_by_number_and_not_by_name(
    dina: Tab, office: Office, five: list[AccessLine]
) -> None:
    shown = text(dina.post(PAGE_OF_LOG, {}))
    assert office.anna.client.client_number in shown
    assert "Anna" not in shown
    assert "Verzinsel" not in shown


def test_what_the_officer_was_shown_is_on_record_with_what_was_asked(
    dina: Tab, office: Office, five: list[AccessLine]
) -> None:
    dina.post(PAGE_OF_LOG, {"person": "Otto", "number": office.anna.client.client_number})
    line = AccessLine.objects.latest("pk")
    assert (line.kind, line.unit) == ("search", "")
    assert line.person == Person.objects.get(name="Dina").signature
    assert set(line.shown.values_list("dossier", flat=True)) == {office.anna.pk}
    assert line.stated_reason == "toezicht: gezocht op persoon op klant"


def test_the_search_form_alone_shows_nothing_and_leaves_no_line(dina: Tab, five: list[AccessLine]) -> None:
    before = AccessLine.objects.count()
    assert found(dina.get(PAGE_OF_LOG)) == []
    assert AccessLine.objects.count() == before


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ({"person": "Niemand"}, "Niemand heet precies zo."),
        ({"unit": "OE99"}, "Deze organisatie kennen wij niet."),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "Deze dag ligt vóór het begin van de periode."),
        ({"number": "K9999999"}, "Dit nummer kennen wij niet."),
        ({"kind": "export"}, "Geen enkele lijn past bij wat u zocht."),
    ],
)
def test_where_nothing_can_be_found_the_page_says_what_to_do(
    dina: Tab, office: Office, entered: dict[str, str], said: str
) -> None:
    assert said in text(dina.post(PAGE_OF_LOG, entered))


def test_two_people_of_one_name_are_told_apart_by_their_signatures(dina: Tab, office: Office) -> None:
    Person.objects.filter(pk=office.otto.pk).update(name="Carla")
    page = text(dina.post(PAGE_OF_LOG, {"person": "Carla"}))
    assert f"{office.carla.signature}, {office.otto.signature}" in page
    line = a_line(person=office.otto.signature)
    assert found(dina.post(PAGE_OF_LOG, {"person": office.otto.signature})) == [line.pk]


def test_page_after_page_shows_every_line_once_also_those_of_one_moment(dina: Tab, office: Office) -> None:
    lines = [a_line(office.anna, at=NOON - timedelta(minutes=number // 60)) for number in range(2 * PAGE + 7)]
    page, seen = dina.post(PAGE_OF_LOG, {"kind": "look"}), list[int]()
    for _ in range(3):
        seen += found(page)
        if 'name="na"' in markup(page):
            page = dina.post(PAGE_OF_LOG, hidden(page))
    assert len(seen) == len(lines)
    assert seen == [line.pk for line in sorted(lines, key=lambda line: (line.at, line.pk), reverse=True)]


@pytest.mark.parametrize("place", ["x", "1", "1_x", "9" * 30, "1_2_3"])
def test_a_place_in_the_list_that_is_none_is_a_bad_request(dina: Tab, place: str) -> None:
    assert dina.post(PAGE_OF_LOG, {"na": place}).status_code == 400


def test_a_line_that_shows_many_names_a_few_and_leads_to_all(dina: Tab, office: Office) -> None:
    shown = [a_dossier(f"Klant{number}") for number in range(PAGE + 1)]
    line = a_line(*shown, kind="list")
    numbers = [dossier.client.client_number for dossier in shown]
    page = text(dina.post(PAGE_OF_LOG, {"kind": "list"}))
    assert [number for number in numbers if number in page] == numbers[:3]
    assert "en meer" in page
    first = dina.get(f"/toezicht/lijnen/{line.pk}/")
    assert [number for number in numbers if number in text(first)] == numbers[:PAGE]
    after = re.search(r"(na=\d+)", markup(first))
    assert after is not None
    second = text(dina.get(f"/toezicht/lijnen/{line.pk}/?{after.group(1)}"))
    assert [number for number in numbers if number in second] == numbers[PAGE:]


def test_a_search_is_saved_as_a_file_and_that_is_on_record(
    dina: Tab, office: Office, five: list[AccessLine]
) -> None:
    columns, *rows = saved(dina.post(PAGE_OF_LOG, {"person": "Carla", "export": "1"}))
    assert len(columns) == 13
    assert [row[2] for row in rows] == ["Carla"] * 4
    line = AccessLine.objects.latest("pk")
    assert line.kind == "export"
    named = line.shown.values_list("dossier__client__client_number", flat=True)
    assert set(named) == {row[7] for row in rows}
    assert office.anna.client.client_number in named


def test_no_text_in_the_file_begins_a_formula(dina: Tab, office: Office) -> None:
    reasons = ["=1+1", "+32", "-2", "@SUM(A1)", "\tx"]
    for reason in reasons:
        a_line(office.anna, person="run", unit="", stated_reason=reason)
    Person.objects.filter(pk=office.carla.pk).update(name="=cmd|' /C calc'!A0")
    a_line(office.anna, person=office.carla.signature)
    _columns, *rows = saved(dina.post(PAGE_OF_LOG, {"export": "1"}))
    cells = [cell for row in rows for cell in row if cell]
    assert len(rows) == len(reasons) + 1
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))] == []
    assert sum(cell.startswith("'") for cell in cells) == len(reasons) + 1


def test_more_than_a_file_holds_is_refused_and_leaves_no_line(
    dina: Tab, office: Office, five: list[AccessLine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exported, "MOST", 4)
    before = AccessLine.objects.count()
    page = dina.post(PAGE_OF_LOG, {"export": "1"})
    assert "Maak de periode korter" in text(page)
    assert AccessLine.objects.count() == before


def test_a_search_with_every_field_takes_few_queries(
    dina: Tab, office: Office, five: list[AccessLine]
) -> None:
    everything = {
        "person": "Carla",
        "unit": "OE1",
        "number": office.anna.client.client_number,
        "kind": "look",
        "since": str(TODAY - timedelta(days=9)),
        "until": str(TODAY),
    }
    for entered in (everything, {}):
        with CaptureQueriesContext(connection) as queries:
            assert found(dina.post(PAGE_OF_LOG, entered))
        assert sum("SAVEPOINT" not in query["sql"] for query in queries) <= 12


def test_the_day_of_a_line_is_a_day_in_brussels(dina: Tab, office: Office) -> None:
    begins = midnight(TODAY)
    lines = [a_line(office.anna, at=begins + timedelta(minutes=minutes)) for minutes in (-1, 0, 1439, 1440)]
    of_today = {"kind": "look", "since": str(TODAY), "until": str(TODAY)}
    assert found(dina.post(PAGE_OF_LOG, of_today)) == [lines[2].pk, lines[1].pk]
