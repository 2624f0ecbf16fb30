"""Asking "why?" and answering, on the pages: the client to the unit, the unit to the client, and nobody beside."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.access_log.models import Question, ShownDossier
from inzage.journal.models import Origin
from inzage.oversight.questions import answer_as_officer, ask_why
from inzage.view_rights.ending import give_back
from tests.portal.clients import a_look
from tests.portal.office import NOON, TODAY, Office, a_dossier, origin
from tests.portal.reading import NEXT, lines, markup, text

LOG, QUESTIONS = "/mijn-dossier/wie-keek/", "/vragen/"
DUE, DAY = date(2026, 3, 16), timedelta(days=1)
WHY = "Waarom was dat nodig?"


@pytest.fixture
def look(office: Office) -> ShownDossier:
    """Carla of Werkpad looked."""
    return a_look(office.anna, office.carla, office.own)


@pytest.fixture
def question(look: ShownDossier) -> Question:
    """Anna asked Werkpad why."""
    return ask_why(look, WHY, origin=Origin("person:0", NOON, "portal"))


def page_of(look: ShownDossier) -> str:
    """Where is asked about a look."""
    return f"{LOG}{look.pk}/waarom/"


def on_day(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noon of that day."""
    monkeypatch.setattr("inzage.portal.clock.now", lambda: origin(day).at)


def test_a_client_asks_and_the_question_stands_with_the_line(anna: Browser, look: ShownDossier) -> None:
    assert f'href="{page_of(look)}"' in markup(anna.get(LOG))
    assert "Uw vraag gaat naar Werkpad." in text(anna.get(page_of(look)))
    page = text(anna.post(page_of(look), {"text": WHY}, follow=True))
    assert "Ten laatste op 16 maart 2026 staat het antwoord hier." in page
    assert f"U vroeg op 2 maart 2026: “{WHY}”" in page
    assert "Werkpad antwoordt ten laatste op 16 maart 2026." in page
    assert page_of(look) not in markup(anna.get(LOG))


def test_of_vdab_it_is_asked_from_the_officer(anna: Browser, office: Office) -> None:
    look = a_look(office.anna, office.mira, None)
    assert "Uw vraag gaat naar de functionaris" in text(anna.get(page_of(look)))
    page = text(anna.post(page_of(look), {"text": WHY}, follow=True))
    assert "De functionaris voor gegevensbescherming van VDAB antwoordt ten laatste op 16 maart 2026." in page


def test_another_clients_line_and_an_unknown_one_are_answered_alike_and_not_asked_about(
    anna: Browser, office: Office
) -> None:
    theirs = a_look(a_dossier("Bert"), office.carla, office.own)
    unknown = f"{LOG}{theirs.pk + 1}/waarom/"
    for send in (anna.get, anna.post):
        other, nothing = (send(page, {"text": WHY}) for page in (page_of(theirs), unknown))
        assert other.status_code == nothing.status_code == 404
        assert markup(other) == markup(nothing)
    assert not Question.objects.exists()


def test_it_is_asked_once_while_it_is_open(anna: Browser, question: Question) -> None:
    page = anna.post(page_of(question.shown), {"text": "Nog eens"})
    assert "U stelde hierover al een vraag. Wacht op het antwoord." in text(page)
    assert "<textarea" not in markup(anna.get(page_of(question.shown)))
    assert Question.objects.count() == 1


@pytest.mark.parametrize(("length", "asked"), [(0, False), (1000, True), (1001, False)])
def test_a_question_says_something_and_has_an_end(
    anna: Browser, look: ShownDossier, length: int, asked: bool
) -> None:
    anna.post(page_of(look), {"text": "a" * length})
    assert Question.objects.exists() is asked


