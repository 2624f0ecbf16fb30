"""`inzage prove` as people and programs use it: what differs, and whose it is."""

import pytest
from django.db import connection

from inzage.oversight.differences import Difference
from inzage.project.management.commands.prove import whose_is
from inzage.view_rights.models import ViewRight
from tests.commands.conftest import Typed
from tests.world import World, day


def test_prove_finds_nothing_and_then_what_was_planted(world: World, shell: Typed) -> None:
    right = world.grant("2025-01-10")
    assert shell("prove", "--processes", "1") == (0, "1 rights judged, 0 differ.\n", "")
    ViewRight.objects.filter(pk=right.pk).update(last_day=day("2025-07-11"))
    code, out, _err = shell("prove", "--processes", "1")
    assert code == 1
    assert "client K1, OE1" in out
    assert "2025-07-11" in out
    assert "1 rights judged, 1 differ." in out


def test_prove_names_the_dossier_and_the_unit_where_there_is_no_right(world: World, shell: Typed) -> None:
    world.assign("2025-01-10")
    world.night("2025-01-11")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE view_rights_grant SET right_id = NULL")
        cursor.execute("UPDATE dossiers_client SET deceased_on = '2025-01-05' WHERE client_number = 'K2'")
    code, out, err = shell("prove", "--processes", "1")
    assert (code, err) == (1, "")
    ground = f"client K1, OE1, dossier {world.piet.reference}: ground, stored assignment 2025-01-10; proven a right"
    assert ground in out
    assert f"client K2, dossier {world.an.reference}: fact, stored client " in out


@pytest.mark.parametrize("gone", ["right", "dossier", "unit"])
def test_a_difference_is_told_whatever_of_it_is_gone(world: World, gone: str) -> None:
    right = world.grant("2025-01-10")
    whole = Difference(right.pk, world.piet.pk, world.spoor.pk, "", "")
    without = {
        "right": whole._replace(right=987654),
        "dossier": whole._replace(dossier=987654),
        "unit": whole._replace(unit=987654),
    }
    said = whose_is(without[gone])
    assert ("client K1" in said, str(world.piet.reference) in said) == (gone != "dossier",) * 2
    assert ("OE1" in said) == (gone != "unit")
