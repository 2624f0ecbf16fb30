"""A client shuts out one organisation: told beforehand, done once, lifted again; a mediator answers (S01, S04)."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inzage.consents.models import ConsentForm, Objection
from inzage.tasks.models import Task
from inzage.view_rights.assigning import assign
from inzage.view_rights.objecting import object_to
from tests.portal.deciding import LIST, a_client, asked_of_client, assigned, told_on
from tests.portal.office import TODAY, Office, Tab, a_dossier, a_right, in_brussels, origin, signed_in_as
from tests.portal.reading import goes_to, lines, opens, text

PAGE = "/mijn-dossier/toestemmingen/uitsluiten/"
TASKS = "/formulieren/taken/"


@pytest.fixture
def anna(office: Office) -> Tab:
    """Anna's browser."""
    return a_client(office.anna)


def shut_out(anna: Tab, office: Office, **more: str) -> object:
    """What comes of reading the page and confirming it."""
    page = f"{PAGE}{office.own.pk}/"
    return anna.post(page, {"act": "shut_out", **told_on(anna.get(page)), **more}, follow=True)


def an_objection(office: Office) -> Task:
    """Anna shut out Werkpad, to which she is assigned: the task of the mediator."""
    assigned(office)
    object_to(office.anna.pk, office.own, reason="Ik ken hen niet.", origin=origin())
    return Task.objects.get()


def test_the_organisations_around_the_dossier_are_offered_and_others_by_number(
    anna: Tab, office: Office
) -> None:
    asked_of_client(office.anna, office.school)
    a_right(a_dossier("Bob"), office.other)
    page = text(anna.get(PAGE))
    assert "Werkpad" in page
    assert "CDO Verzonnen" in page
    assert "Leerhuis" not in page
    assert goes_to(anna.post(PAGE, {"unit": "oe2"})) == f"{PAGE}{office.other.pk}/"
    assert "Deze organisatie kennen wij niet" in text(anna.post(PAGE, {"unit": "OE99"}))
    assert anna.get(f"{PAGE}999999/").status_code == 404


def test_what_rests_on_consent_ends_at_once_and_nothing_else(
    anna: Tab, carla: Tab, otto: Tab, office: Office
) -> None:
    a_right(office.anna, office.other)
    bob = a_dossier("Bob")
    a_right(bob, office.own)
    assert "Het inzagerecht van Werkpad eindigt meteen" in text(anna.get(f"{PAGE}{office.own.pk}/"))
    assert "U sloot Werkpad uit. Werkpad ziet uw dossier vanaf nu niet meer." in text(shut_out(anna, office))
    assert not opens(carla, office.anna)
    assert opens(carla, bob)
    assert opens(otto, office.anna)
    assert "de klant maakte bezwaar" in text(carla.get("/dossiers/afgesloten/")).lower()


def test_what_rests_on_an_assignment_stays_with_the_way_that_takes(
    anna: Tab, otto: Tab, office: Office
) -> None:
    yesterday = TODAY - timedelta(days=1)
    a_right(office.anna, office.other, on=yesterday)
    assign(office.anna.pk, office.other, office.service, on=yesterday, origin=origin(yesterday))
    page = f"{PAGE}{office.other.pk}/"
    told = anna.get(page)
    assert "Leerhuis blijft uw dossier zien" in text(told)
    assert "Een bemiddelaar krijgt uw bezwaar en antwoordt u" in text(told)
    assert "Gegevensbeschermingsautoriteit" in text(told)
    anna.post(page, {"act": "shut_out", "reason": "Ik ken hen niet.", **told_on(told)})
    assert opens(otto, office.anna)
    assert "Deze organisatie ziet uw dossier toch" in text(anna.get(page))
    assert "Ik ken hen niet." in text(anna.get(page))


def test_sent_twice_it_stands_once(anna: Tab, office: Office) -> None:
    told = told_on(anna.get(f"{PAGE}{office.own.pk}/"))
    for _twice in range(2):
        page = anna.post(f"{PAGE}{office.own.pk}/", {"act": "shut_out", **told}, follow=True)
    assert "Dit was al gebeurd. Er is niets gewijzigd." in text(page)
    assert Objection.objects.count() == 1


