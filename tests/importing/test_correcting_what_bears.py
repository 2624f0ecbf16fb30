"""Closed by an error in a file, a right is restored once that is corrected; what a file took away bears nothing."""

from datetime import date

import pytest

from inzage.oversight.proving import prove
from inzage.tasks.models import Task
from inzage.view_rights.ending import revoke
from inzage.view_rights.models import ViewRight
from inzage.view_rights.restoring import NotRestored, approve_restoration, ask_restoration
from inzage.view_rights.withdrawing import withdraw
from tests.importing.conftest import Region
from tests.register_files.conftest import client
from tests.world import day, origin

CONSENT = "C1,K1,OE1,training,form,2025-08-10,,,"
ASSIGNMENT = "A1,K1,OE1,TIBB4,2025-08-01,,"
NOT_TENDERED = "A1,K1,OE1,GRATIS,2025-08-01,,"


def imported(region: Region, on: str, *, consent: str = "", assignment: str = "") -> ViewRight:
    """The first right, after an import of these lines on that day."""
    region.write("consents.csv", *filter(None, [consent]))
    region.write("assignments.csv", *filter(None, [assignment]))
    region.imported(on=day(on))
    return ViewRight.objects.order_by("pk")[0]


def restored(right: ViewRight, on: str) -> ViewRight:
    """Asked by one and approved by another on that day; the proof finds nothing."""
    request = ask_restoration(right.pk, "Een fout bestand.", origin=origin(on, by="person:7"))
    opened = approve_restoration(request, origin=origin(on, by="person:8"))
    assert differences(day(on)) == []
    return opened


def refused(right: ViewRight, on: str) -> str:
    """The code with which asking is refused."""
    with pytest.raises(NotRestored) as refusal:
        ask_restoration(right.pk, "Een fout bestand.", origin=origin(on))
    return refusal.value.reason


def differences(today: date) -> object:
    """What the proof finds."""
    return prove(today=today, processes=1).differences


def test_a_right_closed_by_a_death_is_restored_once_the_client_lives_again(region: Region) -> None:
    imported(region, "2025-09-01", consent=CONSENT)
    region.write("clients.csv", client("K1", deceased_on="2025-09-10"))
    right = imported(region, "2025-09-20", consent=CONSENT)
    assert right.closing_reason == "deceased"
    assert refused(right, "2025-09-21") == "died"
    region.write("clients.csv", client("K1"))
    right = imported(region, "2025-09-25", consent=CONSENT)
    assert restored(right, "2025-09-26").closed_on is None


def test_a_right_closed_by_a_wrong_service_is_restored_once_that_is_corrected(region: Region) -> None:
    imported(region, "2025-08-02", assignment=ASSIGNMENT)
    right = imported(region, "2025-09-01", assignment=NOT_TENDERED)
    assert right.closing_reason == "corrected"
    assert refused(right, "2025-09-01") == "nothing_bears"
    imported(region, "2025-09-02", assignment=ASSIGNMENT)
    opened = restored(right, "2025-09-03")
    imported(region, "2025-09-04", assignment=ASSIGNMENT, consent=CONSENT.replace("08-10", "09-04"))
    opened.refresh_from_db()
    assert (opened.closed_on, opened.relation) == (None, "owner")


def test_a_consent_withdrawn_in_a_file_was_ended_by_the_client_until_that_is_corrected(
    region: Region,
) -> None:
    imported(region, "2025-08-11", consent=CONSENT)
    right = imported(region, "2025-09-01", consent=CONSENT + "2025-08-30")
    assert (right.closing_reason, refused(right, "2025-09-01")) == ("withdrawn", "ended_by_client")
    imported(region, "2025-09-02", consent=CONSENT)
    assert restored(right, "2025-09-03").closed_on is None


def test_an_assignment_taken_away_before_bears_nothing(region: Region) -> None:
    """The right stood on by a consent, was revoked by an error, and then the client withdrew the consent."""
    imported(region, "2025-08-11", consent=CONSENT, assignment=ASSIGNMENT)
    right = imported(region, "2025-09-01", consent=CONSENT, assignment=NOT_TENDERED)
    revoke(right.pk, origin=origin("2025-09-10"))
    form = right.grants.exclude(form=None).get().form
    assert form is not None
    withdraw(form.pk, withdrawn_on=day("2025-09-12"), origin=origin("2025-09-12"))
    assert refused(right, "2025-09-15") == "nothing_bears"


def test_no_mediator_looks_at_a_right_that_stood_on_no_assignment_any_more(region: Region) -> None:
    imported(region, "2025-08-11", consent=CONSENT, assignment=ASSIGNMENT)
    right = imported(region, "2025-09-01", consent=CONSENT, assignment=NOT_TENDERED)
    form = right.grants.exclude(form=None).get().form
    assert form is not None
    assert withdraw(form.pk, withdrawn_on=day("2025-09-12"), origin=origin("2025-09-12")).ends
    assert not Task.objects.filter(kind=Task.Kind.WITHDRAWAL).exists()


TAKEN_AWAY = {
    "an assignment that was of no tendered service": (
        {"assignment": ASSIGNMENT},
        {"assignment": NOT_TENDERED},
    ),
    "an assignment of another unit": (
        {"assignment": ASSIGNMENT},
        {"assignment": ASSIGNMENT.replace("OE1", "OE2")},
    ),
    "a consent for another unit": ({"consent": CONSENT}, {"consent": CONSENT.replace("OE1", "OE2")}),
}


@pytest.mark.parametrize("taken", TAKEN_AWAY)
def test_what_an_import_takes_away_after_the_end_bears_nothing(region: Region, taken: str) -> None:
    before, after = TAKEN_AWAY[taken]
    right = revoke(imported(region, "2025-08-11", **before).pk, origin=origin("2025-09-01"))
    imported(region, "2025-09-10", **after)
    assert refused(right, "2025-09-15") == "nothing_bears"


@pytest.mark.parametrize("taken", TAKEN_AWAY)
def test_a_restored_right_ends_with_what_an_import_takes_from_under_it(region: Region, taken: str) -> None:
    before, after = TAKEN_AWAY[taken]
    opened = restored(
        revoke(imported(region, "2025-08-11", **before).pk, origin=origin("2025-09-01")), "2025-09-02"
    )
    imported(region, "2025-09-10", **after)
    opened.refresh_from_db()
    assert (str(opened.closed_on), opened.closing_reason) == ("2025-09-10", "corrected")
    assert differences(day("2025-09-10")) == []
