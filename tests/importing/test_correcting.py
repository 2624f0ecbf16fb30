"""A changed line in a later import is a correction: open rights follow, closed ones and what people entered stay."""

from datetime import date

import pytest

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Activity, Dossier
from inzage.journal.models import Origin
from inzage.oversight.proving import prove
from inzage.partners.models import Unit
from inzage.tasks.models import Task
from inzage.view_rights.answering import may_view
from inzage.view_rights.gathering import gather
from inzage.view_rights.models import ViewRight
from inzage.view_rights.objecting import object_to
from inzage.view_rights.registering import Actor, close
from inzage.view_rights.scopes import these
from tests.importing.conftest import TODAY, Region, at
from tests.register_files.conftest import client

FORM = "C1,K1,OE1,training,form,2025-01-10,,,"
SECOND_DAY = date(2025, 10, 2)


def activity(closed_on: str = "") -> str:
    return f"X1,K1,OE1,training,Lassen,,,,2025-01-15,{closed_on},"


def proven() -> bool:
    """Every right is what its facts say."""
    return not prove(today=SECOND_DAY, processes=1).differences


@pytest.fixture
def open_right(region: Region) -> Region:
    """K1's form granted OE1, which executes an activity that runs."""
    region.write("consents.csv", FORM)
    region.write("activities.csv", activity())
    region.imported()
    assert region.last_days() == [("2025-01-10", None, None)]
    return region


def test_what_is_open_is_reckoned_anew(open_right: Region) -> None:
    open_right.write("activities.csv", activity("2025-09-15"))
    report = open_right.imported(on=SECOND_DAY)
    assert (report.corrected_clients, report.differences) == (1, [])
    assert open_right.last_days(on=SECOND_DAY) == [("2025-01-10", "2026-03-15", None)]
    assert proven()


def test_a_right_is_found_by_the_name_that_was_imported_and_by_the_one_it_was_corrected_to(
    open_right: Region,
) -> None:
    assert keys() == ("verzonnen\tpiet", "verzonnen\tpiet")
    open_right.write("clients.csv", client("K1").replace("Verzonnen", "Éénoog"))
    open_right.imported(on=SECOND_DAY)
    assert keys() == ("eenoog\tpiet", "eenoog\tpiet")


def keys() -> tuple[str, str]:
    """Of the client's name: with the client, and beside its right."""
    right = ViewRight.objects.select_related("dossier__client").get()
    return right.dossier.client.name_key, right.name_key


def test_an_end_long_past_closes_the_open_right_as_of_its_day(open_right: Region) -> None:
    open_right.write("activities.csv", activity("2025-02-28"))
    open_right.imported(on=SECOND_DAY)
    assert open_right.last_days(on=SECOND_DAY) == [("2025-01-10", "2025-08-31", "term")]
    assert proven()


def test_a_consent_withdrawn_after_all_takes_the_open_right_with_it(open_right: Region) -> None:
    open_right.write("consents.csv", FORM.rstrip(",") + ",,,2025-01-10")
    open_right.imported(on=SECOND_DAY)
    right = ViewRight.objects.get()
    assert (right.closing_reason, right.closed_on) == ("withdrawn", SECOND_DAY)


def test_a_new_line_extends_the_open_right(open_right: Region) -> None:
    open_right.write("consents.csv", FORM, "C2,K1,OE1,guidance,mediator,2025-09-01,,,")
    open_right.imported(on=SECOND_DAY)
    (right,) = open_right.rights(on=SECOND_DAY)
    assert (right["grounds"], right["last_granted_on"]) == (["mediator", "form"], "2025-09-01")
    assert proven()


@pytest.fixture
def closed_right(region: Region) -> Region:
    """K1's form granted OE1, whose activity closed so long ago that the right did too."""
    region.write("consents.csv", FORM)
    region.write("activities.csv", activity("2025-02-28"))
    region.imported()
    assert region.last_days() == [("2025-01-10", "2025-08-31", "term")]
    return region


@pytest.mark.parametrize("closed_on", ["", "2025-03-31", "2025-09-30"])
def test_a_closed_right_stays_as_it_was_and_a_person_is_asked(closed_right: Region, closed_on: str) -> None:
    before = closed_right.rights()
    closed_right.write("activities.csv", activity(closed_on))
    report = closed_right.imported(on=SECOND_DAY)
    assert closed_right.rights() == before
    assert len(report.differences) == 1
    assert "the closed right of OE1 of 2025-01-10" in report.differences[0]
    task = Task.objects.get(kind="import_difference")
    assert task.detail in report.differences[0]
    assert Activity.objects.get().closed_on == (date.fromisoformat(closed_on) if closed_on else None)


