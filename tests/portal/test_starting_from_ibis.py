"""What the page of a line from IBIS says before it can start, and what it then asks (S16)."""

from datetime import date

import pytest
from django.test import Client as Browser

from inzage.dossiers.models import Activity
from inzage.rules.names import Kind
from inzage.view_rights.registering import Actor, NewActivity, register
from tests.portal.office import TODAY, Office, origin
from tests.portal.reading import address, text

EVE = date(2026, 3, 1)


def line_of(office: Office, registered_on: date, title: str = "") -> Activity:
    """Werkpad's line in Anna's dossier, registered in IBIS."""
    new = NewActivity(office.own, Kind.TRAINING, title, registered_on, ibis_registered_on=registered_on)
    return register(office.anna.pk, new, actor=Actor(origin(registered_on)))


def page_of(line: Activity) -> str:
    """Where it stands."""
    return f"{address(line.dossier)}acties/{line.pk}/"


def test_before_it_can_start_the_page_says_from_when_and_offers_no_start(
    carla: Browser, office: Office
) -> None:
    response = carla.get(page_of(line_of(office, TODAY)))
    assert "In IBIS geregistreerd 2 maart 2026 Kan starten vanaf 3 maart 2026" in text(response)
    assert 'value="start"' not in response.content.decode()


def test_sent_in_all_the_same_it_is_refused_with_a_sentence(carla: Browser, office: Office) -> None:
    line = line_of(office, TODAY)
    entered = {"step": "start", "start-on": "2026-03-03", "start-title": "Lassen"}
    assert "vanaf de dag na de registratie" in text(carla.post(page_of(line), entered))
    line.refresh_from_db()
    assert (line.started_on, line.title) == (None, "")


@pytest.mark.parametrize("title", ["", "Lassen"])
def test_the_next_day_it_starts_and_is_filled_in_with_its_title(
    carla: Browser, office: Office, title: str
) -> None:
    line = line_of(office, EVE, title)
    shown = carla.get(page_of(line))
    assert "Titel van de actie" in text(shown)
    entered = {"step": "start", "start-on": "2026-03-02", "start-title": ""}
    assert "Vul de titel van de actie in." in text(carla.post(page_of(line), entered))
    carla.post(page_of(line), {**entered, "start-title": "Lassen, gevorderd"})
    line.refresh_from_db()
    assert (line.started_on, line.title) == (TODAY, "Lassen, gevorderd")
    assert "Kan starten vanaf" not in text(carla.get(page_of(line)))
