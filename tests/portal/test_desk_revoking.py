"""A desk revokes a right: told first, with a reason, done once."""

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client as Browser
from django.utils import timezone

from inzage.notices.models import Notice
from inzage.notices.sending import send_mails
from inzage.view_rights import ending
from inzage.view_rights.assigning import assign
from inzage.view_rights.models import ViewRight
from tests.portal.at_desk import TOMORROW, WHY, because, page_of, revoked, revoking
from tests.portal.office import TODAY, Office, a_dossier, a_right, an_activity, origin
from tests.portal.reading import goes_to, opens, text

pytestmark = pytest.mark.usefixtures("on_the_list")


def test_the_page_says_what_revoking_does_before_anything_happens(mira: Browser, office: Office) -> None:
    an_activity(office)
    assign(office.anna.pk, office.own, office.service, on=TODAY, origin=origin())
    page = text(mira.get(revoking(office)))
    for said in (
        *(
            "niemand van Werkpad kan het dossier nog openen",
            "Dat is definitief.",
            "krijgt bericht, met uw reden",
        ),
        *(
            "Werkpad heeft hier nog 1 actie die niet afgesloten is.",
            "Werkpad blijft eigenaar van het dossier",
        ),
    ):
        assert said in page
    assert revoked() == 0


def test_confirmed_the_right_ends_the_partner_reads_why_and_the_mail_says_nothing(
    mira: Browser, carla: Browser, anna: Browser, office: Office
) -> None:
    office.own.email = "werkpad@example.invalid"
    office.own.save()
    page = text(mira.post(revoking(office), WHY, follow=True))
    assert "Het inzagerecht van Werkpad is ingetrokken." in page
    assert "VDAB trok het recht in. Aan de verkeerde gegeven." in page
    assert not opens(carla, office.anna)
    assert "VDAB trok het recht in. Aan de verkeerde gegeven." in text(carla.get("/berichten/"))
    assert "VDAB nam het recht terug." in text(anna.get("/mijn-dossier/"))
    assert "Aan de verkeerde" not in text(anna.get("/mijn-dossier/"))
    send_mails(timezone.now())
    sent = f"{mail.outbox[-1].subject} {mail.outbox[-1].body}"
    for known in (*office.anna.client.family_name.split(), office.anna.client.client_number, WHY["reason"]):
        assert known not in sent


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reason": "", "sure": "on"}, "Schrijf waarom het recht ingetrokken wordt."),
        ({"reason": "  \n ", "sure": "on"}, "Schrijf waarom het recht ingetrokken wordt."),
        ({"reason": "Vergissing"}, "Vink aan dat u het recht intrekt"),
    ],
)
def test_without_a_reason_or_the_tick_nothing_is_revoked(
    mira: Browser, office: Office, sent: dict[str, str], said: str
) -> None:
    assert said in text(mira.post(revoking(office), sent))
    assert revoked() == 0


def test_sent_twice_it_is_revoked_once_and_told(mira: Browser, office: Office) -> None:
    mira.post(revoking(office), WHY)
    before, told = list(ViewRight.objects.values()), Notice.objects.count()
    page = mira.post(revoking(office), WHY, follow=True)
    assert "Dit inzagerecht was al ingetrokken. Er is niets gewijzigd." in text(page)
    assert (list(ViewRight.objects.values()), Notice.objects.count()) == (before, told)


def test_a_right_that_ended_otherwise_is_told_and_not_offered(mira: Browser, office: Office) -> None:
    ending.give_back(office.right.pk, origin=origin())
    page = mira.get(revoking(office))
    assert "is al geëindigd: 1 maart 2026 was de laatste dag" in text(page)
    assert b"<textarea" not in page.content
    page = mira.post(revoking(office), WHY, follow=True)
    assert "Dit inzagerecht was al afgesloten. Er is niets gewijzigd." in text(page)


def test_a_right_on_another_dossier_does_not_exist_under_this_one(mira: Browser, office: Office) -> None:
    bobs = a_right(a_dossier("Bob"), office.own)
    for method in ("get", "post"):
        assert getattr(mira, method)(revoking(office, bobs), WHY).status_code == 404
    assert revoked() == 0


def test_nobody_revokes_without_the_reason_for_opening_the_dossier(bas: Browser, office: Office) -> None:
    assert goes_to(bas.post(revoking(office), WHY)) == page_of(office.anna)
    assert revoked() == 0
    because(bas, office.anna, "Melding van de klant.")
    bas.post(revoking(office), WHY)
    assert revoked() == 1


@pytest.mark.parametrize(
    ("granted_on", "ends"), [(date(2025, 9, 1), "1 maart 2026"), (date(2025, 9, 2), None)]
)
def test_a_right_is_revoked_up_to_its_last_day_and_no_later(
    mira: Browser, office: Office, granted_on: date, ends: str | None
) -> None:
    right = a_right(office.anna, office.other, on=granted_on)
    offered = f'href="{revoking(office, right)}"' in mira.get(page_of(office.anna)).content.decode()
    assert offered is (ends is None)
    page = text(mira.get(revoking(office, right)))
    assert (f"is al geëindigd: {ends} was de laatste dag" in page) is (ends is not None)
    done = text(mira.post(revoking(office, right), WHY, follow=True))
    assert ("Dit inzagerecht was al afgesloten." in done) is (ends is not None)
    assert revoked() == (1 if ends is None else 0)


def test_two_at_once_revoke_once(mira: Browser, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    really = ending.revoke

    def another_was_first(right: int, **how: Any) -> ViewRight:
        really(right, origin=origin())
        return really(right, **how)

    monkeypatch.setattr(ending, "revoke", another_was_first)
    page = mira.post(revoking(office), WHY, follow=True)
    assert "Dit inzagerecht was al ingetrokken. Er is niets gewijzigd." in text(page)
    assert revoked() == 1


def test_an_old_page_revokes_no_right_that_was_granted_since(mira: Browser, office: Office) -> None:
    ending.give_back(office.right.pk, origin=origin())
    newer = a_right(office.anna, office.own)
    mira.post(revoking(office), WHY)
    assert ViewRight.objects.filter(pk=newer.pk, closed_on=None).exists()


def test_a_ground_that_is_still_to_come_is_told_before_a_right_is_revoked(
    mira: Browser, office: Office
) -> None:
    assign(office.anna.pk, office.own, office.service, on=TOMORROW, origin=origin())
    page = text(mira.get(revoking(office)))
    assert "Op 3 maart 2026 begint er al een nieuwe grond: dan krijgt Werkpad opnieuw inzagerecht." in page
