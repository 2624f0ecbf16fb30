"""An import replays history: the rights that stand are those that history would have left (register format)."""

from datetime import date

import pytest

from inzage.dossiers.models import Activity, Assignment, ClientVersion
from inzage.oversight.proving import prove
from inzage.view_rights.models import Grant, ViewRight, ViewRightVersion
from inzage.view_rights.running import run
from tests.importing.conftest import TODAY, Region, at
from tests.register_files.conftest import client

FORM = "C1,K1,OE1,training,form,2025-01-10,,,"


def test_the_example_of_the_register_format(region: Region) -> None:
    region.write("consents.csv", FORM)
    region.write("activities.csv", "X1,K1,OE1,training,Lassen,,,,2025-01-15,2025-02-28,")
    region.imported()
    assert region.rights() == [
        {
            "client_number": "K1",
            "oe_number": "OE1",
            "granted_on": "2025-01-10",
            "last_granted_on": "2025-01-10",
            "grounds": ["form"],
            "relation": "executor",
            "rule": "closing.executor",
            "anchor": {"event": "activity_closed", "on": "2025-02-28"},
            "last_day": "2025-08-31",
            "closed_on": "2025-09-01",
            "closing_reason": "term",
            "held": None,
            "proposed_last_day": None,
        }
    ]


@pytest.mark.parametrize(
    ("day", "closed"), [(date(2025, 8, 30), False), (date(2025, 8, 31), False), (date(2025, 9, 1), True)]
)
def test_the_right_stands_the_whole_of_its_last_day(region: Region, day: date, closed: bool) -> None:
    region.write("consents.csv", FORM)
    region.write("activities.csv", "X1,K1,OE1,training,Lassen,,,,2025-01-15,2025-02-28,")
    region.imported()
    assert (region.rights(on=day)[0]["closed_on"] is not None) is closed


def test_on_a_past_day_a_later_end_is_not_yet_known(region: Region) -> None:
    region.write("consents.csv", FORM)
    region.write("activities.csv", "X1,K1,OE1,training,Lassen,,,,2025-01-15,2025-02-28,")
    region.imported()
    assert region.last_days(on=date(2025, 2, 27)) == [("2025-01-10", None, None)]
    assert region.last_days(on=date(2025, 1, 12)) == [("2025-01-10", "2025-07-10", None)]
    assert region.rights(on=date(2025, 1, 9)) == []


def test_a_consent_that_is_not_complete_grants_nothing(region: Region) -> None:
    region.write(
        "consents.csv",
        "C1,K1,OE1,training,form,,2025-01-10,,",
        "C2,K1,OE2,training,brussels_form,2025-01-10,,misschien,",
    )
    region.imported()
    assert region.rights() == []
    region.write(
        "consents.csv", "C1,K1,OE1,training,form,,,,", "C2,K1,OE2,training,brussels_form,2025-01-10,,yes,"
    )
    region.imported()
    assert [right["oe_number"] for right in region.rights(on=date(2025, 1, 10))] == ["OE2"]


def test_an_assignment_under_a_service_that_is_not_tendered_is_kept_and_told(region: Region) -> None:
    region.write("assignments.csv", "A1,K1,OE1,GRATIS,2025-01-10,,", "A2,K1,OE2,TIBB4,2025-01-10,,")
    report = region.imported()
    assert (report.not_tendered, Assignment.objects.count()) == (1, 2)
    assert [right["oe_number"] for right in region.rights()] == ["OE2"]


def test_an_activity_of_a_unit_without_right_is_kept_and_opens_nothing(region: Region) -> None:
    region.write("activities.csv", "X1,K1,OE1,training,Lassen,,,,2025-01-15,,")
    region.imported()
    assert Activity.objects.count() == 1
    assert region.rights() == []


def test_a_grant_still_to_come_waits_for_its_day(region: Region) -> None:
    region.write("consents.csv", "C1,K1,OE1,training,form,2025-09-20,2025-10-05,,")
    region.imported()
    assert not ViewRight.objects.exists()
    run(date(2025, 10, 4), clock=lambda: at(date(2025, 10, 4)))
    assert not ViewRight.objects.exists()
    run(date(2025, 10, 5), clock=lambda: at(date(2025, 10, 5)))
    assert region.last_days(on=date(2025, 10, 5)) == [("2025-10-05", "2026-04-05", None)]


def test_the_same_folder_again_changes_nothing(region: Region) -> None:
    region.write("consents.csv", FORM)
    region.write("assignments.csv", "A1,K1,OE2,TIBB4,2025-01-10,2025-03-31,klaar")
    first = region.imported()
    before = (region.rights(), ViewRightVersion.objects.count(), Grant.objects.count())
    again = region.imported(on=date(2025, 10, 2))
    assert (first.new_clients, again.new_clients, again.corrected_clients, again.unchanged_clients) == (
        1,
        0,
        0,
        1,
    )
    assert (region.rights(), ViewRightVersion.objects.count(), Grant.objects.count()) == before


def test_what_an_import_brings_counts_as_recorded_on_its_own_day(region: Region) -> None:
    region.write("clients.csv", client("K1", deceased_on="2025-03-01"))
    region.write("consents.csv", FORM)
    region.imported()
    version = ClientVersion.objects.get()
    assert (version.holds_from, version.recorded_at.astimezone().date() <= TODAY) == (date(2025, 3, 1), True)
    assert region.last_days() == [("2025-01-10", "2025-02-28", "deceased")]


def test_everything_imported_is_proven(region: Region) -> None:
    region.write("clients.csv", client("K1", 1), client("K2", 2, deceased_on="2025-06-15"), client("K3", 3))
    region.write(
        "assignments.csv", "A1,K1,OE1,TIBB4,2024-12-31,2025-04-30,klaar", "A2,K2,OE2,TIBB4,2025-01-01,,"
    )
    region.write(
        "consents.csv",
        "C1,K1,OE2,training,form,2025-01-10,,,2025-02-01",
        "C3,K3,OE1,training,form,2025-01-10,,,",
    )
    region.imported()
    proof = prove(today=TODAY, processes=1)
    assert (proof.judged, proof.differences) == (4, [])


def test_a_tendered_service_that_the_rule_book_does_not_have_is_told(region: Region) -> None:
    (region.folder / "services.csv").write_text("code,name,tendered\nTIBB4,A,yes\nNIEUW,B,yes\nGRATIS,C,no\n")
    (told,) = [said for said in region.imported().warnings if "no rule in the book" in said]
    assert "NIEUW" in told
