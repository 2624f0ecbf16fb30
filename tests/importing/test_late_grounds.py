"""Grounds that a later import brings for days on which a right was closed already: a person must look, nobody else."""

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from inzage.consents.models import ConsentForm
from inzage.notices.models import Notice
from inzage.oversight.proving import prove
from inzage.tasks.models import Task
from inzage.view_rights.importing import import_files
from inzage.view_rights.listing import rights_on
from inzage.view_rights.models import ViewRight, ViewRightVersion
from inzage.view_rights.running import run
from inzage.view_rights.withdrawing import withdraw
from tests.importing.conftest import TODAY, Region, at
from tests.importing.test_as_reference import END, expected
from tests.rules.random_registers import random_register, write_register
from tests.rules.reference import Consent, Register
from tests.world import origin

NEXT = TODAY + timedelta(days=1)
FIRST = "C1,K1,OE1,training,form,2025-02-01,,,"  # closes on 2 August


@pytest.fixture
def closed_right(region: Region) -> Region:
    """K1's form, whose six months are over."""
    region.write("consents.csv", FIRST)
    region.imported()
    assert region.last_days() == [("2025-02-01", "2025-08-01", "term")]
    return region


LATE = [
    "C2,K1,OE1,training,mediator,2025-07-20,,,",
    "C2,K1,OE1,training,mediator,2025-07-20,,,2025-07-24",
    "C2,K1,OE1,training,mediator,2024-07-20,,,",
]


@pytest.mark.parametrize("late", LATE)
def test_a_late_ground_changes_no_closed_right_and_opens_none(closed_right: Region, late: str) -> None:
    before = closed_right.rights()
    closed_right.write("consents.csv", FIRST, late)
    report = closed_right.imported(on=NEXT)
    for night in (NEXT, NEXT + timedelta(days=200)):
        run(night, clock=lambda night=night: at(night))  # type: ignore[misc]
        assert closed_right.rights(on=night) == before
        assert prove(today=night, processes=1).differences == []
    assert len(report.differences) == Task.objects.filter(kind="import_difference").count()


def test_a_late_ground_that_would_have_mattered_is_told(closed_right: Region) -> None:
    closed_right.write("consents.csv", FIRST, LATE[0])
    (told,) = closed_right.imported(on=NEXT).differences
    assert told == "client K1: the closed right of OE1 of 2025-02-01 would not have ended: left as it was"


def test_a_late_assignment_leaves_the_right_to_a_person(closed_right: Region) -> None:
    closed_right.write("assignments.csv", "A1,K1,OE1,TIBB4,2025-07-20,,")
    assert len(closed_right.imported(on=NEXT).differences) == 1
    run(NEXT, clock=lambda: at(NEXT))
    assert closed_right.last_days(on=NEXT) == [("2025-02-01", "2025-08-01", "term")]
    assert closed_right.rights(on=NEXT)[0]["grounds"] == ["form"]


def test_a_withdrawal_that_never_was_is_told_where_it_had_closed_the_right(region: Region) -> None:
    region.write("consents.csv", FIRST + "2025-03-01")
    region.imported()
    assert region.last_days() == [("2025-02-01", "2025-02-28", "withdrawn")]
    region.write("consents.csv", FIRST)
    (told,) = region.imported(on=NEXT).differences
    assert "would have ended on 2025-08-01 (term): left as it was" in told


def test_a_night_that_was_missed_is_caught_up_before_the_late_ground(region: Region) -> None:
    region.write("consents.csv", FIRST)
    region.imported(on=date(2025, 7, 1))
    region.write("consents.csv", FIRST, LATE[0])
    assert len(region.imported(on=NEXT).differences) == 1
    assert region.last_days(on=NEXT) == [("2025-02-01", "2025-08-01", "term")]


