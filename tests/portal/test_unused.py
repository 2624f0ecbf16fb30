"""Which rights count as unused: by the day, by what is a use, and by whose (decision 0047)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from inzage.dossiers.models import Activity
from inzage.journal.models import Origin
from inzage.rules.days import midnight
from inzage.rules.names import Kind
from inzage.view_rights.ending import give_back
from inzage.view_rights.models import ViewRight
from inzage.view_rights.performing import Hours, perform
from inzage.view_rights.registering import Actor, NewActivity, register
from inzage.view_rights.unused import DAYS, Use, unused, use_of, with_use
from tests.portal.clients import a_look, a_yes
from tests.portal.managing import LONG_AGO, ago, an_old_right
from tests.portal.office import NOON, TODAY, Office, a_right, origin

BOUNDARY = [(DAYS - 1, False), (DAYS, True), (DAYS + 1, True)]
"""The day before, on and after which a right is unused for sixty days."""


def is_proposed(right: ViewRight, office: Office) -> bool:
    """Whether this right of Werkpad is proposed for giving back."""
    return unused(office.own, on=TODAY).filter(pk=right.pk).exists()


def use(right: ViewRight, office: Office) -> Use:
    """How the right was used."""
    return use_of(with_use(ViewRight.objects.filter(pk=right.pk), office.own).get())


def a_line(right: ViewRight, office: Office, *, days: int, by: str) -> Activity:
    """An action registered so many days ago, by a person or an institution."""
    day = TODAY - ago(days)
    new = NewActivity(office.own, Kind.TRAINING, "Lassen", started_on=day)
    return register(right.dossier_id, new, actor=Actor(Origin(by, NOON - ago(days), "portal")))


@pytest.mark.parametrize(("days", "proposed"), BOUNDARY)
def test_a_right_younger_than_sixty_days_is_never_proposed(office: Office, days: int, proposed: bool) -> None:
    right = an_old_right(office.own, days=days)
    assert is_proposed(right, office) is proposed
    assert use(right, office) == Use(None, TODAY - ago(days))


@pytest.mark.parametrize(("days", "proposed"), BOUNDARY)
def test_sixty_days_are_counted_from_the_last_look(office: Office, days: int, proposed: bool) -> None:
    right = an_old_right(office.own)
    a_look(right.dossier, office.carla, office.own, ago=ago(days + 20))
    a_look(right.dossier, office.carla, office.own, ago=ago(days))
    assert is_proposed(right, office) is proposed
    assert use(right, office) == Use(TODAY - ago(days), TODAY - ago(days))


@pytest.mark.parametrize(("before", "proposed"), [(timedelta(seconds=1), True), (timedelta(0), False)])
def test_the_days_are_those_of_brussels(office: Office, before: timedelta, proposed: bool) -> None:
    right = an_old_right(office.own)
    first = midnight(TODAY - ago(DAYS - 1))
    a_look(right.dossier, office.carla, office.own, ago=NOON - (first - before))
    assert is_proposed(right, office) is proposed


@pytest.mark.parametrize(("days", "proposed"), BOUNDARY)
def test_a_yes_to_another_system_is_a_use(office: Office, days: int, proposed: bool) -> None:
    right = an_old_right(office.own)
    a_yes(right.dossier, office.carla, office.own, ago=ago(days))
    assert is_proposed(right, office) is proposed
    assert use(right, office) == Use(None, TODAY - ago(days))


@pytest.mark.parametrize(("days", "proposed"), BOUNDARY)
def test_what_a_person_registered_is_a_use(office: Office, days: int, proposed: bool) -> None:
    right = an_old_right(office.own)
    a_line(right, office, days=days, by=office.carla.signature)
    assert is_proposed(right, office) is proposed
    assert use(right, office) == Use(None, TODAY - ago(days))


@pytest.mark.parametrize(("days", "proposed"), BOUNDARY)
def test_hours_that_a_person_registered_are_a_use(office: Office, days: int, proposed: bool) -> None:
    right = an_old_right(office.own)
    line = a_line(right, office, days=LONG_AGO, by="vdab")
    by = Origin(office.carla.signature, NOON - ago(days), "portal")
    perform(line.pk, Hours(TODAY - ago(days), Decimal(4)), actor=Actor(by, office.own))
    assert is_proposed(right, office) is proposed
    assert use(right, office) == Use(None, TODAY - ago(days))


def test_what_vdab_registers_for_the_unit_is_no_use_by_it(office: Office) -> None:
    right = an_old_right(office.own)
    a_line(right, office, days=1, by="vdab")
    assert is_proposed(right, office)


@pytest.mark.parametrize("kind", ["list", "search", "export"])
def test_a_line_of_a_list_is_no_use(office: Office, kind: str) -> None:
    right = an_old_right(office.own)
    a_look(right.dossier, office.carla, office.own, kind=kind)
    assert is_proposed(right, office)


def test_what_another_unit_or_vdab_does_in_the_dossier_is_no_use(office: Office) -> None:
    right = an_old_right(office.own)
    a_right(right.dossier, office.other)
    a_look(right.dossier, office.otto, office.other)
    a_look(right.dossier, office.mira, None, reason="Nazicht")
    a_yes(right.dossier, office.otto, office.other)
    a_yes(right.dossier, office.carla, office.own, allowed=False, ago=ago(1))
    new = NewActivity(office.other, Kind.TRAINING, "Lassen", started_on=TODAY)
    register(right.dossier_id, new, actor=Actor(Origin(office.otto.signature, NOON, "portal"), office.other))
    assert is_proposed(right, office)


def test_what_is_done_in_another_dossier_is_no_use_of_this_one(office: Office) -> None:
    right = an_old_right(office.own)
    a_look(office.anna, office.carla, office.own)
    assert is_proposed(right, office)


def test_a_right_entered_late_is_as_young_as_its_entry(office: Office) -> None:
    right = an_old_right(office.own)
    ViewRight.objects.filter(pk=right.pk).update(opened_at=NOON - ago(DAYS - 1))
    assert not is_proposed(right, office)
    assert use(right, office) == Use(None, TODAY - ago(DAYS - 1))


def test_what_no_longer_stands_is_not_proposed(office: Office) -> None:
    closed, over, last = (an_old_right(office.own) for _ in range(3))
    give_back(closed.pk, origin=origin(TODAY - ago(1)))
    ViewRight.objects.filter(pk=over.pk).update(last_day=TODAY - ago(1))
    ViewRight.objects.filter(pk=last.pk).update(last_day=TODAY)
    assert list(unused(office.own, on=TODAY)) == [last]


def test_each_unit_has_its_own(office: Office) -> None:
    right = an_old_right(office.own)
    theirs = an_old_right(office.other, dossier=right.dossier)
    assert list(unused(office.own, on=TODAY)) == [right]
    assert list(unused(office.other, on=TODAY)) == [theirs]
