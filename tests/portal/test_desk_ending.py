"""A mediator ends an assignment: what that does to the right is told first, and how it ended has its own term."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from inzage.dossiers.models import Assignment
from inzage.partners.models import Service
from inzage.view_rights.assigning import assign, end_assignment
from inzage.view_rights.explaining import in_words
from inzage.view_rights.models import ViewRight
from tests.portal.at_desk import TOMORROW, assigned, confirm, confirmed, ending_of, page_of
from tests.portal.books import propose_and_approve
from tests.portal.office import TODAY, Office, a_dossier, origin
from tests.portal.reading import opens, text
from tests.rules.drafts import without_a_gap
from tests.rules.test_book_terms import BOOK

pytestmark = pytest.mark.usefixtures("on_the_list")


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


SHORTER = without_a_gap(BOOK.replace("2020-01-01", str(TODAY)).replace("months = 9", "months = 4"))
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
