"""What a desk changes in who may look: revoking, assigning, ending, consent on the spot; told first, done once."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client as Browser
from django.utils import timezone

from inzage.dossiers.models import Assignment
from inzage.notices.models import Notice
from inzage.notices.sending import send_mails
from inzage.partners.models import Service
from inzage.rules.names import ClosingReason
from inzage.view_rights import ending
from inzage.view_rights.assigning import assign, end_assignment
from inzage.view_rights.explaining import in_words
from inzage.view_rights.models import ViewRight
from inzage.view_rights.objecting import object_to
from tests.portal.books import propose_and_approve
from tests.portal.office import TODAY, Office, a_dossier, a_form, a_right, an_activity, origin
from tests.portal.reading import goes_to, markup, opens, text
from tests.portal.test_desk_client import because, page_of
from tests.rules.test_book_terms import BOOK

TOMORROW = TODAY + timedelta(days=1)
WHY = {"reason": "Aan de verkeerde gegeven.", "sure": "on"}


@pytest.fixture(autouse=True)
def _on_the_list(office: Office) -> None:
    """Anna is on the mediators' work list."""
    a_form(office.anna, office.school)


def revoking(office: Office, right: ViewRight | None = None) -> str:
    """Where Werkpad's right on Anna's dossier is revoked, or another one."""
    return page_of(office.anna, f"inzagerechten/{(right or office.right).pk}/intrekken/")


def revoked() -> int:
    """How many rights were revoked."""
    return ViewRight.objects.filter(closing_reason=ClosingReason.REVOKED).count()


def to_assign(office: Office, **other: str) -> dict[str, str]:
    """What the form of an assignment to Leerhuis sends."""
    sent = {"unit": "OE2", "service": "TIBB4", "on": TODAY.isoformat(), "contact": "onthaal"}
    return sent | other


def assigned(office: Office, *, on: date = TODAY) -> Assignment:
    """Anna, assigned to Leerhuis."""
    return assign(office.anna.pk, office.other, office.service, on=on, origin=origin())


def ending_of(office: Office, assignment: Assignment) -> str:
    """Where that assignment is ended."""
    return page_of(office.anna, f"toewijzingen/{assignment.pk}/beeindigen/")


def told(response: Any) -> str:
    """What a page that tells what will happen sends along with its form."""
    found = re.search(r'name="told" value="([^"]*)"', markup(response))
    return found[1] if found else ""


def confirmed(browser: Browser, page: str, sent: dict[str, str]) -> dict[str, str]:
    """What is sent once the page told what this does, and was read."""
    return sent | {"step": "confirmed", "told": told(browser.post(page, sent))}


def confirm(browser: Browser, page: str, sent: dict[str, str]) -> Any:
    """Read what it does, and confirm."""
    return browser.post(page, confirmed(browser, page, sent), follow=True)


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


def test_what_an_end_does_to_the_right_is_told_and_then_done(
    mira: Browser, otto: Browser, office: Office
) -> None:
    given, sent = assigned(office), {"on": TODAY.isoformat(), "reason": "De opdracht is voorbij."}
    right = ViewRight.objects.get(unit=office.other)
    told = text(mira.post(ending_of(office, given), sent))
    assert "Leerhuis is vanaf 2 maart 2026 geen eigenaar van het dossier meer." in told
    assert right.last_day is None
    assert Assignment.objects.get().ended_on is None
    confirm(mira, ending_of(office, given), sent)
    right.refresh_from_db()
    assert right.last_day is not None
    assert f"tot en met {right.last_day.day} " in told
    assert Assignment.objects.get().end_reason == sent["reason"]
    assert opens(otto, office.anna)


SHORTER = BOOK.replace("2020-01-01", str(TODAY)).replace("months = 9", "months = 4")
"""A book that starts today: four months after an ownership under TIBB4, a fortnight where nobody showed up."""


@pytest.mark.parametrize(
    ("chosen", "reason", "kept", "left"),
    [
        ("", "De opdracht is voorbij.", "", "tot en met 2 juli 2026"),
        ("not_started", "Niemand gezien.", "not_started", "tot en met 16 maart 2026"),
        ("trajectory_ended", "not_started", "trajectory_ended", "tot en met 2 juli 2026"),
        ("", "not_started", "not_started", "tot en met 16 maart 2026"),
    ],
)
def test_how_it_ended_is_chosen_told_with_its_own_term_and_goes_before_the_words(
    mira: Browser, office: Office, chosen: str, reason: str, kept: str, left: str
) -> None:
    propose_and_approve(SHORTER, on=TODAY - timedelta(days=9))
    given = assigned(office)
    sent = {"on": TODAY.isoformat(), "reason": reason, "ended_by": chosen}
    assert left in text(mira.post(ending_of(office, given), sent))
    confirm(mira, ending_of(office, given), sent)
    assert Assignment.objects.get().ended_by == kept
    last_day = ViewRight.objects.get(unit=office.other).last_day
    assert last_day is not None
    assert f"tot en met {in_words(last_day, 'nl')}" == left


