"""A mediator assigns a client or records a consent on the spot: told first, done once, and by nobody else."""

import pytest
from django.test import Client as Browser

from inzage.dossiers.models import Assignment
from inzage.notices.models import Notice
from inzage.partners.models import Service
from inzage.view_rights.models import ViewRight
from inzage.view_rights.objecting import object_to
from tests.portal.at_desk import (
    TOMORROW,
    WHY,
    assigned,
    because,
    confirm,
    confirmed,
    ending_of,
    page_of,
    revoked,
    revoking,
    to_assign,
)
from tests.portal.office import TODAY, Office, origin
from tests.portal.reading import opens, text

pytestmark = pytest.mark.usefixtures("on_the_list")


def test_a_counsellor_revokes_assigns_and_ends_nothing(carla: Browser, office: Office) -> None:
    given = assigned(office)
    for path, sent in (
        (revoking(office), WHY),
        (page_of(office.anna, "toewijzen/"), to_assign(office, step="confirmed")),
        (ending_of(office, given), {"on": TODAY.isoformat(), "reason": "Weg", "step": "confirmed"}),
    ):
        assert carla.post(path, sent).status_code == 403
    assert (revoked(), Assignment.objects.filter(ended_on=None).count()) == (0, 1)


def test_the_brussels_desk_assigns_nothing_and_records_no_consent(bas: Browser, office: Office) -> None:
    because(bas, office.anna, "Melding van de klant.")
    for rest in ("toewijzen/", "toestemming/", f"toewijzingen/{assigned(office).pk}/beeindigen/"):
        assert bas.get(page_of(office.anna, rest)).status_code == 403
    assert 'toewijzen/"' not in bas.get(page_of(office.anna)).content.decode()


def test_what_an_assignment_opens_is_told_and_nothing_is_done_yet(mira: Browser, office: Office) -> None:
    page = text(mira.post(page_of(office.anna, "toewijzen/"), to_assign(office)))
    assert "Leerhuis wordt eigenaar van het dossier, vanaf 2 maart 2026." in page
    assert "Er gaat meteen een inzagerecht open, zolang de toewijzing duurt." in page
    assert "Contact onthaal" in page
    assert not Assignment.objects.exists()
    assert not ViewRight.objects.filter(unit=office.other).exists()
    assert not Notice.objects.filter(unit=office.other).exists()


def test_confirmed_it_makes_an_owner_with_a_right_once(mira: Browser, otto: Browser, office: Office) -> None:
    sent = confirmed(mira, page_of(office.anna, "toewijzen/"), to_assign(office))
    page = text(mira.post(page_of(office.anna, "toewijzen/"), sent, follow=True))
    assert "De toewijzing is geregistreerd." in page
    assert opens(otto, office.anna)
    given = Assignment.objects.get()
    assert (given.makes_owner, given.contact, given.assigned_on) == (True, "onthaal", TODAY)
    again = text(mira.post(page_of(office.anna, "toewijzen/"), sent))
    assert "Deze toewijzing staat er al. Er is niets gewijzigd." in again
    assert Assignment.objects.count() == 1


def test_change_brings_back_what_was_filled_in(mira: Browser, office: Office) -> None:
    page = mira.post(page_of(office.anna, "toewijzen/"), to_assign(office, step="change"))
    assert b'value="onthaal"' in page.content
    assert b'type="hidden" name="unit"' not in page.content
    assert not Assignment.objects.exists()


def test_a_service_that_is_not_tendered_is_kept_and_opens_nothing(
    mira: Browser, otto: Browser, office: Office
) -> None:
    Service.objects.create(code="VRIJ", name="Vrije dienst", tendered=False)
    told = text(mira.post(page_of(office.anna, "toewijzen/"), to_assign(office, service="VRIJ")))
    assert "maar opent geen inzagerecht: Vrije dienst is geen getenderde dienst." in told
    confirm(mira, page_of(office.anna, "toewijzen/"), to_assign(office, service="VRIJ"))
    assert not Assignment.objects.get().makes_owner
    assert not opens(otto, office.anna)


def test_a_day_to_come_opens_on_that_day(mira: Browser, otto: Browser, office: Office) -> None:
    sent = to_assign(office, on=TOMORROW.isoformat())
    told = text(mira.post(page_of(office.anna, "toewijzen/"), sent))
    assert "Leerhuis wordt op 3 maart 2026 eigenaar" in told
    assert "Die dag krijgt Leerhuis vanzelf inzagerecht" in told
    confirm(mira, page_of(office.anna, "toewijzen/"), sent)
    assert not opens(otto, office.anna)


def test_who_shut_the_organisation_out_is_not_passed_over(mira: Browser, office: Office) -> None:
    object_to(office.anna.pk, office.other, origin=origin())
    told = text(mira.post(page_of(office.anna, "toewijzen/"), to_assign(office)))
    assert "De klant sloot Leerhuis uit. De toewijzing geeft toch inzage" in told


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"unit": "OE404"}, "Deze organisatie kennen wij niet."),
        ({"unit": ""}, "Vul het OE-nummer van de organisatie in."),
        ({"service": ""}, "Kies een dienst."),
        ({"service": "NIET"}, "Kies een dienst van de lijst."),
        ({"on": "2026-02-30"}, "Vul een dag in die bestaat"),
        ({"on": "2027-03-03"}, "die dag ligt meer dan een jaar vooruit"),
        ({"contact": "x" * 201}, "200"),
    ],
)
@pytest.mark.parametrize("step", ["", "confirmed"])
def test_what_can_not_be_assigned_is_said_at_the_form(
    mira: Browser, office: Office, other: dict[str, str], said: str, step: str
) -> None:
    page = mira.post(page_of(office.anna, "toewijzen/"), to_assign(office, step=step) | other)
    assert said in text(page)
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("step", ["", "confirmed"])
def test_a_second_owner_is_refused_in_a_sentence(mira: Browser, office: Office, step: str) -> None:
    assigned(office)
    page = mira.post(page_of(office.anna, "toewijzen/"), to_assign(office, unit="OE1", step=step))
    assert "is een andere organisatie eigenaar van dit dossier: beëindig eerst die toewijzing." in text(page)
    assert Assignment.objects.count() == 1


def test_a_consent_from_the_picture_asks_no_client_again_and_grants_once(
    mira: Browser, otto: Browser, office: Office
) -> None:
    page = mira.get(page_of(office.anna, "toestemming/"))
    assert str(office.anna.client) in text(page)
    assert b'name="number"' not in page.content
    sent = {"unit": "OE2", "purpose": "guidance"}
    done = mira.post(page_of(office.anna, "toestemming/"), sent, follow=True)
    assert "het inzagerecht is toegekend" in text(done)
    assert opens(otto, office.anna)
    again = mira.post(page_of(office.anna, "toestemming/"), sent)
    assert "Deze toestemming is vandaag al geregistreerd." in text(again)
    assert ViewRight.objects.filter(unit=office.other).count() == 1
