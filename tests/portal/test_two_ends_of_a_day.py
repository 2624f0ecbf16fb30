"""Two rights of one unit on one dossier that end on one day: each notice and each right says its own reason."""

from typing import Any

import pytest
from django.test import Client as Browser

from inzage.notices.models import Notice
from inzage.view_rights.ending import give_back, record_death, revoke
from inzage.view_rights.models import ViewRight
from inzage.view_rights.running import run
from inzage.view_rights.withdrawing import withdraw
from tests.portal.at_desk import page_of
from tests.portal.office import NOON, TODAY, Office, a_form, a_right, origin
from tests.portal.reading import text

REVOKED = "VDAB trok het recht in."


def two_ends(office: Office) -> tuple[ViewRight, ViewRight]:
    """Werkpad's right is revoked; a new one, granted on the same day, is given back."""
    first = revoke(office.right.pk, remark="Vergissing van ons.", origin=origin())
    second = a_right(office.anna, office.own)
    return first, give_back(second.pk, remark="Niet meer nodig.", origin=origin())


def of_before(office: Office) -> None:
    """Which right a closing was of was not kept yet."""
    Notice.objects.filter(kind="closed").update(right=None)


def test_each_notice_says_the_end_of_its_own_right(carla: Browser, office: Office) -> None:
    two_ends(office)
    later, earlier = text(carla.get("/berichten/?soort=closed")).split("Inzagerecht afgesloten")[1:]
    assert "Niet meer nodig." in later
    assert "Vergissing van ons." in earlier
    assert REVOKED in earlier
    assert REVOKED not in later


def test_a_desk_reads_with_each_right_what_was_said_of_it(mira: Browser, office: Office) -> None:
    a_form(office.anna, office.school)
    two_ends(office)
    page = text(mira.get(page_of(office.anna)))
    assert page.count("Vergissing van ons.") == page.count("Niet meer nodig.") == 1
    assert f"{REVOKED} Vergissing van ons." in page


def test_a_closing_of_before_is_told_by_its_day(carla: Browser, mira: Browser, office: Office) -> None:
    a_form(office.anna, office.school)
    revoke(office.right.pk, remark="Vergissing van ons.", origin=origin())
    of_before(office)
    assert REVOKED in text(carla.get("/berichten/?soort=closed"))
    assert f"{REVOKED} Vergissing van ons." in text(mira.get(page_of(office.anna)))


def by_death(office: Office) -> None:
    """Anna died."""
    record_death(office.anna.pk, deceased_on=TODAY, origin=origin())


def by_withdrawal(office: Office) -> None:
    """Anna withdraws the consent on which the right rests."""
    form = office.right.grants.get().form
    assert form is not None
    withdraw(form.pk, withdrawn_on=TODAY, origin=origin())


def by_the_night(office: Office) -> None:
    """The term is over."""
    ViewRight.objects.filter(pk=office.right.pk).update(granted_on="2025-01-10")
    office.right.grants.update(granted_on="2025-01-10")
    ViewRight.objects.filter(pk=office.right.pk).update(last_day="2025-07-10")
    run(TODAY, clock=lambda: NOON)


@pytest.mark.parametrize("ended", [by_death, by_withdrawal, by_the_night])
def test_every_closing_keeps_which_right_it_was_of(office: Office, ended: Any) -> None:
    ended(office)
    assert ViewRight.objects.get(pk=office.right.pk).closed_on is not None
    assert Notice.objects.get(kind="closed").right == office.right.pk
