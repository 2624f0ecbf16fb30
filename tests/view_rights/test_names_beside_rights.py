"""The key of a client's name stands beside each open right, and the database keeps the two the same."""

import pytest
from django.db import connection
from django.db.migrations.state import StateApps

from inzage.dossiers.keys_of_names import fill
from inzage.dossiers.models import Client, Dossier
from inzage.dossiers.names import MOST, key_of
from inzage.view_rights.ending import give_back
from inzage.view_rights.models import ViewRight
from tests.database import refused
from tests.view_rights.test_integrity import copied
from tests.world import World, insz, origin

PIET = "verzonnen\tpiet"


def key(right: ViewRight) -> str:
    """What stands beside the right."""
    return ViewRight.objects.values_list("name_key", flat=True).get(pk=right.pk)


def called(dossier: Dossier, family_name: str, given_name: str) -> None:
    """The client gets another name."""
    dossier.client.family_name, dossier.client.given_name = family_name, given_name
    dossier.client.save()


@pytest.mark.parametrize(
    ("family_name", "given_name", "expected"),
    [
        ("Peeters", "An", "peeters\tan"),
        (" Éénoog ", "Zoë", "eenoog\tzoe"),
        ("Van den Berg", "Jan Pieter", "van den berg\tjan pieter"),
        ("Strauß", "Ümit", "strauss\tumit"),
        ("a" * 300, "b" * 300, ("a" * 300 + "\t" + "b" * 300)[:MOST]),
    ],
)
def test_a_key_is_the_name_as_people_look_it_up(family_name: str, given_name: str, expected: str) -> None:
    assert key_of(family_name, given_name) == expected


def test_a_whole_family_name_comes_before_a_longer_one() -> None:
    names = [("De", "Zita"), ("De Backer", "An"), ("Debacker", "An")]
    assert sorted(names, key=lambda name: key_of(*name)) == names


def test_an_open_right_has_the_key_of_its_client(world: World) -> None:
    assert key(world.grant("2025-01-10")) == PIET


def test_a_right_stored_past_the_application_has_it_too(world: World) -> None:
    right = world.grant("2025-01-10")
    assert not copied("view_rights_viewright", right.pk, dossier_id=world.an.pk, name_key="x")
    assert key(ViewRight.objects.get(dossier=world.an)) == "verzonnen\tan"


def test_whoever_writes_another_key_beside_a_right_it_stays_that_of_its_client(world: World) -> None:
    right = world.grant("2025-01-10")
    ViewRight.objects.update(name_key="x")
    assert key(right) == PIET
    ViewRight.objects.filter(pk=right.pk).update(dossier=world.an)
    assert key(right) == "verzonnen\tan"


def test_another_name_of_the_client_goes_with_every_open_right_on_the_dossier(world: World) -> None:
    rights = [world.grant("2025-01-10"), world.grant("2025-01-11", unit=world.brug)]
    others = world.grant("2025-01-10", dossier=world.an)
    called(world.piet, "Éénoog", "Piet")
    assert [key(right) for right in rights] == ["eenoog\tpiet"] * 2
    assert key(others) == "verzonnen\tan"


def test_a_closed_right_stays_as_it_was(world: World) -> None:
    closed = world.grant("2025-01-10")
    give_back(closed.pk, origin=origin("2025-01-11"))
    anew = world.grant("2025-01-12")
    called(world.piet, "Anders", "Piet")
    assert (key(closed), key(anew)) == (PIET, "anders\tpiet")
    assert refused("UPDATE view_rights_viewright SET name_key = 'x' WHERE id = %s", closed.pk)


def test_a_dossier_stays_that_of_its_client(world: World) -> None:
    other = Client.objects.create(client_number="K9", insz=insz(9), family_name="V", given_name="G")
    statement = "UPDATE dossiers_dossier SET client_id = %s WHERE id = %s"
    assert refused(statement, other.pk, world.piet.pk)
    assert not refused(statement, world.piet.client_id, world.piet.pk)


NAMES = [
    ("Peeters", "An"),
    ("VAN DE VELDE", " Jan "),
    ("Éénoog", "Zoë"),
    ("Strauß", "İpek"),
    ("D'Hondt-Maes", "A. B."),
    ("a" * 190, "B" * 190),
]


@pytest.mark.django_db
def test_clients_that_were_there_before_get_the_key_that_the_application_gives() -> None:
    for number, (family_name, given_name) in enumerate(NAMES, 1):
        Client.objects.create(
            client_number=f"K{number}", insz=insz(number), family_name=family_name, given_name=given_name
        )
    on = "ON dossiers_client" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER dossiers_client_renamed {on}")  # as it was not there then
        cursor.execute("UPDATE dossiers_client SET name_key = ''")
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE" if on else "SELECT 1"
        )  # a table that waits for a check stays
    fill(StateApps([], {}), connection.schema_editor())
    stored = Client.objects.order_by("pk").values_list("family_name", "given_name", "name_key")
    assert [name for _family, _given, name in stored] == [key_of(*name) for name in NAMES]
