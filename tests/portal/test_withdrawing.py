"""A client withdraws a consent: told what ends and what stays, done once, and no other client's (S04)."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Assignment
from inzage.tasks.models import Task
from inzage.view_rights.assigning import assign, end_assignment
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import decide
from tests.portal.deciding import LIST, a_client, asked_of_client, assigned, consent_of, told_on
from tests.portal.office import TODAY, Office, Tab, a_dossier, a_form, a_right, origin, signed_in_as
from tests.portal.reading import goes_to, opens, text

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def anna(office: Office) -> Tab:
    """Anna's browser; her right for Werkpad is of yesterday."""
    a_right(office.anna, office.other, on=YESTERDAY)
    return a_client(office.anna)


def leaf(form: ConsentForm) -> str:
    """The page of a consent's withdrawal."""
    return f"{LIST}{form.pk}/intrekken/"


def of_other(office: Office) -> ConsentForm:
    """Anna's consent for Leerhuis, of yesterday."""
    return ConsentForm.objects.get(dossier=office.anna, unit=office.other)


def withdrawn(anna: Tab, form: ConsentForm) -> object:
    """What comes of reading the page and confirming it."""
    return anna.post(leaf(form), told_on(anna.get(leaf(form))), follow=True)


def test_the_page_tells_the_day_and_nothing_is_done_by_reading(anna: Tab, office: Office) -> None:
    page = text(anna.get(leaf(of_other(office))))
    assert (
        "Het inzagerecht van Leerhuis eindigt meteen: vandaag, 2 maart 2026, is de eerste dag zonder." in page
    )
    assert of_other(office).withdrawn_on is None


def test_confirmed_it_ends_at_once_and_only_that(anna: Tab, office: Office) -> None:
    assert opens(signed_in_as(office.otto), office.anna)
    page = text(withdrawn(anna, of_other(office)))
    assert "U trok uw toestemming in. Leerhuis ziet uw dossier vanaf nu niet meer." in page
    assert not opens(signed_in_as(office.otto), office.anna)
    assert opens(signed_in_as(office.carla), office.anna)
    assert decide(office.anna.pk, office.other.pk, on=YESTERDAY).allowed
    assert of_other(office).withdrawn_on == TODAY


@pytest.mark.parametrize("ended", [False, True])
def test_what_rests_on_an_assignment_stays_is_told_so_and_goes_to_the_mediator(
    anna: Tab, office: Office, ended: bool
) -> None:
    assign(office.anna.pk, office.other, office.service, on=YESTERDAY, origin=origin(YESTERDAY))
    if ended:
        end_assignment(Assignment.objects.get().pk, on=TODAY, reason="klaar", origin=origin())
    page = text(anna.get(leaf(of_other(office))))
    assert "Leerhuis blijft uw dossier zien" in page
    assert ("tot en met 2 september 2026" in page) is ended
    assert "VDAB wees u aan deze organisatie toe" in page
    assert "Een bemiddelaar van VDAB krijgt de vraag" in page
    assert "blijft uw dossier zien op een andere grond" in text(withdrawn(anna, of_other(office)))
    assert opens(signed_in_as(office.otto), office.anna)
    assert Task.objects.get().kind == Task.Kind.WITHDRAWAL


def test_another_consent_keeps_the_right_and_is_named(anna: Tab, office: Office) -> None:
    a_right(office.anna, office.other, on=TODAY)
    first = ConsentForm.objects.filter(unit=office.other).earliest("pk")
    assert "daarop gaat meteen een nieuw inzagerecht open" in text(anna.get(leaf(first)))
    withdrawn(anna, first)
    assert opens(signed_in_as(office.otto), office.anna)
    assert not Task.objects.exists()


