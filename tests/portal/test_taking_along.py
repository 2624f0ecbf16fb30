"""Lists taken along as CSV: what is in it, safe for a spreadsheet, each dossier in the log before it leaves."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.access_log.models import AccessLine
from inzage.partners.models import Person
from inzage.portal.partner import exporting_rights
from inzage.view_rights.ending import give_back
from inzage.view_rights.models import ViewRight
from tests.portal.office import TODAY, Office, a_dossier, a_right, origin
from tests.portal.reading import lines, saved, text

OPEN, CLOSED = "/dossiers/meenemen/", "/dossiers/afgesloten/meenemen/"


def test_the_page_says_first_what_will_be_in_the_file_and_shows_no_dossier(
    carla: Browser, office: Office
) -> None:
    page = text(carla.get(f"{OPEN}?einde=30&grond=mediator"))
    assert "Regels in het bestand 0" in page
    assert "Eindigt: binnen 30 dagen, Grond: toestemming bij de bemiddelaar" in page
    page = text(carla.get(OPEN))
    assert "Regels in het bestand 1" in page
    assert "Klantnummer, Familienaam, Voornaam, Toegekend, Laatste dag, Reden, Zekerheid" in page
    assert "Anna" not in page
    assert lines("export") == lines("list") == []


def test_the_file_holds_the_own_dossiers_and_the_log_names_each(
    carla: Browser, otto: Browser, office: Office
) -> None:
    found = saved(carla.post(OPEN))
    client = office.anna.client
    assert found[0][:3] == ["Klantnummer", "Familienaam", "Voornaam"]
    assert found[1][:5] == [client.client_number, "Verzinsel", "Anna", "2026-03-02", "2026-09-02"]
    assert found[1][5] == "6 maanden na de laatste toekenning op 2 maart 2026."
    assert lines("export") == [{office.anna.pk}]
    assert AccessLine.objects.get(kind="export").person == office.carla.signature
    assert saved(otto.post(OPEN)) == found[:1]


def test_the_filter_of_the_list_holds_for_the_file(carla: Browser, office: Office) -> None:
    soon = a_dossier("Ria")
    ViewRight.objects.filter(pk=a_right(soon, office.own).pk).update(last_day=TODAY + timedelta(days=7))
    assert [row[2] for row in saved(carla.post(f"{OPEN}?einde=7"))[1:]] == ["Ria"]
    assert lines("export") == [{soon.pk}]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t"])
def test_a_name_that_a_spreadsheet_would_calculate_is_text(
    carla: Browser, office: Office, begins: str
) -> None:
    name = f'{begins}HYPERLINK("x";1)'
    a_right(a_dossier("Mallory", name), office.own)
    assert [row[1] for row in saved(carla.post(OPEN))[1:]] == ["Verzinsel", f"'{name}"]


def test_closed_rights_are_taken_along_without_a_name(carla: Browser, office: Office) -> None:
    give_back(office.right.pk, origin=origin())
    give_back(a_right(office.anna, office.own).pk, origin=origin())
    found = saved(carla.post(CLOSED))
    assert found[0] == ["Klantnummer", "Toegekend", "Laatste dag", "Reden", "Zekerheid"]
    assert [row[0] for row in found[1:]] == [office.anna.client.client_number] * 2
    assert found[1][3] == "De partner gaf het recht terug."
    assert "Anna" not in str(found)
    assert lines("export") == [{office.anna.pk}]


def test_a_large_list_is_read_a_chunk_at_a_time_up_to_a_bound(
    carla: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting_rights, "CHUNK", 2)
    monkeypatch.setattr(exporting_rights, "MOST", 4)
    dossiers = [office.anna.pk]
    for _ in range(5):
        dossiers.append(a_right(a_dossier(), office.own).dossier_id)
    assert "de eerste 4 van 6" in text(carla.get(OPEN))
    assert len(saved(carla.post(OPEN))) == 1 + exporting_rights.MOST
    assert lines("export") == [set(dossiers[:2]), set(dossiers[2:4])]


def test_a_chunk_costs_as_many_queries_for_many_rights_as_for_one(carla: Browser, office: Office) -> None:
    with CaptureQueriesContext(connection) as one:
        saved(carla.post(OPEN))
    for _ in range(20):
        a_right(a_dossier(), office.own)
    with CaptureQueriesContext(connection) as many:
        assert len(saved(carla.post(OPEN))) == 22
    assert len(many) == len(one)


def test_the_file_speaks_the_language_of_who_takes_it(carla: Browser, office: Office) -> None:
    Person.objects.filter(pk=office.carla.pk).update(language="fr")
    assert saved(carla.post(OPEN))[0][1:3] == ["Nom de famille", "Prénom"]


@pytest.mark.parametrize("page", [OPEN, CLOSED])
def test_it_is_for_partners_people_only(mira: Browser, office: Office, page: str) -> None:
    assert mira.get(page).status_code == mira.post(page).status_code == 403