def test_the_unit_sees_when_what_and_who_of_its_own_and_no_name_of_the_client(
    carla: Browser, office: Office, question: Question
) -> None:
    give_back(office.right.pk, origin=origin())
    listed, page = carla.get(QUESTIONS), carla.get(f"{QUESTIONS}{question.pk}/")
    for shown in (text(listed), text(page)):
        assert "2 maart 2026 12:00" in shown
        assert "Carla" in shown
        assert "nog 10 werkdagen na vandaag" in shown
        assert office.anna.client.client_number in shown
        assert "Verzinsel" not in shown
    assert "Het dossier geopend: de algemene gegevens" in text(page)
    assert WHY in text(page)
    assert str(office.anna.reference) not in markup(page)
    assert lines("list")[-2:] == [{office.anna.pk}] * 2


def test_the_dossier_is_linked_while_it_may_be_opened(
    carla: Browser, question: Question, office: Office
) -> None:
    assert str(office.anna.reference) in markup(carla.get(f"{QUESTIONS}{question.pk}/"))


def test_another_units_question_and_an_unknown_one_are_answered_alike(
    carla: Browser, otto: Browser, question: Question
) -> None:
    own, unknown = f"{QUESTIONS}{question.pk}/", f"{QUESTIONS}{question.pk + 1}/"
    for send in (otto.get, otto.post):
        other, nothing = (send(page, {"text": "Daarom."}) for page in (own, unknown))
        assert other.status_code == nothing.status_code == 404
        assert markup(other) == markup(nothing)
    assert "Er is geen vraag te beantwoorden." in text(otto.get(QUESTIONS))
    assert carla.get(unknown).status_code == 404
    assert Question.objects.get().answer == ""


def test_what_is_asked_about_vdab_comes_to_no_unit(carla: Browser, office: Office) -> None:
    about_vdab = ask_why(a_look(office.anna, office.mira, None), WHY, origin=origin())
    assert "Er is geen vraag te beantwoorden." in text(carla.get(QUESTIONS))
    assert carla.get(f"{QUESTIONS}{about_vdab.pk}/").status_code == 404


@pytest.mark.parametrize("browser", ["mira", "bas", "anna"])
def test_only_counsellors_come_to_the_questions(
    request: pytest.FixtureRequest, browser: str, question: Question
) -> None:
    person: Browser = request.getfixturevalue(browser)
    for page in (QUESTIONS, f"{QUESTIONS}{question.pk}/"):
        assert person.get(page).status_code == 403


def test_the_answer_stands_with_the_line_and_more_can_be_asked(
    anna: Browser, carla: Browser, question: Question
) -> None:
    sent = carla.post(
        f"{QUESTIONS}{question.pk}/", {"text": "Wij <b>maakten</b>\neen afspraak."}, follow=True
    )
    assert "Uw antwoord is verstuurd." in text(sent)
    assert "Er is geen vraag te beantwoorden." in text(sent)
    page = anna.get(LOG)
    assert "Antwoord van Werkpad, op 2 maart 2026: Wij <b>maakten</b> een afspraak." in text(page)
    assert "&lt;b&gt;" in markup(page)
    assert "Carla" not in text(page)
    assert page_of(question.shown) in markup(page)
    assert "Wij <b>maakten</b>" in text(carla.get(f"{QUESTIONS}{question.pk}/"))
    assert str(question.pk) in markup(carla.get(f"{QUESTIONS}?toon=beantwoord"))


def test_answered_twice_the_first_answer_stays_and_the_second_is_told_so(
    carla: Browser, question: Question
) -> None:
    carla.post(f"{QUESTIONS}{question.pk}/", {"text": "Eerst."})
    again = carla.post(f"{QUESTIONS}{question.pk}/", {"text": "Daarna."})
    assert "Deze vraag is al beantwoord. Er is niets gewijzigd." in text(again)
    assert Question.objects.get().answer == "Eerst."


def test_an_empty_answer_is_none(carla: Browser, question: Question) -> None:
    page = carla.post(f"{QUESTIONS}{question.pk}/", {"text": "  "})
    assert "Schrijf een antwoord." in text(page)
    assert Question.objects.get().answered_at is None