@pytest.mark.parametrize(
    ("ended_by", "reason", "shown"),
    [
        ("not_started", "Niemand gezien", "de klant is niet opgedaagd: Niemand gezien"),
        ("not_started", "not_started", "de klant is niet opgedaagd"),
        ("", "Voorbij", "1 maart 2026 Voorbij"),
    ],
)
def test_how_an_assignment_ended_is_read_in_words(
    mira: Browser, office: Office, ended_by: str, reason: str, shown: str
) -> None:
    given = assigned(office, on=TODAY - timedelta(days=9))
    end_assignment(given.pk, on=TODAY - timedelta(days=1), reason=reason, ended_by=ended_by, origin=origin())
    assert shown in text(mira.get(page_of(office.anna, "gronden/")))


def test_no_other_way_to_end_is_taken(mira: Browser, office: Office) -> None:
    sent = {"on": TODAY.isoformat(), "reason": "Weg", "ended_by": "vanished", "step": "confirmed"}
    assert "Kies hoe de toewijzing eindigt" in text(mira.post(ending_of(office, assigned(office)), sent))
    assert Assignment.objects.get().ended_on is None


def test_an_end_that_was_there_already_is_told(mira: Browser, office: Office) -> None:
    given, sent = assigned(office), {"on": TODAY.isoformat(), "reason": "Voorbij"}
    sent = confirmed(mira, ending_of(office, given), sent)
    mira.post(ending_of(office, given), sent)
    page = text(mira.post(ending_of(office, given), sent | {"reason": "Nog eens"}))
    assert "Deze toewijzing was al beëindigd. Er is niets gewijzigd." in page
    assert Assignment.objects.get().end_reason == "Voorbij"
    assert "is al beëindigd: 2 maart 2026" in text(mira.get(ending_of(office, given)))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"on": "2026-03-01", "reason": "Weg"}, "Die dag ligt vóór het begin van de toewijzing"),
        ({"on": "2026-03-02", "reason": "  "}, "Schrijf waarom de toewijzing eindigt."),
        ({"on": "", "reason": "Weg"}, "Vul een dag in."),
    ],
)
@pytest.mark.parametrize("step", ["", "confirmed"])
def test_what_is_no_end_is_said_at_the_form(
    mira: Browser, office: Office, sent: dict[str, str], said: str, step: str
) -> None:
    given = assigned(office)
    assert said in text(mira.post(ending_of(office, given), sent | {"step": step}))
    assert Assignment.objects.get().ended_on is None


def test_the_end_of_one_that_opened_nothing_or_never_begins_is_told_so(mira: Browser, office: Office) -> None:
    free = Service.objects.create(code="VRIJ", name="Vrije dienst", tendered=False)
    kept = assign(office.anna.pk, office.own, free, on=TODAY, origin=origin())
    to_come = assigned(office, on=TOMORROW)
    sent = {"on": TOMORROW.isoformat(), "reason": "Weg"}
    assert "Deze toewijzing opende geen inzagerecht" in text(mira.post(ending_of(office, kept), sent))
    assert "De toewijzing begint dan nooit, en opent niets." in text(
        mira.post(ending_of(office, to_come), sent)
    )


def test_an_assignment_of_another_dossier_does_not_exist_under_this_one(
    mira: Browser, office: Office
) -> None:
    bobs = assign(a_dossier("Bob").pk, office.other, office.service, on=TODAY, origin=origin())
    assert mira.get(ending_of(office, bobs)).status_code == 404
    sent = {"on": TODAY.isoformat(), "reason": "Weg", "step": "confirmed"}
    assert mira.post(ending_of(office, bobs), sent).status_code == 404
    assert Assignment.objects.get().ended_on is None


def test_a_later_end_takes_the_place_of_an_announced_one(mira: Browser, office: Office) -> None:
    given = assigned(office)
    end_assignment(given.pk, on=TOMORROW, reason="Gepland", origin=origin())
    assert "Er is al een einde gekend: 3 maart 2026" in text(mira.get(ending_of(office, given)))
    confirm(mira, ending_of(office, given), {"on": TODAY.isoformat(), "reason": "Vroeger"})
    assert Assignment.objects.get().ended_on == TODAY


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