def test_what_a_client_withdrew_in_use_stays_withdrawn(region: Region) -> None:
    region.write(
        "consents.csv", "C1,K1,OE1,training,form,2025-09-01,,,", "C2,K1,OE1,training,form,2025-09-02,,,"
    )
    region.imported()
    withdraw(ConsentForm.objects.get(source_id="C2").pk, withdrawn_on=TODAY, origin=origin(str(TODAY)))
    assert region.rights()[0]["last_granted_on"] == "2025-09-01"
    region.write("activities.csv", "X1,K1,OE1,training,Lassen,,,,2025-09-15,,")
    region.imported(on=NEXT)
    assert region.rights(on=NEXT)[0]["last_granted_on"] == "2025-09-01"


def test_a_right_that_a_correction_opens_or_closes_is_told_to_its_unit(closed_right: Region) -> None:
    closed_right.write("consents.csv", FIRST, "C2,K1,OE1,training,form,2025-09-01,,,")
    closed_right.imported(on=NEXT)
    assert list(Notice.objects.values_list("kind", "on")) == [("granted", date(2025, 9, 1))]
    closed_right.write("consents.csv", FIRST, "C2,K1,OE1,training,form,2025-09-01,,,2025-09-01")
    closed_right.imported(on=NEXT)
    assert Notice.objects.filter(kind="closed", on=NEXT).count() == 1


def test_a_corrected_first_day_has_its_version(region: Region) -> None:
    region.write("assignments.csv", "A1,K1,OE1,TIBB4,2025-09-01,,")
    region.imported()
    region.write("assignments.csv", "A1,K1,OE1,TIBB4,2025-09-10,,")
    region.imported(on=NEXT)
    right = ViewRight.objects.get()
    assert right.granted_on == ViewRightVersion.objects.latest("pk").granted_on == date(2025, 9, 10)


def corrected(register: Register, chance: Random) -> Register:
    """The same register as it might have been known before: consents missing, or with other days."""
    return register._replace(
        consents=[changed for line in register.consents if (changed := _otherwise(line, chance)) is not None]
    )


def _otherwise(line: Consent, chance: Random) -> Consent | None:
    how = chance.random()
    if how < 0.2:
        return None
    if how < 0.3 and line.withdrawn_on:
        return line._replace(withdrawn_on=None)
    if how < 0.4 and line.completed_on:
        return line._replace(withdrawn_on=line.completed_on + timedelta(days=chance.randrange(200)))
    return line


def closed_ones(day: date) -> dict[tuple[str, str, str], dict[str, Any]]:
    """The closed rights as they are printed, by client, unit and first day."""
    return {
        (right["client_number"], right["oe_number"], right["granted_on"]): right
        for right in rights_on(day)
        if right["closed_on"] is not None
    }


@pytest.mark.django_db
def test_whatever_a_later_import_corrects_closed_rights_stay_and_differences_are_told(tmp_path: Path) -> None:
    register, later = random_register(21, 400), END + timedelta(days=1)
    first = tmp_path / "first"
    write_register(corrected(register, Random(2)), first)
    rejected = tmp_path / "rejected.csv"
    import_files(first, clock=lambda: at(END), scratch=tmp_path, rejected=rejected)
    before = closed_ones(END)
    write_register(register, tmp_path / "second")
    report = import_files(tmp_path / "second", clock=lambda: at(later), scratch=tmp_path, rejected=rejected)
    after, told = closed_ones(later), "\n".join(report.differences)
    assert {key: after.get(key) for key in before} == before
    fresh = {(r["client_number"], r["oe_number"], r["granted_on"]): r for r in expected(register, later)}
    ends = ("last_day", "closing_reason")
    differing = [
        key
        for key, right in before.items()
        if key not in fresh or any(right[end] != fresh[key][end] for end in ends)
    ]
    assert len(differing) > 50
    assert [key for key in differing if f"closed right of {key[1]} of {key[2]} " not in told] == []
    assert [key for key in differing if f"client {key[0]}:" not in told] == []
    for night in (later, later + timedelta(days=1), later + timedelta(days=300)):
        run(night, clock=lambda night=night: at(night))  # type: ignore[misc]
        assert prove(today=night, processes=1).differences == []
    assert {key: closed_ones(later).get(key) for key in before} == before