@pytest.mark.parametrize(
    ("day", "to_client", "to_unit"),
    [
        (DUE - DAY, "Werkpad antwoordt ten laatste op 16 maart 2026.", "nog 1 werkdag na vandaag"),
        (DUE - 3 * DAY, "Werkpad antwoordt ten laatste op 16 maart 2026.", "nog 1 werkdag na vandaag"),
        (DUE, "Werkpad antwoordt ten laatste op 16 maart 2026.", "vandaag de laatste dag"),
        (DUE + DAY, "Werkpad antwoordde niet op tijd: de laatste dag was 16 maart 2026.", "te laat"),
    ],
)
def test_the_clock_on_both_pages_on_the_days_around_the_last(
    anna: Browser,
    carla: Browser,
    question: Question,
    monkeypatch: pytest.MonkeyPatch,
    day: date,
    to_client: str,
    to_unit: str,
) -> None:
    on_day(day, monkeypatch)
    assert to_client in text(anna.get(LOG))
    assert to_unit in text(carla.get(QUESTIONS))


def test_overdue_the_officers_answer_stands_with_the_line(
    anna: Browser, carla: Browser, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day(DUE + DAY, monkeypatch)
    answer_as_officer(question.pk, "Dit had niet gemogen.", origin=origin(DUE + DAY))
    page = text(anna.get(LOG))
    assert "Antwoord van de functionaris voor gegevensbescherming van VDAB, op 17 maart 2026:" in page
    assert "Dit had niet gemogen." in page
    assert "De functionaris voor gegevensbescherming antwoordde" in text(
        carla.get(f"{QUESTIONS}{question.pk}/")
    )


def test_the_notice_leads_to_the_questions(carla: Browser, question: Question) -> None:
    assert f'<a href="{QUESTIONS}">Naar de vragen' in markup(carla.get("/berichten/"))


def test_open_questions_come_a_page_at_a_time_what_is_due_first_on_top(
    carla: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ago in (1, 5, 3, 5):
        look = a_look(office.anna, office.carla, office.own, ago=ago * DAY)
        ask_why(look, WHY, origin=origin(TODAY - ago * DAY))
    monkeypatch.setattr("inzage.portal.questions.answering.PAGE", 2)
    due, address = [], QUESTIONS
    while address:
        page = markup(carla.get(address))
        due += [cell.split(" ")[0] for cell in page.split('data-label="Antwoorden ten laatste op">')[1:]]
        following = NEXT.findall(page)
        address = f"{QUESTIONS}?{following[-1]}" if following else ""
    assert due == ["11", "11", "13", "13"]


@pytest.mark.parametrize("place", ["x", "2026-13-01_1", "2026-03-01_x"])
def test_a_place_that_is_none_is_a_bad_request(carla: Browser, place: str) -> None:
    assert carla.get(QUESTIONS, {"na": place}).status_code == 400


@pytest.mark.parametrize(("language", "says"), [("fr", "Questions de clients"), ("en", "Clients' questions")])
def test_a_counsellor_reads_the_questions_in_the_own_language(
    carla: Browser, office: Office, question: Question, language: str, says: str
) -> None:
    office.carla.language = language
    office.carla.save()
    for page in (QUESTIONS, f"{QUESTIONS}{question.pk}/"):
        assert says in text(carla.get(page))


def test_the_list_costs_as_many_queries_for_many_questions_as_for_one(
    carla: Browser, office: Office, question: Question
) -> None:
    with CaptureQueriesContext(connection) as one:
        carla.get(QUESTIONS)
    for number in range(20):
        dossier = a_dossier(f"Nr {number}")
        ask_why(a_look(dossier, office.carla, office.own), WHY, origin=origin())
    with CaptureQueriesContext(connection) as many:
        carla.get(QUESTIONS)
    assert len(many) == len(one) <= 12


def test_a_question_and_asking_it_cost_no_more_than_a_page_may(
    anna: Browser, carla: Browser, question: Question
) -> None:
    for browser, page in ((anna, page_of(question.shown)), (carla, f"{QUESTIONS}{question.pk}/")):
        with CaptureQueriesContext(connection) as asked:
            browser.get(page)
        assert len(asked) <= 12
