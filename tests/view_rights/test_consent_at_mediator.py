"""A consent recorded at the mediator settles what was asked of it; nothing is asked for a client who died (S04)."""

from typing import Any

import pytest

from inzage.consents.models import CONSENTED, ConsentForm
from inzage.notices.models import Notice
from inzage.partners.models import Unit
from inzage.rules.granting import Refusal
from inzage.rules.names import Purpose, Route
from inzage.view_rights.consenting import (
    Asked,
    ask_right,
    record_consent_at_mediator,
    refuse,
)
from inzage.view_rights.ending import record_death
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.models import ViewRight
from inzage.view_rights.withdrawing import withdraw
from tests.world import World, day, origin


def asked_of_mediator(world: World, by: Unit, **other: Any) -> ConsentForm:
    """A request for Spoor, for guidance of Piet, that waits for his consent at the mediator."""
    known = {"unit": world.spoor, "route": Route.MEDIATOR, "purpose": Purpose.GUIDANCE, "by": by, **other}
    dossier = known.pop("dossier", world.piet)
    return ask_right(dossier.pk, Asked(**known), origin=origin("2025-01-10"))


def consent_at_mediator(world: World) -> ViewRight:
    """Piet consents at the mediator to guidance by Spoor."""
    asked = Asked(world.spoor, Route.MEDIATOR, Purpose.GUIDANCE)
    return record_consent_at_mediator(world.piet.pk, asked, origin=origin("2025-01-12"))


def test_one_consent_at_the_mediator_settles_every_request_for_the_same(world: World) -> None:
    own, same, by_other = (asked_of_mediator(world, by) for by in (world.spoor, world.spoor, world.haven))
    right = consent_at_mediator(world)
    forms = [ConsentForm.objects.get(pk=form.pk) for form in (own, same, by_other)]
    assert [form.state for form in forms] == ["granted", "refused", "refused"]
    assert [form.remark for form in forms] == ["", CONSENTED, CONSENTED]
    assert [grant.form_id for grant in right.grants.all()] == [own.pk]
    told = Notice.objects.order_by("pk").values_list("kind", "unit__name", "detail")
    assert list(told) == [("granted", world.spoor.name, ""), ("refused", world.haven.name, CONSENTED)]


def test_what_was_settled_together_is_withdrawn_at_once(world: World) -> None:
    own = asked_of_mediator(world, world.spoor)
    asked_of_mediator(world, world.haven)
    consent_at_mediator(world)
    withdraw(own.pk, withdrawn_on=day("2025-02-01"), origin=origin("2025-02-01"))
    assert not world.may_view("2025-02-01")


def test_another_purpose_unit_route_or_client_still_waits(world: World) -> None:
    waiting = [
        asked_of_mediator(world, world.spoor, purpose=Purpose.TRAINING),
        asked_of_mediator(world, world.spoor, unit=world.brug),
        asked_of_mediator(world, world.spoor, route=Route.FORM),
        asked_of_mediator(world, world.spoor, dossier=world.an),
    ]
    handled = refuse(asked_of_mediator(world, world.spoor).pk, reason="Dubbel", origin=origin("2025-01-11"))
    consent_at_mediator(world)
    assert {ConsentForm.objects.get(pk=form.pk).state for form in waiting} == {"asked"}
    handled.refresh_from_db()
    assert handled.remark == "Dubbel"


@pytest.mark.parametrize(
    ("died_on", "refused"), [("2025-01-09", True), ("2025-01-10", True), ("2025-01-11", False)]
)
@pytest.mark.parametrize("route", [Route.FORM, Route.MEDIATOR])
def test_nothing_is_asked_for_a_client_who_died(
    world: World, route: Route, died_on: str, refused: bool
) -> None:
    record_death(world.piet.pk, deceased_on=day(died_on), origin=origin("2025-01-09"))
    for by in (world.spoor, world.haven):
        if refused:
            with pytest.raises(NotGranted) as why:
                asked_of_mediator(world, by, route=route)
            assert why.value.refusal == Refusal.DECEASED
        else:
            asked_of_mediator(world, by, route=route)
    assert ConsentForm.objects.count() == (0 if refused else 2)


def test_another_client_is_asked_all_the_same(world: World) -> None:
    record_death(world.piet.pk, deceased_on=day("2025-01-09"), origin=origin("2025-01-09"))
    assert asked_of_mediator(world, world.spoor, dossier=world.an).state == "asked"
