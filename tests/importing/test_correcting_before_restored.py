"""Lines that come in late, of days between the end of a right and its restoration: it stands as of the restoration."""

from datetime import date

import pytest

from inzage.consents.models import ConsentForm
from inzage.oversight.proving import prove
from inzage.rules.names import Ground
from inzage.tasks.models import Task
from inzage.view_rights.ending import revoke
from inzage.view_rights.models import GrantVersion, ViewRight
from inzage.view_rights.restoring import approve_restoration, ask_restoration
from inzage.view_rights.withdrawing import Withdrawal, foresee_withdrawal, withdraw
from tests.importing.conftest import Region
from tests.world import origin

FIRST = "C1,K1,OE1,training,form,2025-03-10,,,"
IMPORTED, WITHDRAWN = date(2025, 10, 6), date(2025, 10, 7)
STANDING = "C2,K1,OE1,training,form,2025-10-02,,,"
ASSIGNED = "A1,K1,OE1,TIBB4,2025-10-02,,"
OVER = {
    "withdrawn on the day of the restoration": STANDING + "2025-10-03",
    "its term over before": "C2,K1,OE1,training,form,2025-03-20,,,",
}


@pytest.fixture
def restored(region: Region) -> Region:
    """K1's right upon one consent, revoked by an error on 15 March and restored on 3 October."""
    region.write("consents.csv", FIRST)
    region.imported(on=date(2025, 3, 12))
    closed = revoke(ViewRight.objects.get().pk, origin=origin("2025-03-15"))
    request = ask_restoration(closed.pk, "Vergissing.", origin=origin("2025-10-03", by="person:7"))
    approve_restoration(request, origin=origin("2025-10-03", by="person:8"))
    return region


def imported(region: Region, *consents: str) -> list[str]:
    """The differences of an import of these consents besides the first; the proof finds nothing."""
    region.write("consents.csv", FIRST, *consents)
    differences = region.imported(on=IMPORTED).differences
    assert prove(today=IMPORTED, processes=1).differences == []
    return differences


def taken_back(source_id: str) -> Withdrawal:
    """What the client is told of withdrawing it, and what comes of it: the same."""
    form, by = ConsentForm.objects.get(source_id=source_id), origin(str(WITHDRAWN))
    foreseen = foresee_withdrawal(form.pk, withdrawn_on=WITHDRAWN, origin=by)
    assert withdraw(form.pk, withdrawn_on=WITHDRAWN, origin=by) == foreseen
    assert prove(today=WITHDRAWN, processes=1).differences == []
    return foreseen


def opened() -> list[tuple[str, str | None]]:
    """Of each right the day it opened, and the first day without it."""
    rights = ViewRight.objects.order_by("pk")
    return [(str(one.granted_on), str(one.closed_on) if one.closed_on else None) for one in rights]


@pytest.mark.parametrize("over", OVER)
def test_a_consent_over_before_the_restoration_leaves_the_right_to_what_was_restored(
    restored: Region, over: str
) -> None:
    """The days between stay without a right, and a person hears of it; the client's only consent still ends it."""
    day = OVER[over].split(",")[5]
    told = f"client K1: a right of OE1 of {day} would have stood: left out"
    assert told in imported(restored, OVER[over])
    assert opened() == [("2025-03-10", "2025-03-15"), ("2025-10-03", None)]
    assert taken_back("C1").ends
    assert opened()[-1] == ("2025-10-03", "2025-10-07")


def test_a_consent_that_still_counted_joins_and_the_right_stays_as_of_its_restoration(
    restored: Region,
) -> None:
    imported(restored, STANDING)
    assert opened() == [("2025-03-10", "2025-03-15"), ("2025-10-03", None)]
    assert restored.rights(on=IMPORTED)[-1]["last_day"] == "2026-04-03"


@pytest.mark.parametrize(("first", "then"), [("C2", "C1"), ("C1", "C2")])
def test_the_right_stays_while_either_consent_counts_and_ends_with_the_last(
    restored: Region, first: str, then: str
) -> None:
    imported(restored, STANDING)
    withdrawal = taken_back(first)
    assert (withdrawal.ends, withdrawal.left) == (False, (Ground.FORM,))
    assert opened()[-1] == ("2025-10-03", None)
    assert taken_back(then).ends
    assert opened()[-1] == ("2025-10-03", "2025-10-07")


