"""The words on the pages: one word for one thing, each sentence says what is so."""

from datetime import timedelta

import pytest
from django.template.loader import get_template
from django.test import Client as Browser

from inzage.portal.words import FORM_STATES, MISSING, STEPS
from inzage.view_rights.assigning import assign
from tests.portal.office import TODAY, Office, a_form, an_activity, origin
from tests.portal.reading import address, text


def test_where_nothing_was_closed_the_page_says_whose_list_is_empty(carla: Browser) -> None:
    page = text(carla.get("/dossiers/afgesloten/"))
    assert "Uw organisatie heeft nog geen afgesloten inzagerechten." in page


def test_an_owners_last_column_says_that_the_day_itself_no_longer_counts(
    carla: Browser, office: Office
) -> None:
    yesterday = TODAY - timedelta(days=1)
    assign(office.anna.pk, office.own, office.service, on=yesterday, origin=origin())
    assert "Van Tot (die dag niet meer) Contact" in text(carla.get(address(office.anna)))


@pytest.mark.parametrize(("who", "page"), [("carla", "/aanvragen/"), ("mira", "/formulieren/")])
def test_a_form_has_a_toestand_as_an_activity_has(
    request: pytest.FixtureRequest, office: Office, who: str, page: str
) -> None:
    a_form(office.anna, office.other, by=office.own)
    browser: Browser = request.getfixturevalue(who)
    shown = browser.get(page).content.decode()
    assert 'data-label="Toestand"' in shown
    assert "Stand<" not in shown


def test_a_defect_says_that_nothing_was_half_done() -> None:
    page = get_template("500.html").render()
    assert "uw vraag is ofwel helemaal verwerkt, ofwel helemaal niet." in page


def test_buttons_and_states_say_what_they_are_about(carla: Browser, office: Office) -> None:
    assert (STEPS["close"], STEPS["cancel"]) == ("Actie afsluiten", "Actie annuleren")
    assert FORM_STATES["asked"] == "aangevraagd"
    assert MISSING["informed_of_actiris"].startswith("de vermelding dat de klant weet")
    assert "Naam van de begeleiding of opleiding" in text(carla.get("/aanvragen/nieuw/"))
    line = an_activity(office)
    page = carla.get(f"{address(office.anna)}acties/{line.pk}/").content.decode()
    assert "<button>Actie afsluiten</button>" in page
    assert "<button>Actie annuleren</button>" in page


def test_the_help_with_a_number_says_what_is_so(carla: Browser) -> None:
    page = text(carla.get("/dossiers/zoeken/"))
    assert "In een INSZ mogen punten, streepjes en spaties staan." in page