def test_what_came_to_be_otherwise_meanwhile_is_told_first_and_the_reason_stays(
    anna: Tab, office: Office
) -> None:
    page = f"{PAGE}{office.own.pk}/"
    told = told_on(anna.get(page))
    assigned(office)
    again = anna.post(page, {"act": "shut_out", "reason": "Daarom", **told})
    assert "Intussen veranderde er iets" in text(again)
    assert "Daarom" in text(again)
    assert not Objection.objects.exists()
    assert goes_to(anna.post(page, {"act": "shut_out", **told_on(again)})) == LIST


def test_while_it_stands_the_organisation_can_not_ask_until_it_is_lifted(
    anna: Tab, carla: Tab, office: Office
) -> None:
    shut_out(anna, office)
    client = office.anna.client
    question = {"number": client.insz, "family_name": "Verzinsel", "purpose": "training", "route": "form"}
    page = text(carla.post("/aanvragen/nieuw/", question))
    assert "De klant wil dit niet" in page
    assert "bezwaar" not in page
    assert not ConsentForm.objects.filter(asked_by=office.own).exists()
    for _twice in range(2):
        page = text(anna.post(f"{PAGE}{office.own.pk}/", {"act": "lift"}, follow=True))
        assert "Werkpad is niet meer uitgesloten" in page
    carla.post("/aanvragen/nieuw/", question)
    assert ConsentForm.objects.filter(asked_by=office.own).exists()
    assert not opens(carla, office.anna)


def test_the_mediator_can_not_record_a_consent_for_it(anna: Tab, mira: Tab, office: Office) -> None:
    shut_out(anna, office)
    known = {"number": office.anna.client.insz, "family_name": "Verzinsel"}
    page = text(mira.post("/formulieren/toestemming/", {**known, "unit": "OE1", "purpose": "guidance"}))
    assert "De klant wil dit niet: voor deze organisatie kan geen inzagerecht gegeven worden." in page


def test_one_clients_objection_is_nobody_elses(anna: Tab, carla: Tab, office: Office) -> None:
    bob_dossier = a_dossier("Bob")
    a_right(bob_dossier, office.own)
    bob = a_client(bob_dossier)
    shut_out(bob, office)
    assert opens(carla, office.anna)
    assert "U sloot uit" not in text(anna.get(LIST))
    anna.post(f"{PAGE}{office.own.pk}/", {"act": "lift"})
    assert Objection.objects.get().lifted_at is None
    assert carla.get(PAGE).status_code == 403


def test_the_mediator_answers_and_the_client_reads_it(anna: Tab, mira: Tab, office: Office) -> None:
    task = an_objection(office)
    assert "Bezwaar van een klant De klant sloot een organisatie uit" in text(mira.get(TASKS))
    page = text(mira.get(f"{TASKS}{task.pk}/"))
    assert "Ik ken hen niet." in page
    assert "Schrijf een antwoord" in text(mira.post(f"{TASKS}{task.pk}/", {"words": " "}))
    page = text(mira.post(f"{TASKS}{task.pk}/", {"words": "De opdracht\nloopt tot mei."}, follow=True))
    assert "De taak is afgehandeld." in page
    assert "Bezwaar van een klant De klant" not in page
    task.refresh_from_db()
    assert task.done_by == office.mira.signature
    assert "Antwoord van VDAB van 2 maart 2026 De opdracht loopt tot mei." in text(
        anna.get(f"{PAGE}{office.own.pk}/")
    )
    assert "VDAB antwoordde" in text(anna.get(LIST))
    assert "was al afgehandeld" in text(mira.post(f"{TASKS}{task.pk}/", {"words": "Anders"}))
    assert Objection.objects.get().answer == "De opdracht\nloopt tot mei."


def test_lifted_by_the_client_the_task_is_done_and_no_answer_counts_any_more(
    anna: Tab, mira: Tab, office: Office
) -> None:
    task = an_objection(office)
    anna.post(f"{PAGE}{office.own.pk}/", {"act": "lift"})
    assert "was al afgehandeld" in text(mira.post(f"{TASKS}{task.pk}/", {"words": "Te laat"}))
    assert Objection.objects.get().answer == ""