def test_an_announced_end_of_the_late_consent_does_not_end_what_the_first_bears(restored: Region) -> None:
    imported(restored, STANDING + "2025-10-20")
    assert restored.rights(on=IMPORTED)[-1]["last_day"] == "2026-04-03"


def test_an_assignment_of_before_bears_it_when_the_consent_is_withdrawn(restored: Region) -> None:
    restored.write("assignments.csv", ASSIGNED)
    imported(restored)
    assert taken_back("C1").left == (Ground.ASSIGNMENT,)
    assert (opened()[-1], ViewRight.objects.latest("pk").relation) == (("2025-10-03", None), "owner")
    assert Task.objects.filter(kind=Task.Kind.WITHDRAWAL).count() == 1


def test_the_same_lines_again_record_nothing_more(restored: Region) -> None:
    imported(restored, STANDING)
    before = GrantVersion.objects.count()
    imported(restored, STANDING, "C3,K1,OE2,training,form,2025-10-05,,,")
    assert GrantVersion.objects.filter(unit__oe_number="OE1").count() == before


@pytest.mark.parametrize("over", OVER)
def test_a_consent_corrected_to_have_been_over_before_the_restoration_bears_nothing_any_more(
    restored: Region, over: str
) -> None:
    imported(restored, STANDING)
    imported(restored, OVER[over])
    assert taken_back("C1").ends
    assert opened()[-1] == ("2025-10-03", "2025-10-07")


@pytest.mark.parametrize(
    ("withdrawn_on", "still_bears"), [("2025-03-13", False), ("2025-10-05", False), ("", True)]
)
def test_a_consent_corrected_to_a_day_of_the_first_right_bears_the_restored_one_as_far_as_it_counts(
    restored: Region, withdrawn_on: str, still_bears: bool
) -> None:
    """It is no ground of the restored right any more, and a person hears of it."""
    imported(restored, STANDING)
    told = imported(restored, STANDING.replace("2025-10-02", "2025-03-12") + withdrawn_on)
    assert any(one.startswith("client K1: consent C2 of OE1 grants on 2025-03-12, ") for one in told)
    assert opened()[-1] == ("2025-10-03", None)
    assert taken_back("C1").ends is not still_bears


def test_a_consent_withdrawn_before_in_a_right_that_another_carried_on_is_left_out(restored: Region) -> None:
    """Two late consents of one stretch: only the one that still counted bears the restored right."""
    imported(restored, STANDING + "2025-10-03", STANDING.replace("C2", "C3"))
    assert not taken_back("C1").ends
    assert taken_back("C3").ends


def test_a_right_that_opened_and_ended_on_one_day_is_no_late_line(region: Region) -> None:
    """Its consent, in the file as before, is no ground of the restored one, and nobody must look at it."""
    region.write("consents.csv", FIRST)
    region.imported(on=date(2025, 3, 10))
    closed = revoke(ViewRight.objects.get().pk, origin=origin("2025-03-10"))
    request = ask_restoration(closed.pk, "Vergissing.", origin=origin("2025-10-03", by="person:7"))
    approve_restoration(request, origin=origin("2025-10-03", by="person:8"))
    assert imported(region, "C3,K1,OE2,training,form,2025-10-05,,,") == []
    assert taken_back("C1").ends


def test_a_late_consent_carries_the_right_on_where_the_same_file_withdraws_the_first(
    restored: Region,
) -> None:
    restored.write("consents.csv", FIRST + "2025-10-05", STANDING)
    restored.imported(on=IMPORTED)
    assert opened()[-1] == ("2025-10-03", None)
    assert taken_back("C2").ends


def test_an_import_on_the_day_of_the_restoration_itself_does_the_same(restored: Region) -> None:
    restored.write("consents.csv", FIRST + "2025-10-03", STANDING)
    restored.imported(on=date(2025, 10, 3))
    assert prove(today=date(2025, 10, 3), processes=1).differences == []
    assert opened()[-1] == ("2025-10-03", None)
    assert taken_back("C2").ends
