"""Another municipality in a later import is a move as of that day, never a change of what was."""

from datetime import date

from inzage.dossiers.addresses import municipality_of
from inzage.dossiers.models import Address, Client, Dossier
from inzage.journal.models import Origin
from inzage.tasks.models import Task
from inzage.view_rights.moving import move
from tests.importing.conftest import TODAY, Region, at
from tests.register_files.conftest import client

GHENT, ELSENE, JETTE = "44021", "21009", "21010"
SECOND, THIRD = date(2025, 10, 2), date(2025, 10, 3)


def in_file(region: Region, nis_code: str, *, on: date, given_name: str = "Piet") -> None:
    """Import K1 as living there."""
    region.write("clients.csv", client("K1").replace("21004", nis_code).replace("Piet", given_name))
    region.imported(on=on)


def lives(*days: date) -> list[str]:
    """Where K1 lives on those days."""
    return [municipality_of(Client.objects.get(), day) for day in days]


def test_a_changed_municipality_is_a_move_as_of_the_day_of_the_import(region: Region) -> None:
    in_file(region, GHENT, on=TODAY)
    in_file(region, ELSENE, on=SECOND)
    assert lives(TODAY, SECOND, THIRD) == [GHENT, ELSENE, ELSENE]
    assert Client.objects.get().nis_code == GHENT
    in_file(region, ELSENE, on=THIRD, given_name="Pieter")
    assert Address.objects.count() == 1


def test_back_where_it_was_is_a_second_move(region: Region) -> None:
    for nis_code, on in ((GHENT, TODAY), (ELSENE, SECOND), (GHENT, THIRD)):
        in_file(region, nis_code, on=on)
    assert lives(TODAY, SECOND, THIRD) == [GHENT, ELSENE, GHENT]


def test_no_municipality_says_nothing_and_a_first_one_counts_from_its_import(region: Region) -> None:
    in_file(region, "", on=TODAY)
    in_file(region, ELSENE, on=SECOND)
    in_file(region, "", on=THIRD)
    assert lives(TODAY, SECOND, THIRD) == ["", ELSENE, ELSENE]


def test_what_the_files_always_said_moves_nobody_back(region: Region) -> None:
    in_file(region, GHENT, on=TODAY)
    move(Dossier.objects.get().pk, ELSENE, SECOND, Origin("person:1", at(SECOND), "portal"))
    in_file(region, GHENT, on=THIRD, given_name="Pieter")
    assert lives(THIRD) == [ELSENE]
    assert not Task.objects.exists()


def test_news_from_the_files_against_a_move_entered_in_the_application_goes_to_a_person(
    region: Region,
) -> None:
    in_file(region, GHENT, on=TODAY)
    move(Dossier.objects.get().pk, ELSENE, SECOND, Origin("person:1", at(SECOND), "portal"))
    in_file(region, JETTE, on=THIRD)
    assert lives(THIRD) == [ELSENE]
    assert "nis_code 21010 in the files" in Task.objects.get().detail