def test_each_task_is_with_one_desk_by_where_the_client_lives(mira: Tab, bas: Tab, office: Office) -> None:
    task = an_objection(office)
    assert "Bezwaar van een klant De klant" in text(mira.get(TASKS))
    assert bas.get(f"{TASKS}{task.pk}/").status_code == 404
    assert bas.post(f"{TASKS}{task.pk}/", {"words": "Ik"}).status_code == 404
    in_brussels(office.anna)
    assert "Bezwaar van een klant De klant" in text(bas.get(TASKS))
    assert mira.get(f"{TASKS}{task.pk}/").status_code == 404
    task.refresh_from_db()
    assert task.done_at is None


@pytest.mark.parametrize(
    ("kind", "subject", "detail", "said"),
    [
        ("withdrawal", "form:1", "stays_on_assignment", "het inzagerecht blijft op grond van een toewijzing"),
        ("withdrawal", "form:1", "Een zin van vroeger.", "Een zin van vroeger."),
        ("rule_gap", "service:X9", "An old sentence.", "Dienst X9 staat niet in het regelboek"),
        ("import_difference", "1:x", "activity X1: left as it was", "activity X1: left as it was"),
    ],
)
def test_a_task_is_worded_by_what_it_is_about_and_an_older_one_stays_readable(
    mira: Tab, office: Office, kind: str, subject: str, detail: str, said: str
) -> None:
    task = Task.objects.create(
        kind=kind, subject=subject, dossier=office.anna, detail=detail, created_at=origin().at
    )
    assert said in text(mira.get(TASKS))
    assert said in text(mira.get(f"{TASKS}{task.pk}/"))
    assert said in text(mira.get(f"{TASKS}?soort={kind}"))
    assert said not in text(mira.get(f"{TASKS}?soort=objection"))
    mira.post(f"{TASKS}{task.pk}/", {"act": "done"})
    task.refresh_from_db()
    assert task.done_by == office.mira.signature


def test_other_desks_and_other_kinds_are_not_among_them(mira: Tab, carla: Tab, office: Office) -> None:
    for kind, unit in (
        ("enrolment", office.own),
        ("balance", None),
        ("question", None),
        ("withdrawal", office.own),
    ):
        Task.objects.create(
            kind=kind, subject="x", dossier=office.anna, unit=unit, detail="", created_at=origin().at
        )
    assert "geen enkele taak staat open" in text(mira.get(TASKS))
    assert carla.get(TASKS).status_code == 403


def test_the_list_of_tasks_writes_its_line_turns_its_pages_and_asks_no_more_for_more(
    mira: Tab, office: Office
) -> None:
    counts = []
    for many in (1, 60):
        for number in range(many):
            Task.objects.create(
                kind="withdrawal",
                subject=f"form:{many}{number}",
                dossier=a_dossier(),
                detail="",
                created_at=origin().at,
            )
        with CaptureQueriesContext(connection) as asked:
            page = mira.get(TASKS)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12
    assert len(lines("list")[-1]) == 50
    after = page.content.decode().split("na=")[1].split('"')[0]
    assert "Dit was de laatste bladzijde" not in text(mira.get(f"{TASKS}?na={after}"))
    assert len(lines("list")[-1]) == 11


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_page_asks_little_of_the_database(anna: Tab, mira: Tab, office: Office, language: str) -> None:
    task = an_objection(office)
    for browser in (anna, mira):
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    pages = [(anna, PAGE), (anna, f"{PAGE}{office.own.pk}/"), (anna, f"{PAGE}{office.other.pk}/")]
    pages.append((anna, f"{PAGE}{office.school.pk}/"))
    a_right(office.anna, office.school)
    for browser, page in [*pages, (anna, LIST), (mira, f"{TASKS}{task.pk}/")]:
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(page)
        assert answer.status_code == 200
        assert len(asked) <= 12, (page, len(asked))
        assert f'lang="{language}"' in answer.content.decode()
    assert signed_in_as(office.bas).get(f"{TASKS}{task.pk}/").status_code == 404