def test_the_difference_is_told_once_and_asked_once(closed_right: Region) -> None:
    closed_right.write("activities.csv", activity("2025-03-31"))
    closed_right.imported(on=SECOND_DAY)
    again = closed_right.imported(on=SECOND_DAY)
    assert (again.differences, Task.objects.count()) == ([], 1)


def test_a_new_grant_after_the_closing_opens_a_new_right(closed_right: Region) -> None:
    closed_right.write("consents.csv", FORM, "C2,K1,OE1,training,form,2025-09-01,,,")
    report = closed_right.imported(on=SECOND_DAY)
    assert report.differences == []
    assert closed_right.last_days(on=SECOND_DAY) == [
        ("2025-01-10", "2025-08-31", "term"),
        ("2025-09-01", "2026-03-01", None),
    ]
    assert proven()


def test_what_a_person_entered_is_not_overwritten(open_right: Region) -> None:
    origin = Origin(by="person:1", at=at(date(2025, 10, 1)), source="portal")
    close(Activity.objects.get().pk, on=date(2025, 10, 1), actor=Actor(origin))
    open_right.write("activities.csv", activity("2025-09-15"))
    report = open_right.imported(on=SECOND_DAY)
    assert Activity.objects.get().closed_on == date(2025, 10, 1)
    assert report.differences == ["client K1: activity X1: closed_on was changed in the application"]
    assert open_right.last_days(on=SECOND_DAY) == [("2025-01-10", "2026-04-01", None)]
    assert proven()


def test_a_line_set_aside_before_goes_in_with_the_corrected_file(region: Region) -> None:
    region.write("consents.csv", FORM)
    region.write("activities.csv", activity("2025-01-01"))
    report = region.imported()
    assert (report.rejected, region.last_days()) == (1, [("2025-01-10", "2025-07-10", "term")])
    region.write("clients.csv", client("K1"))
    region.write("activities.csv", activity("2025-02-28"))
    assert region.imported(on=SECOND_DAY).rejected == 0
    assert Activity.objects.get().closed_on == date(2025, 2, 28)


def test_an_assignment_that_overlaps_what_the_register_has_is_set_aside(region: Region) -> None:
    region.write("assignments.csv", "A1,K1,OE1,TIBB4,2025-01-01,,")
    region.imported()
    region.write("assignments.csv", "A2,K1,OE2,TIBB4,2025-02-01,,")
    region.imported(on=SECOND_DAY)
    assert "overlaps assignment of another unit that the register has" in region.rejected.read_text()
    assert [right["oe_number"] for right in region.rights(on=SECOND_DAY)] == ["OE1"]


def test_a_line_that_belongs_to_another_client_is_left_as_it_was(open_right: Region) -> None:
    open_right.write("clients.csv", client("K1", 1), client("K2", 2))
    open_right.write("activities.csv", activity().replace("K1", "K2"))
    report = open_right.imported(on=SECOND_DAY)
    assert Activity.objects.get().dossier.client.client_number == "K1"
    assert len(report.differences) == 1


def open_rights(region: Region) -> list[tuple[str, str, list[str]]]:
    """Unit, day and grounds of each right that is open after the second import."""
    found = region.rights(on=SECOND_DAY)
    return [(r["oe_number"], r["granted_on"], r["grounds"]) for r in found if r["closed_on"] is None]


def test_a_consent_that_was_another_units_takes_its_right_there(open_right: Region) -> None:
    open_right.write("activities.csv")
    open_right.write("consents.csv", FORM.replace("OE1", "OE2").replace("2025-01-10", "2025-06-10"))
    open_right.imported(on=SECOND_DAY)
    assert open_rights(open_right) == [("OE2", "2025-06-10", ["form"])]
    closed = ViewRight.objects.get(unit__oe_number="OE1")
    assert (closed.closed_on, closed.closing_reason) == (SECOND_DAY, "corrected")
    assert proven()


def test_a_consent_that_came_by_another_route_is_another_ground(open_right: Region) -> None:
    open_right.write("consents.csv", FORM.replace(",form,", ",mediator,"))
    open_right.imported(on=SECOND_DAY)
    assert open_rights(open_right) == [("OE1", "2025-01-10", ["mediator"])]
    assert proven()