def test_done_twice_nothing_is_done_twice_and_it_is_told(anna: Tab, office: Office) -> None:
    told = told_on(anna.get(leaf(of_other(office))))
    anna.post(leaf(of_other(office)), told)
    closed = ViewRight.objects.filter(unit=office.other).values().get()
    page = text(anna.post(leaf(of_other(office)), told))
    assert "U trok deze toestemming al in. Er is niets gewijzigd." in page
    assert "Mijn toestemming intrekken" not in page
    assert ViewRight.objects.filter(unit=office.other).values().get() == closed


def test_what_came_to_be_otherwise_meanwhile_is_told_first(anna: Tab, office: Office) -> None:
    told = told_on(anna.get(leaf(of_other(office))))
    assigned(office, office.other)
    page = anna.post(leaf(of_other(office)), told)
    assert "Intussen veranderde er iets" in text(page)
    assert "daarop gaat meteen een nieuw inzagerecht open" in text(page)
    assert of_other(office).withdrawn_on is None
    assert goes_to(anna.post(leaf(of_other(office)), told_on(page))) == LIST


def test_a_night_that_was_missed_keeps_nobody_from_withdrawing(anna: Tab, office: Office) -> None:
    ahead = TODAY - timedelta(days=10)
    assign(office.anna.pk, office.school, office.service, on=YESTERDAY, origin=origin(ahead))
    told = told_on(anna.get(leaf(of_other(office))))
    assert goes_to(anna.post(leaf(of_other(office)), told)) == LIST


def test_another_clients_consent_is_not_there(office: Office) -> None:
    bob = a_client(a_dossier("Bob"))
    consent = consent_of(office)
    answers = [
        bob.get(leaf(consent)),
        bob.post(leaf(consent), {"told": ""}),
        bob.get(f"{LIST}999999/intrekken/"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert consent_of(office).withdrawn_on is None


@pytest.mark.parametrize("who", ["carla", "mira", "bas"])
def test_nobody_else_withdraws_here(office: Office, who: str) -> None:
    browser = signed_in_as(getattr(office, who))
    for page in (LIST, leaf(consent_of(office)), "/mijn-dossier/toestemmingen/uitsluiten/"):
        assert browser.get(page).status_code == 403


def test_what_was_not_granted_is_not_withdrawn_but_declined(anna: Tab, office: Office) -> None:
    form = asked_of_client(office.anna, office.own)
    page = text(anna.get(leaf(form)))
    assert "er is niets in te trekken" in page
    assert "Dit formulier is al ingediend of behandeld" in text(anna.post(leaf(form), {"told": ""}))
    form.refresh_from_db()
    assert (form.state, form.withdrawn_on) == ("asked", None)


def test_the_list_says_to_whom_for_what_since_when_and_where_it_stands(anna: Tab, office: Office) -> None:
    withdrawn(anna, of_other(office))
    a_form(office.anna, office.school)
    page = text(anna.get(LIST))
    assert "CDO Verzonnen opleiding 2 maart 2026 ingediend sinds 2 maart 2026 VDAB kijkt het na" in page
    assert "Leerhuis begeleiding 1 maart 2026 ingetrokken vanaf 2 maart 2026" in page
    assert "Werkpad begeleiding 2 maart 2026 geldt tot en met 2 september 2026 Intrekken : Werkpad" in page


def test_the_list_asks_no_more_of_the_database_for_more_consents(anna: Tab, office: Office) -> None:
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            anna.get(LIST)
        counts.append(len(asked))
        for _one in range(5):
            a_right(office.anna, office.school)
            asked_of_client(office.anna, office.own)
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Le droit de consultation de Leerhuis prend fin immédiatement : aujourd'hui, 2 mars 2026"),
        ("en", "The view right of Leerhuis ends at once: today, 2 March 2026, is the first day without it."),
    ],
)
def test_it_is_told_in_the_language_of_the_page(anna: Tab, office: Office, language: str, said: str) -> None:
    anna.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    with CaptureQueriesContext(connection) as asked:
        page = anna.get(leaf(of_other(office)))
    assert said in text(page)
    assert len(asked) <= 12
    assert f'<html lang="{language}">' in page.content.decode()
