"""Whose dossier an assignment opens: the person of the client number, who must be the one of the INSZ (S02)."""

import pytest

from inzage.dossiers.models import Assignment, Client
from inzage.inbox.models import Received
from inzage.notices.models import Notice
from inzage.view_rights.models import ViewRight
from tests.vdab.saying import assigned, became, client, ended, tell
from tests.world import World, insz


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
