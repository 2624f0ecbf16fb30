"""The data protection officer searches the log: what is found, what is shown of a client, and what goes on record."""

import csv
import io
import re
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inzage.access_log.models import AccessLine, ShownDossier
from inzage.dossiers.models import Dossier
from inzage.partners.models import Person
from inzage.portal.paging import PAGE
from inzage.portal.protection import exported
from inzage.portal.protection.finding import Wanted, latest_first, lines_of
from inzage.rules.days import midnight
from tests.portal.office import NOON, TODAY, Office, Tab, a_dossier, a_person, signed_in_as
from tests.portal.reading import markup, text

PAGE_OF_LOG = "/toezicht/"


@pytest.fixture
def dina(office: Office) -> Tab:
    """The officer's browser."""
    return signed_in_as(a_person("Dina", Person.Role.DATA_PROTECTION_OFFICER))


def a_line(*dossiers: Dossier, at: datetime = NOON, **given: str) -> AccessLine:
    """A line of Carla's for Werkpad, or another's, that shows these dossiers."""
    known = {"kind": "look", "person": "person:1", "unit": "OE1", "part": "general"}
    line = AccessLine.objects.create(at=at, **{**known, **given})
    for dossier in dossiers:
        ShownDossier.objects.create(
            line=line, dossier=dossier, verdict="right_stands", rule="closing.executor"
        )
    return line


def found(response: object) -> list[int]:
    """The lines on the page, by their numbers."""
    return [int(number) for number in re.findall(r'href="/toezicht/lijnen/(\d+)/">\d', markup(response))]


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


def saved(response: object) -> list[list[str]]:
    """The rows of a file, the one with the columns first."""
    content = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(content), delimiter=";"))


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


@pytest.fixture
def long_log(office: Office) -> None:
    """Lines of many people and units on many days, counted by the database, which goes by that."""
    lines = [
        AccessLine(
            at=NOON - timedelta(hours=number),
            kind="export" if number % 100 == 0 else "look",
            person=f"person:{number % 300}",
            unit=f"OE{number % 200}",
            part="general",
        )
        for number in range(3000)
    ]
    AccessLine.objects.bulk_create(lines)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE access_log_accessline")


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (Wanted(), "access_log_accessline_at"),
        (Wanted(person="person:1"), "lines_by_person"),
        (Wanted(unit="OE1"), "lines_of_unit"),
        (Wanted(kind="export"), "lines_by_kind"),
        (Wanted(person="person:1", since=date(2026, 1, 1), until=TODAY), "lines_by_person"),
        (Wanted(unit="OE1", since=date(2026, 1, 1)), "lines_of_unit"),
    ],
)
def test_the_newest_lines_come_from_an_index_in_their_order(
    long_log: None, wanted: Wanted, index: str
) -> None:
    """Nothing is sorted and nothing skipped: the first page and any later one cost the same in a log of any length."""
    for after in ("", "1772000000000000_77"):
        with CaptureQueriesContext(connection) as queries:
            latest_first(lines_of(wanted), after)
        plan = plan_of(queries[0]["sql"])
        assert index in plan
        assert "TEMP B-TREE" not in plan
        assert "Sort Key: access_log_accessline.at" not in plan


def plan_of(statement: str) -> str:
    """How the database would answer, where reading a whole table is out of the question."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute(f"EXPLAIN {statement}")
            return "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        return "\n".join(row[3] for row in cursor.fetchall())


def test_the_day_of_a_line_is_a_day_in_brussels(dina: Tab, office: Office) -> None:
    begins = midnight(TODAY)
    lines = [a_line(office.anna, at=begins + timedelta(minutes=minutes)) for minutes in (-1, 0, 1439, 1440)]
    of_today = {"kind": "look", "since": str(TODAY), "until": str(TODAY)}
    assert found(dina.post(PAGE_OF_LOG, of_today)) == [lines[2].pk, lines[1].pk]
