"""Whose dossier an assignment opens: the person of the client number, who must be the one of the INSZ (S02)."""

import pytest

from inzage.dossiers.models import Assignment, Client
from inzage.inbox.models import Received
from inzage.notices.models import Notice
from inzage.view_rights.ending import record_death
from inzage.view_rights.models import ViewRight
from inzage.view_rights.recording import record
from tests.ibis import a_youngster, come_in
from tests.vdab.saying import assigned, became, client, ended, tell
from tests.world import World, day, insz, origin


def test_an_assignment_that_names_another_person_than_the_number_does_opens_nothing(world: World) -> None:
    """K1 is Piet here, and An according to the event: the unit would see one of the two by mistake."""
    mixed_up = assigned("2025-02-01", client=client(2))
    tell(mixed_up)
    assert became(mixed_up) == ("quarantined", "other_client")
    assert not any(model._default_manager.exists() for model in (ViewRight, Assignment, Notice))
    received = Received.objects.get()
    assert received.dossier == world.piet
    assert insz(2) not in received.detail


def test_an_end_that_names_another_person_ends_nothing(world: World) -> None:
    mixed_up = ended("2025-01-10", "2025-02-01", client=client(2))
    tell(assigned("2025-01-10"), mixed_up)
    assert became(mixed_up) == ("quarantined", "other_client")
    assert Assignment.objects.get().ended_on is None


@pytest.mark.parametrize("written", [insz(1), f"{insz(1)[:2]}.{insz(1)[2:]}"])
def test_the_same_person_is_taken_under_another_name_and_however_the_number_is_written(
    world: World, written: str
) -> None:
    said = assigned("2025-02-01", client=client(1, insz=written, family_name="Anders"))
    tell(said)
    assert became(said) == ("applied", "")
    assert world.may_view("2025-03-01")


def test_what_was_overtaken_stays_so_though_the_number_was_corrected_since(world: World) -> None:
    tell(assigned("2025-01-10"))
    Client.objects.filter(client_number="K1").update(insz=insz(9))
    late = assigned("2025-01-10")
    tell(late)
    assert became(late) == ("overtaken", "")


@pytest.mark.parametrize("since", ["died", "imported", "told"])
def test_whom_ibis_announced_goes_on_under_vdab_s_number_whatever_others_recorded_since(
    world: World, since: str
) -> None:
    """A version of another source is no number of VDAB's: a second client would split the dossier."""
    come_in(a_youngster(insz_of=7))
    announced = Client.objects.get(client_number="IBIS-R1")
    if since == "died":
        record_death(announced.dossier.pk, deceased_on=day("2026-04-01"), origin=origin("2026-03-02"))
    else:
        source = {"imported": "import", "told": "vdab"}[since]
        record(announced, holds_from=day("2026-03-02"), origin=origin("2026-03-02", source=source))
    said = assigned("2026-03-03", client_number="K7", client=client(7))
    tell(said, on="2026-03-03")
    assert became(said) == ("applied", "")
    assert Client.objects.get(insz=insz(7)).client_number == "K7"
    assert Assignment.objects.get().dossier == announced.dossier


def test_once_under_vdab_s_number_another_number_is_another_client(world: World) -> None:
    come_in(a_youngster(insz_of=7))
    first = assigned("2026-03-03", client_number="K7", client=client(7))
    other = assigned("2026-03-03", client_number="K8", client=client(7), assignment_id="A2")
    tell(first, other, on="2026-03-03")
    assert set(Client.objects.filter(insz=insz(7)).values_list("client_number", flat=True)) == {"K7", "K8"}


def test_a_number_of_another_source_that_looks_like_one_of_ibis_is_left_alone(world: World) -> None:
    alike = Client(client_number="IBIS-7", insz=insz(7), family_name="Bedacht", given_name="Noor")
    record(alike, holds_from=day("2025-01-01"), origin=origin("2025-01-01", source="import"))
    tell(assigned("2025-02-01", client_number="K7", client=client(7)))
    assert Client.objects.filter(insz=insz(7)).count() == 2
