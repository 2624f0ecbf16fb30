"""One dossier: shown while the right stands, with why and until when, and never otherwise (S01, S12)."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

from django.test import Client as Browser

from inzage.access_log.models import AccessLine
from inzage.view_rights.assigning import assign, transfer
from inzage.view_rights.ending import give_back
from inzage.view_rights.performing import Hours, perform
from inzage.view_rights.registering import Actor
from tests.portal.office import NOON, TODAY, Office, a_dossier, a_right, an_activity, origin
from tests.portal.reading import address, lines, markup, opens, text


def test_the_right_partner_sees_the_dossier(carla: Browser, office: Office) -> None:
    page = text(carla.get(address(office.anna)))
    assert "Anna Verzinsel" in page
    assert "Tot en met 2 september 2026" in page
    assert "toestemming bij de bemiddelaar" in page
    assert "Regel closing.no-activity" in page


def test_the_right_partner_does_not_see_another_dossier(carla: Browser, office: Office) -> None:
    assert not opens(carla, a_dossier("Bob"))


def test_another_partner_does_not_see_the_same_dossier(otto: Browser, office: Office) -> None:
    assert not opens(otto, office.anna)


def test_a_right_closed_yesterday_shows_nothing_and_its_last_day_did(carla: Browser, office: Office) -> None:
    ended, last_day = a_dossier("Ria"), a_dossier("Rik")
    a_right(ended, office.own, on=date(2025, 9, 1))
    a_right(last_day, office.own, on=date(2025, 9, 2))
    assert not opens(carla, ended)
    assert opens(carla, last_day)


def test_a_right_given_back_today_shows_nothing_at_once(carla: Browser, office: Office) -> None:
    assert opens(carla, office.anna)
    give_back(office.right.pk, origin=origin())
    assert not opens(carla, office.anna)


def test_vdabs_people_do_not_reach_partners_pages(mira: Browser, bas: Browser, office: Office) -> None:
    for browser in (mira, bas):
        assert browser.get(address(office.anna)).status_code == 403


def test_unknown_and_forbidden_are_answered_to_the_letter_the_same(otto: Browser, office: Office) -> None:
    unknown = otto.get(f"/dossiers/{uuid.UUID(int=7)}/")
    forbidden = otto.get(address(office.anna))
    assert unknown.status_code == forbidden.status_code == 404
    assert markup(unknown) == markup(forbidden)
    assert "Geen inzagerecht" in text(forbidden)


def test_an_activity_of_a_dossier_without_a_right_is_answered_in_the_same_way(
    otto: Browser, carla: Browser, office: Office
) -> None:
    line = an_activity(office)
    forbidden = markup(otto.get(f"{address(office.anna)}acties/{line.pk}/"))
    assert forbidden == markup(otto.get(f"{address(office.anna)}acties/{line.pk + 1}/"))
    assert "Geen inzagerecht" in forbidden
    assert "Lassen" in text(carla.get(f"{address(office.anna)}acties/{line.pk}/"))


def test_an_activity_is_not_found_under_another_dossier(carla: Browser, office: Office) -> None:
    line, bob = an_activity(office), a_dossier("Bob")
    a_right(bob, office.own)
    assert carla.get(f"{address(bob)}acties/{line.pk}/").status_code == 404


def test_the_dossier_shows_its_steps_with_state_executor_days_and_hours(
    carla: Browser, office: Office
) -> None:
    line = an_activity(office, started_on=TODAY - timedelta(days=1))
    actor = Actor(origin(), office.own)
    perform(line.pk, Hours(TODAY, present=_hours(3)), actor=actor)
    perform(line.pk, Hours(TODAY, present=_hours(4)), actor=actor)
    perform(line.pk, Hours(TODAY - timedelta(days=1), _hours(2), _hours(1), "ziek"), actor=actor)
    page = text(carla.get(address(office.anna)))
    assert "Lassen opleiding bezig Werkpad 1 maart 2026 – 6 / 1" in page


def test_the_owner_and_the_earlier_owner_with_their_contact_can_be_read(
    carla: Browser, office: Office
) -> None:
    first = assign(
        office.anna.pk,
        office.other,
        office.service,
        on=TODAY - timedelta(days=9),
        contact="Jo",
        origin=origin(),
    )
    transfer(first.pk, office.own, office.service, on=TODAY, contact="Ka", origin=origin())
    page = text(carla.get(address(office.anna)))
    assert (
        "Werkpad is eigenaar van dit dossier sinds 2 maart 2026, via Intensieve begeleiding. Contact: Ka."
        in page
    )
    assert "Leerhuis Intensieve begeleiding 21 februari 2026 2 maart 2026 Jo" in page


def test_each_look_writes_a_line_with_who_for_whom_what_when_and_on_which_right(
    carla: Browser, office: Office
) -> None:
    carla.get(address(office.anna))
    line = AccessLine.objects.get(kind="look")
    shown = line.shown.get()
    assert (line.person, line.unit, line.part, line.at) == (office.carla.signature, "OE1", "general", NOON)
    assert (shown.dossier_id, shown.right, shown.rule) == (
        office.anna.pk,
        office.right.pk,
        "closing.no-activity",
    )


def test_a_look_that_was_refused_writes_none(otto: Browser, office: Office) -> None:
    otto.get(address(office.anna))
    assert lines("look") == []


def test_a_client_number_or_a_row_number_in_the_address_opens_nothing(carla: Browser, office: Office) -> None:
    for number in (office.anna.client.client_number, office.anna.client.insz, office.anna.pk):
        assert carla.get(f"/dossiers/{number}/").status_code == 404


def _hours(number: int) -> Decimal:
    return Decimal(number)
