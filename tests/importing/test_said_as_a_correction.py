"""What a file corrects away is said as a correction: nobody is said to have withdrawn who did not."""

from datetime import date

import pytest

from inzage.oversight.proving import prove
from inzage.view_rights.ending import revoke
from inzage.view_rights.explaining import LANGUAGES, explain, sentences
from inzage.view_rights.importing import import_files
from inzage.view_rights.models import ViewRight, ViewRightVersion
from inzage.view_rights.restoring import approve_restoration, ask_restoration
from tests.importing.conftest import TODAY, Region
from tests.importing.hands import LATE, TOMORROW, Hands
from tests.register_files.conftest import client
from tests.world import origin

CONSENT = "C1,K1,OE1,training,form,2025-03-10,,,"
SECOND = "C2,K1,OE1,training,form,2025-03-12,,,"
BRUSSELS = "C1,K1,OE1,training,brussels_form,2025-03-10,,yes,"
ASSIGNED = "A1,K1,OE1,TIBB4,2025-03-10,,"
RUNS = "X1,K1,OE1,training,Lassen,,,,2025-03-20,,"
NEXT = date(2025, 10, 2)


def told(region: Region, *consents: str, assigned: str = "", died: str = "", on: date = NEXT) -> list[str]:
    """Of each right of OE1 why it closed, or nothing, after an import of these lines; the proof finds nothing."""
    region.write("clients.csv", client("K1", deceased_on=died))
    region.write("consents.csv", *consents)
    region.write("assignments.csv", *filter(None, [assigned]))
    region.write("activities.csv", RUNS)
    region.imported(on=on)
    assert prove(today=on, processes=1).differences == []
    return [right.closing_reason for right in ViewRight.objects.filter(unit__oe_number="OE1").order_by("pk")]


