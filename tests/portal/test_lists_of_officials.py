"""The lists of an officer and of an administrator: chosen from, and taken along as a file that a spreadsheet takes."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inzage.access_log.models import AccessLine, Question
from inzage.oversight.questions import answer_as_officer
from inzage.partners.models import Membership, Person
from inzage.portal.administration import choosing
from inzage.portal.protection import asked as asking
from tests.portal.clients import client_of
from tests.portal.office import TODAY, Office, Tab, a_person, origin, signed_in_as
from tests.portal.reading import text
from tests.portal.test_officer_questions import asked

PEOPLE, QUESTIONS = "/beheer/mensen/", "/toezicht/vragen/"
Role = Person.Role


@pytest.fixture
def ada(office: Office) -> Tab:
    """The browser of who lets people in."""
    return signed_in_as(a_person("Ada", Role.ADMINISTRATOR))


def file(response: Any) -> list[dict[str, str]]:
    """The rows of a file, by the words on top."""
    said = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(said), delimiter=";"))


def named(response: Any) -> set[str]:
    """Who is on the list."""
    return {person.name for person, _role in response.context["people"]}


def numbers(response: Any) -> set[int]:
    """Which questions are on the list."""
    return {each.question.pk for each in response.context["asked"]}


def test_people_are_listed_by_role_and_by_unit_and_both(ada: Tab, office: Office) -> None:
    Membership.objects.create(person=office.carla, unit=office.other)
    assert named(ada.get(PEOPLE, {"rol": "mediator"})) == {"Mira"}
    assert named(ada.get(PEOPLE, {"oe": "oe2"})) == {"Carla", "Otto"}
    assert named(ada.get(PEOPLE, {"oe": "OE3", "rol": "counsellor"})) == {"Sofie"}
    nobody = ada.get(PEOPLE, {"oe": "OE3", "rol": "mediator"})
    assert named(nobody) == set()
    assert "Niemand past bij deze keuze." in text(nobody)


def test_a_choice_stays_on_the_lists_and_pages_of_the_administrator(
    ada: Tab, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inzage.portal.paging.PAGE", 1)
    a_person("Cas", Role.COUNSELLOR, office.own)
    page = ada.get(PEOPLE, {"oe": "OE1"})
    markup = page.content.decode()
    assert named(page) == {"Cas"}
    assert f'href="?lijst=iedereen&amp;oe=OE1&amp;na={page.context["after"]}"' in markup
    assert 'href="?lijst=afgesloten&amp;oe=OE1"' in markup
    assert named(ada.get(PEOPLE, {"oe": "OE1", "na": page.context["after"]})) == {"Carla"}


@pytest.mark.parametrize(("page", "who"), [(PEOPLE, "ada"), (QUESTIONS, "dina")])
def test_a_unit_that_is_none_is_said_and_nothing_is_taken_along(
    request: pytest.FixtureRequest, page: str, who: str
) -> None:
    tab = request.getfixturevalue(who)
    for answer in (tab.get(f"{page}?oe=OE99"), tab.post(f"{page}?oe=OE99", {"export": "1"})):
        assert "Deze organisatie kennen wij niet." in text(answer)
        assert answer.headers["Content-Type"].startswith("text/html")
    assert not AccessLine.objects.filter(kind=AccessLine.Kind.EXPORT).exists()


def test_the_file_of_people_holds_those_chosen_and_no_client(
    ada: Tab, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "CHUNK", 2)
    client = client_of(office.anna)
    Membership.objects.filter(person=office.carla).update(manages=True)
    Person.objects.filter(pk=office.otto.pk).update(name="=Otto", is_active=False)
    everyone = file(ada.post(f"{PEOPLE}?lijst=iedereen", {"export": "1"}))
    assert [row["Naam"] for row in everyone] == ["Carla", "'=Otto", "Sofie", "Mira", "Bas", "Ada"]
    assert client.name not in {row["Naam"] for row in everyone}
    assert everyone[0] == {
        **{"Naam": "Carla", "Rol": "medewerker van een partner", "Eenheden": "OE1", "Beheert": "OE1"},
        **{"Toegang": "open", "Laatst aangemeld": "", "Kenmerk": "Carla", "Identiteitsdienst": "demo"},
    }
    chosen = file(ada.post(f"{PEOPLE}?lijst=afgesloten&rol=counsellor", {"export": "1"}))
    assert [(row["Naam"], row["Toegang"]) for row in chosen] == [("'=Otto", "afgesloten")]
    assert not AccessLine.objects.filter(kind=AccessLine.Kind.EXPORT).exists()


def test_questions_are_listed_by_organisation_and_by_the_day_they_were_asked(
    dina: Tab, office: Office
) -> None:
    today, before = asked(office), asked(office, ago=1)
    vdab = asked(office, unit="", ago=2)
    day, day_before = TODAY.isoformat(), (TODAY - timedelta(days=1)).isoformat()
    every = {"toon": "open"}
    assert numbers(dina.get(QUESTIONS, every)) == {today.pk, before.pk, vdab.pk}
    assert numbers(dina.get(QUESTIONS, {**every, "oe": "OE1"})) == {today.pk, before.pk}
    assert numbers(dina.get(QUESTIONS, {**every, "van": day})) == {today.pk}
    assert numbers(dina.get(QUESTIONS, {**every, "tot": day_before})) == {before.pk, vdab.pk}
    assert numbers(dina.get(QUESTIONS, {**every, "van": day_before, "tot": day_before})) == {before.pk}
    nothing = dina.get(QUESTIONS, {**every, "oe": "OE2"})
    assert "Geen enkele vraag past bij deze keuze." in text(nothing)


def test_the_file_of_questions_holds_those_chosen_without_their_words_and_is_on_record(
    dina: Tab, office: Office
) -> None:
    question, overdue = asked(office, unit=""), asked(office, ago=30)
    answer_as_officer(question.pk, "Omdat.", origin=origin())
    response = dina.post(f"{QUESTIONS}?toon=beantwoord")
    line = AccessLine.objects.filter(kind=AccessLine.Kind.EXPORT).get()
    assert list(line.shown.values_list("dossier", flat=True)) == [office.anna.pk]
    question.refresh_from_db()
    assert file(response) == [
        {
            **{"Gevraagd": "2026-03-02", "Aan": "VDAB", "OE-nummer": "", "Wie keek": "Mira"},
            **{"Kenmerk": office.mira.signature, "Klantnummer": office.anna.client.client_number},
            **{"Antwoorden ten laatste op": question.due_on.isoformat(), "Beantwoord": "2026-03-02"},
            "Door de functionaris": "ja",
        }
    ]
    [row] = file(dina.post(f"{QUESTIONS}?oe=OE1"))
    assert (row["Aan"], row["Antwoorden ten laatste op"]) == ("Werkpad", overdue.due_on.isoformat())


def test_more_questions_than_a_file_takes_are_refused_and_not_on_record(
    dina: Tab, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST", 1)
    for _time in range(2):
        asked(office, unit="")
    assert "Maak de periode korter." in text(dina.post(QUESTIONS))
    assert not AccessLine.objects.filter(kind=AccessLine.Kind.EXPORT).exists()
    assert Question.objects.count() == 2


@pytest.mark.parametrize(("page", "who"), [(PEOPLE, "ada"), (f"{QUESTIONS}?toon=open", "dina")])
def test_choosing_costs_no_more_for_many_lines(
    request: pytest.FixtureRequest, office: Office, page: str, who: str
) -> None:
    tab, counts = request.getfixturevalue(who), []
    for _more in range(2):
        for number in range(3):
            a_person(f"{number} {_more}", Role.COUNSELLOR, office.own)
            asked(office)
        with CaptureQueriesContext(connection) as queries:
            tab.get(page, {"oe": "OE1"} if page == PEOPLE else {"toon": "open", "oe": "OE1"})
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