def test_a_ground_of_a_closed_right_that_was_another_units_is_left_and_told(closed_right: Region) -> None:
    closed_right.write("consents.csv", FORM.replace("OE1", "OE2"))
    report = closed_right.imported(on=SECOND_DAY)
    assert any("closed right of OE1 of 2025-01-10 would not have stood" in one for one in report.differences)
    assert open_rights(closed_right) == []


@pytest.fixture
def owner(region: Region) -> Region:
    """OE1 owns K1's dossier."""
    region.write("assignments.csv", "A9,K1,OE1,TIBB4,2025-06-01,,")
    region.imported()
    return region


def test_a_service_that_was_not_tendered_after_all_gives_no_right(owner: Region) -> None:
    (owner.folder / "services.csv").write_text("code,name,tendered\nTIBB4,Intensief,no\n")
    owner.imported(on=SECOND_DAY)
    assert open_rights(owner) == []
    assert proven()


def test_what_was_known_before_a_correction_and_after_it_differ(owner: Region) -> None:
    (owner.folder / "services.csv").write_text("code,name,tendered\nTIBB4,Intensief,no\n")
    owner.imported(on=SECOND_DAY)
    scope = these(Dossier.objects.get().pk)
    before, after = (gather(scope, known_at=at(day)).ownerships for day in (TODAY, SECOND_DAY))
    assert (len(before), after) == (1, gather(scope).ownerships)


def test_an_assignment_that_was_another_units_moves_its_right(owner: Region) -> None:
    owner.write("assignments.csv", "A9,K1,OE2,TIBB4,2025-06-01,,")
    assert owner.imported(on=SECOND_DAY).rejected == 0
    assert open_rights(owner) == [("OE2", "2025-06-01", ["assignment"])]
    assert proven()


@pytest.mark.parametrize("number", ["A10", "B1"])
def test_a_transfer_comes_in_whatever_the_order_of_its_numbers(owner: Region, number: str) -> None:
    ended = "A9,K1,OE1,TIBB4,2025-06-01,2025-09-01,transfer"
    owner.write("assignments.csv", ended, f"{number},K1,OE2,TIBB4,2025-09-01,,")
    assert owner.imported(on=SECOND_DAY).rejected == 0
    assert [unit for unit, _day, _grounds in open_rights(owner)] == ["OE1", "OE2"]
    assert proven()


def test_a_border_between_owners_moves_whoever_stands_first(owner: Region) -> None:
    ended = "A9,K1,OE1,TIBB4,2025-06-01,2025-08-01,transfer"
    owner.write("assignments.csv", ended, "B1,K1,OE2,TIBB4,2025-08-01,,")
    owner.imported(on=SECOND_DAY)
    later = (line.replace("2025-08-01", "2025-09-01") for line in (ended, "B1,K1,OE2,TIBB4,2025-08-01,,"))
    owner.write("assignments.csv", *later)
    assert owner.imported(on=SECOND_DAY).rejected == 0
    assert open_rights(owner)[1] == ("OE2", "2025-09-01", ["assignment"])


def test_a_day_before_a_correction_that_denied_every_ground_can_still_be_asked(open_right: Region) -> None:
    open_right.write("consents.csv", "C1,K1,OE1,training,form,,,,")
    open_right.imported(on=SECOND_DAY)
    (right,) = open_right.rights(on=date(2025, 9, 1))
    assert (right["closed_on"], right["grounds"]) == ("2025-10-02", [])
    assert may_view("K1", "OE1", on=date(2025, 9, 1)).decision
    assert not may_view("K1", "OE1", on=SECOND_DAY).decision


@pytest.mark.parametrize("granted_on", ["2025-09-01", "2025-10-02"])
def test_a_consent_in_a_file_opens_nothing_for_a_unit_that_the_client_shut_out(
    region: Region, granted_on: str
) -> None:
    region.write("consents.csv", FORM.replace("2025-01-10", ""))
    region.imported()
    dossier, unit = Dossier.objects.get(client__client_number="K1"), Unit.objects.get(oe_number="OE1")
    object_to(dossier.pk, unit, origin=Origin("person:1", at(TODAY), "portal"))
    given = f"training,form,{granted_on},,,"
    region.write("consents.csv", f"C1,K1,OE1,{given}", f"C2,K1,OE1,{given}", f"C3,K1,OE2,{given}")
    region.imported(on=SECOND_DAY)
    assert [right["oe_number"] for right in region.rights(on=SECOND_DAY)] == ["OE2"]
    assert ConsentForm.objects.get(source_id="C2").state == "refused"
    assert proven()
