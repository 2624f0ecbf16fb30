"""Finding a client by number: with a right to the dossier, without one no word more about anybody (S01)."""

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.view_rights.ending import give_back
from tests.portal.office import Office, a_dossier, a_right, an_insz, origin
from tests.portal.reading import address, goes_to, lines, markup, text

UNKNOWN = an_insz(330, births="000")


def search(browser: Browser, number: str) -> object:
    """Send the number in."""
    return browser.post("/dossiers/zoeken/", {"number": number})


def test_a_client_with_a_right_is_found_by_client_number(carla: Browser, office: Office) -> None:
    response = carla.post("/dossiers/zoeken/", {"number": f" {office.anna.client.client_number} "})
    assert goes_to(response) == address(office.anna)


def test_a_client_with_a_right_is_found_by_insz_however_it_is_written(carla: Browser, office: Office) -> None:
    insz = office.anna.client.insz
    written = f"{insz[:2]}.{insz[2:4]}.{insz[4:6]}-{insz[6:9]}.{insz[9:]}"
    for number in (insz, written):
        assert goes_to(carla.post("/dossiers/zoeken/", {"number": number})) == address(office.anna)


def test_part_of_a_number_finds_nothing(carla: Browser, office: Office) -> None:
    for part in (office.anna.client.insz[:10], office.anna.client.client_number[:-1], "%", "K%"):
        assert "geen inzagerecht" in text(search(carla, part))


def test_unknown_and_without_a_right_are_answered_to_the_letter_the_same(
    otto: Browser, office: Office
) -> None:
    ended = a_right(a_dossier("Ria"), office.other)
    give_back(ended.pk, origin=origin())
    never, unknown = office.anna.client, UNKNOWN
    numbers = [never.insz, never.client_number, ended.dossier.client.insz, unknown, "K9999999", "x"]
    answers = {markup(search(otto, number)).replace(f'value="{number}"', "") for number in numbers}
    assert len(answers) == 1
    answer = text(search(otto, never.insz))
    assert "geen inzagerecht" in answer
    assert "Vraag een inzagerecht aan" in answer


def test_both_take_as_many_queries(otto: Browser, office: Office) -> None:
    counts = set()
    for number in (office.anna.client.insz, UNKNOWN):
        with CaptureQueriesContext(connection) as queries:
            search(otto, number)
        counts.add(len(queries))
    assert len(counts) == 1


def test_each_search_writes_a_line_that_names_only_what_was_found(carla: Browser, office: Office) -> None:
    search(carla, office.anna.client.insz)
    search(carla, UNKNOWN)
    search(carla, a_dossier("Bob").client.insz)
    assert lines("search") == [{office.anna.pk}, set(), set()]


def test_an_insz_under_two_client_numbers_gives_both_dossiers(carla: Browser, office: Office) -> None:
    twin = a_dossier("Anna", "Verzinsel")
    twin.client.insz = office.anna.client.insz
    twin.client.save()
    a_right(twin, office.own)
    page = markup(search(carla, office.anna.client.insz))
    assert address(twin) in page
    assert address(office.anna) in page


@pytest.mark.parametrize("number", ["", "   ", "x" * 41, "a\x00b"])
def test_a_number_that_can_not_be_one_is_answered_at_the_field(carla: Browser, number: str) -> None:
    response = carla.post("/dossiers/zoeken/", {"number": number})
    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.content.decode()
