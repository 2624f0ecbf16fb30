"""A client reads who may see the own dossier, why, until when, and what would change that; and nobody else's."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.access_log.models import AccessLine
from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Assignment
from inzage.partners.models import Person, Unit
from inzage.portal import paging
from inzage.view_rights.assigning import assign, end_assignment
from inzage.view_rights.ending import give_back
from inzage.view_rights.models import ViewRight
from inzage.view_rights.withdrawing import withdraw
from tests.portal.clients import browser_of
from tests.portal.office import TODAY, Office, a_dossier, a_person, a_right, an_activity, origin, signed_in_as
from tests.portal.reading import NEXT, markup, text

PAGE = "/mijn-dossier/"


def test_a_right_on_a_consent_says_who_since_when_why_until_when_and_what_would_end_it(anna: Browser) -> None:
    page = text(anna.get(PAGE))
    assert "Werkpad Sinds 2 maart 2026" in page
    assert "U gaf op 2 maart 2026 toestemming bij uw bemiddelaar, voor begeleiding." in page
    assert "Laatste dag 2 september 2026 Dat is 6 maanden na de dag waarop het recht begon" in page
    assert "Trekt u uw toestemming in? Dan stopt het recht meteen." in page
    assert "Begint u een activiteit bij deze organisatie? Dan loopt het recht zolang die duurt." in page


def test_while_an_activity_runs_there_is_no_last_day_and_it_is_said_what_would_give_one(
    anna: Browser, office: Office
) -> None:
    an_activity(office)
    page = text(anna.get(PAGE))
    assert (
        "Er is nog geen laatste dag. Het recht loopt zolang u een activiteit hebt bij deze organisatie."
        in page
    )
    assert (
        "Stoppen uw activiteiten vandaag? Dan mag de organisatie nog kijken tot en met 2 september 2026."
        in page
    )


def test_an_assignment_is_a_ground_of_its_own_beside_which_withdrawing_ends_nothing(
    anna: Browser, office: Office
) -> None:
    assign(office.anna.pk, office.own, office.service, on=TODAY, origin=origin())
    page = text(anna.get(PAGE))
    assert "VDAB wees u op 2 maart 2026 toe aan deze organisatie: Intensieve begeleiding." in page
    assert "Trekt u uw toestemming in? Dan blijft het recht, want het steunt ook op iets anders." in page
    assert "Stopt VDAB vandaag de toewijzing?" in page


def test_a_day_by_a_rule_that_nobody_verified_is_said_to_be_unsure(anna: Browser, office: Office) -> None:
    unsure = "De regel voor het einde van dit recht is nog niet door VDAB bevestigd."
    assert unsure not in text(anna.get(PAGE))
    assign(office.anna.pk, office.own, office.service, on=TODAY - timedelta(days=9), origin=origin())
    assignment = Assignment.objects.get()
    end_assignment(assignment.pk, on=TODAY, reason="uitgeschreven", origin=origin())
    assert unsure in text(anna.get(PAGE))


def test_a_right_that_ended_yesterday_is_over_and_one_that_ends_today_stands(
    anna: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert office.right.last_day
    for later, stands in ((0, True), (1, False)):
        at = origin(office.right.last_day + timedelta(days=later)).at
        monkeypatch.setattr("inzage.portal.clock.now", lambda at=at: at)
        shown = markup(anna.get(PAGE))
        assert ('id="recht-1">Werkpad' in shown) is stands
        assert ("Organisaties die niet meer mogen kijken" in shown) is not stands


def test_what_ended_is_listed_the_latest_first_with_the_reason(anna: Browser, office: Office) -> None:
    a_right(office.anna, office.other, on=TODAY - timedelta(days=40))
    given = ConsentForm.objects.get(unit=office.other)
    withdraw(given.pk, withdrawn_on=TODAY - timedelta(days=3), origin=origin(TODAY - timedelta(days=3)))
    give_back(office.right.pk, origin=origin())
    page = text(anna.get(PAGE))
    assert "Vandaag mag geen enkele organisatie in uw dossier kijken." in page
    over = page[page.index("Organisaties die niet meer mogen kijken") :]
    assert "De organisatie gaf het recht zelf terug." in over
    assert "U trok uw toestemming in." in over
    assert over.index("Werkpad") < over.index("Leerhuis")


def test_what_ended_comes_a_page_at_a_time(
    anna: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        give_back(ViewRight.objects.get(closed_on=None).pk, origin=origin())
        a_right(office.anna, office.own)
    give_back(ViewRight.objects.get(closed_on=None).pk, origin=origin())
    monkeypatch.setattr(paging, "PAGE", 2)
    first = anna.get(PAGE)
    following = NEXT.findall(markup(first))
    assert markup(first).count('<th scope="row">Werkpad') == 2
    assert markup(anna.get(f"{PAGE}?{following[0]}")).count('<th scope="row">Werkpad') == 1


def test_nothing_of_another_dossier_of_the_same_partner_is_shown(anna: Browser, office: Office) -> None:
    unseen = Unit.objects.create(oe_number="OE9", name="Elders", kind="partner")
    a_right(a_dossier("Bert"), unseen)
    assert "Elders" not in text(anna.get(PAGE))


def test_a_client_whom_nobody_may_look_at_is_told_so(office: Office) -> None:
    page = text(browser_of(a_dossier("Cor")).get(PAGE))
    assert "Vandaag mag geen enkele organisatie in uw dossier kijken." in page
    assert "Werkpad" not in page


@pytest.mark.parametrize(("language", "says"), [("fr", "Depuis 2 mars 2026"), ("en", "Since 2 March 2026")])
def test_the_page_speaks_the_language_that_the_client_chose(anna: Browser, language: str, says: str) -> None:
    anna.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = text(anna.get(PAGE))
    assert says in page
    assert "toestemming" not in page
    assert "organisatie " not in page


@pytest.mark.parametrize("page", [PAGE, "/mijn-dossier/wie-keek/", "/mijn-dossier/wie-keek/1/waarom/"])
def test_nobody_but_clients_comes_in_and_no_client_without_an_account(office: Office, page: str) -> None:
    strange = a_person("Zonder", Person.Role.CLIENT)
    for person in (office.carla, office.mira, office.bas, strange):
        assert signed_in_as(person).get(page).status_code == 403
    assert Browser().get(page).status_code == 302


def test_the_first_page_of_a_client_is_the_own_dossier_and_looking_at_it_is_no_look_of_others(
    anna: Browser,
) -> None:
    assert anna.get("/", follow=True).redirect_chain == [(PAGE, 302)]
    assert not AccessLine.objects.exists()


def test_a_page_costs_as_many_queries_for_many_rights_as_for_one(anna: Browser, office: Office) -> None:
    with CaptureQueriesContext(connection) as one:
        anna.get(PAGE)
    for number in range(5):
        unit = Unit.objects.create(oe_number=f"V{number}", name=f"Huis {number}", kind="partner")
        right = a_right(office.anna, unit)
        if number % 2:
            give_back(right.pk, origin=origin())
    with CaptureQueriesContext(connection) as many:
        anna.get(PAGE)
    assert len(many) == len(one) <= 12