MISTAKES = {
    "a consent for another unit": CONSENT.replace("OE1", "OE2"),
    "a consent for another unit, withdrawn there": CONSENT.replace("OE1", "OE2") + "2025-09-01",
    "a consent that was not complete": CONSENT.replace("2025-03-10", ""),
    "a consent of a day to come": CONSENT.replace("2025-03-10", "2025-10-20"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_consent_that_was_registered_wrongly_was_not_withdrawn(region: Region, mistake: str) -> None:
    assert told(region, CONSENT, on=TODAY) == [""]
    assert told(region, MISTAKES[mistake]) == ["corrected"]


def test_nor_was_a_brussels_form_that_did_not_inform_after_all(region: Region) -> None:
    assert told(region, BRUSSELS, on=TODAY) == [""]
    assert told(region, BRUSSELS.replace("yes", "no")) == ["corrected"]


@pytest.mark.parametrize("otherwise", [("TIBB4", "GRATIS"), ("OE1", "OE2")])
def test_nor_was_an_assignment(region: Region, otherwise: tuple[str, str]) -> None:
    assert told(region, assigned=ASSIGNED, on=TODAY) == [""]
    assert told(region, assigned=ASSIGNED.replace(*otherwise)) == ["corrected"]


def test_who_had_died_before_the_grant_withdrew_nothing(region: Region) -> None:
    assert told(region, CONSENT, on=TODAY) == [""]
    assert told(region, CONSENT, died="2025-03-10") == ["corrected"]


def test_who_died_a_day_later_had_a_right_until_then(region: Region) -> None:
    assert told(region, CONSENT, on=TODAY) == [""]
    assert told(region, CONSENT, died="2025-03-11") == ["deceased"]


@pytest.mark.parametrize("withdrawn_on", ["2025-03-10", "2025-03-11", str(NEXT)])
def test_who_did_withdraw_is_said_to_have(region: Region, withdrawn_on: str) -> None:
    """Also in time, so that the consent never granted."""
    assert told(region, CONSENT, on=TODAY) == [""]
    assert told(region, CONSENT + withdrawn_on) == ["withdrawn"]


def test_a_withdrawal_to_come_closes_nothing_yet(region: Region) -> None:
    assert told(region, CONSENT, on=TODAY) == [""]
    assert told(region, CONSENT + "2025-10-03") == [""]


def test_where_one_is_withdrawn_and_the_other_was_a_mistake_the_client_ended_it(region: Region) -> None:
    assert told(region, CONSENT, SECOND, on=TODAY) == [""]
    assert told(region, CONSENT + "2025-03-10", SECOND.replace("OE1", "OE2")) == ["withdrawn"]


def test_who_withdrew_another_consent_before_did_not_end_what_a_mistake_ends(region: Region) -> None:
    assert told(region, CONSENT, SECOND, on=TODAY) == [""]
    assert told(region, CONSENT + "2025-03-10", SECOND, on=TODAY) == [""]
    assert told(region, CONSENT + "2025-03-10", SECOND.replace("OE1", "OE2")) == ["corrected"]


def test_without_the_mistake_it_ended_on_the_day_of_the_withdrawal(region: Region) -> None:
    assert told(region, CONSENT, SECOND, on=TODAY) == [""]
    assert told(region, CONSENT + "2025-04-01", SECOND.replace("OE1", "OE2")) == ["withdrawn"]
    assert str(ViewRight.objects.get(unit__oe_number="OE1").closed_on) == "2025-04-01"


@pytest.fixture
def corrected(region: Region) -> ViewRight:
    """K1's right, of which the consent was another unit's."""
    told(region, CONSENT, on=TODAY)
    told(region, CONSENT.replace("OE1", "OE2"))
    return ViewRight.objects.get(unit__oe_number="OE1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_explanation_says_that_a_registration_was_corrected(corrected: ViewRight, language: str) -> None:
    said = " ".join(explain(corrected, today=NEXT, language=language))
    reasons = sentences(language)["closing_reasons"]
    assert reasons["corrected"] in said
    assert reasons["withdrawn"] not in said


def test_the_files_have_one_word_for_every_closing_for_want_of_a_ground(
    corrected: ViewRight, region: Region
) -> None:
    (state,) = (right for right in region.rights(on=NEXT) if right["oe_number"] == "OE1")
    assert (state["closing_reason"], state["grounds"], state["last_granted_on"]) == ("withdrawn", [], None)
    assert (state["last_day"], state["closed_on"]) == (str(TODAY), str(NEXT))


def test_its_history_says_so_too(corrected: ViewRight) -> None:
    last = ViewRightVersion.objects.filter(right=corrected).latest("pk")
    assert (last.closing_reason, last.ends_by, last.source) == ("corrected", "corrected", "import")


@pytest.fixture
def restored(region: Region) -> Region:
    """K1's right upon one consent, revoked by an error and restored."""
    told(region, CONSENT, on=date(2025, 9, 1))
    closed = revoke(ViewRight.objects.get().pk, origin=origin("2025-09-02"))
    request = ask_restoration(closed.pk, "Vergissing.", origin=origin("2025-09-03", by="person:7"))
    approve_restoration(request, origin=origin("2025-09-03", by="person:8"))
    return region


def test_a_restored_right_ends_by_the_correction_of_what_bore_it(restored: Region) -> None:
    assert told(restored, CONSENT.replace("OE1", "OE2")) == ["revoked", "corrected"]


@pytest.mark.parametrize("withdrawn_on", ["2025-03-10", "2025-09-20"])
def test_or_by_the_client_who_withdrew_it(restored: Region, withdrawn_on: str) -> None:
    assert told(restored, CONSENT + withdrawn_on) == ["revoked", "withdrawn"]


@pytest.mark.parametrize(
    ("line", "reason"), [(CONSENT.replace("OE1", "OE2"), "corrected"), (CONSENT + "2025-09-20", "withdrawn")]
)
def test_past_midnight_it_is_still_said_by_whom(restored: Region, line: str, reason: str) -> None:
    """The import begins before midnight, and comes to this client after it."""
    restored.write("consents.csv", line)
    hands = Hands(LATE)
    import_files(
        restored.folder,
        clock=hands,
        scratch=restored.scratch,
        rejected=restored.rejected,
        progress=lambda *_done: hands.move(),
    )
    right = ViewRight.objects.filter(unit__oe_number="OE1").latest("pk")
    assert (right.closing_reason, right.closed_on) == (reason, TOMORROW)
