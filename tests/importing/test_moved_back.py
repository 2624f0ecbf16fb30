"""A ground that a file moves before the end of a closed right: none of the open one, and always told to a person."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from inzage.oversight.proving import prove
from inzage.tasks.models import Task
from inzage.view_rights.importing import import_files
from inzage.view_rights.listing import rights_on
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.restoring import approve_restoration, ask_restoration
from inzage.view_rights.running import run
from tests.importing.conftest import TODAY, Region, at
from tests.importing.test_as_reference import END, expected
from tests.rules.random_registers import random_register, write_register
from tests.rules.reference import Consent, Register
from tests.world import origin

NEXT = TODAY + timedelta(days=1)
FIRST = "C1,K1,OE1,training,form,2025-01-10,,,"
DONE = "X1,K1,OE1,training,Lassen,,,,2025-01-15,2025-02-28,"  # the first right closed on 1 September by it
SECOND = "C2,K1,OE1,training,mediator,2025-09-05,,,"
THIRD = "C3,K1,OE1,guidance,form,2025-09-20,,,"
ENDED = ("2025-01-10", "2025-08-31", "term")


@pytest.fixture
def twice(region: Region) -> Region:
    """K1's first right is closed; by a consent of after that OE1 has another."""
    region.write("activities.csv", DONE)
    region.write("consents.csv", FIRST, SECOND)
    region.imported()
    assert region.last_days() == [ENDED, ("2025-09-05", "2026-03-05", None)]
    return region


def moved(region: Region, *lines: str, on: date = NEXT) -> list[str]:
    """The differences of an import of these consents after the first; each is a task, and the proof finds nothing."""
    region.write("consents.csv", FIRST, *lines)
    told = region.imported(on=on).differences
    assert prove(today=on, processes=1).differences == []
    asked = Task.objects.filter(kind="import_difference").values_list("detail", flat=True)
    assert {f"client K1: {detail}" for detail in asked} >= set(told)
    return told


def to(day: str, withdrawn_on: str = "") -> str:
    """The second consent, of that day."""
    return SECOND.replace("2025-09-05", day) + withdrawn_on


def sentence(day: str, became: str) -> str:
    return (
        f"client K1: consent C2 of OE1 grants on {day}, before the end of a closed right, and not on 2025-09-05: "
        f"{became}"
    )


def open_one() -> ViewRight:
    """The right that was opened last."""
    return ViewRight.objects.latest("pk")


@pytest.mark.parametrize("day", ["2025-01-20", "2025-02-28"])
def test_what_the_lines_give_in_the_days_of_the_closed_right_leaves_the_open_one_no_ground(
    twice: Region, day: str
) -> None:
    """The closed right would have ended on that same day, so nothing else says that something is amiss."""
    assert moved(twice, to(day)) == [sentence(day, "taken away")]
    assert twice.last_days(on=NEXT) == [ENDED, ("2025-09-05", str(TODAY), "withdrawn")]
    assert open_one().closing_reason == "corrected"


def test_the_first_day_without_the_closed_right_is_a_day_like_any_other(twice: Region) -> None:
    assert moved(twice, to("2025-09-01")) == []
    assert twice.last_days(on=NEXT) == [ENDED, ("2025-09-01", "2026-03-01", None)]


def test_on_its_last_day_the_ground_would_have_carried_it_on_and_what_is_open_stays(twice: Region) -> None:
    told = moved(twice, to("2025-08-31"))
    assert sentence("2025-08-31", "left as it was") in told
    assert "client K1: the closed right of OE1 of 2025-01-10 would not have ended: left as it was" in told
    assert twice.last_days(on=NEXT) == [ENDED, ("2025-09-05", "2026-03-05", None)]


def test_carried_on_until_a_term_that_is_past_it_leaves_no_ground(twice: Region) -> None:
    """Of 25 March the closed right would have ended on 25 September."""
    told = moved(twice, to("2025-03-25"))
    assert sentence("2025-03-25", "taken away") in told
    assert any("would have ended on 2025-09-25 (term)" in one for one in told)
    assert open_one().closed_on == NEXT


@pytest.mark.parametrize("withdrawn_on", ["2025-02-01", "2025-10-01"])
def test_with_its_withdrawal_it_was_the_client_who_ended_it(twice: Region, withdrawn_on: str) -> None:
    told = moved(twice, to("2025-01-20", withdrawn_on))
    assert sentence("2025-01-20", "taken away") in told
    assert (open_one().closing_reason, open_one().closed_on) == ("withdrawn", NEXT)


def test_a_withdrawal_that_is_announced_is_taken_over_by_what_stays(twice: Region) -> None:
    assert sentence("2025-08-20", "left as it was") in moved(twice, to("2025-08-20", "2025-10-20"))
    assert (open_one().ends_by, str(open_one().last_day)) == ("withdrawn", "2025-10-19")


def test_beside_another_consent_the_right_is_reckoned_from_that(twice: Region) -> None:
    moved(twice, SECOND, THIRD)
    assert moved(twice, to("2025-01-20"), THIRD) == [sentence("2025-01-20", "taken away")]
    assert twice.last_days(on=NEXT) == [ENDED, ("2025-09-20", "2026-03-20", None)]


def test_it_is_told_once_and_a_later_file_does_not_give_it_back(twice: Region) -> None:
    moved(twice, to("2025-01-20"), THIRD)
    before = Grant.objects.count()
    assert moved(twice, to("2025-01-20"), THIRD) == []
    assert moved(twice, to("2025-01-20"), THIRD, "C4,K1,OE2,training,form,2025-09-30,,,") == []
    assert (Grant.objects.count(), twice.last_days(on=NEXT)[1][0]) == (before + 1, "2025-09-20")


def test_moved_back_to_where_it_was_it_is_a_ground_of_the_open_right_again(twice: Region) -> None:
    moved(twice, to("2025-01-20"), THIRD)
    assert moved(twice, SECOND, THIRD) == []
    assert twice.last_days(on=NEXT)[-1] == ("2025-09-05", "2026-03-20", None)


def test_a_ground_still_to_come_opens_nothing_when_its_day_is_one_of_the_closed_right(region: Region) -> None:
    region.write("activities.csv", DONE)
    region.write("consents.csv", FIRST, to("2025-10-10"))
    region.imported()
    (told,) = moved(region, to("2025-01-20"))
    assert told.endswith("and not on 2025-10-10: taken away")
    run(date(2025, 10, 11), clock=lambda: at(date(2025, 10, 11)))
    assert region.last_days(on=date(2025, 10, 11)) == [ENDED]


@pytest.mark.parametrize(("day", "became"), [("2025-02-01", "left as it was"), ("2025-09-03", None)])
def test_an_assignment_that_goes_on_keeps_its_right_and_is_told(
    twice: Region, day: str, became: str | None
) -> None:
    twice.write("consents.csv", FIRST)
    twice.write("assignments.csv", "A1,K1,OE1,TIBB4,2025-09-05,,")
    twice.imported(on=NEXT)
    twice.write("assignments.csv", f"A1,K1,OE1,TIBB4,{day},,")
    told = [one for one in moved(twice) if "assignment A1 of OE1" in one]
    assert [one.rpartition(": ")[2] for one in told] == ([became] if became else [])
    assert (open_one().closed_on, open_one().relation) == (None, "owner")


def test_what_was_taken_can_be_restored_with_four_eyes(twice: Region) -> None:
    moved(twice, to("2025-01-20"))
    request = ask_restoration(open_one().pk, "De klant stemde in.", origin=origin(str(NEXT), by="person:7"))
    approve_restoration(request, origin=origin(str(NEXT), by="person:8"))
    assert (open_one().closed_on, open_one().granted_on) == (None, NEXT)
    assert prove(today=NEXT, processes=1).differences == []


def otherwise(register: Register, chance: Random) -> Register:
    """The same register as it might have been known before: with other days on some of its consents."""
    return register._replace(consents=[_of_another_day(line, chance) for line in register.consents])


def _of_another_day(line: Consent, chance: Random) -> Consent:
    if line.completed_on is None or chance.random() < 0.4:
        return line
    later = timedelta(days=chance.randrange(1, 500))
    move: Callable[[date | None], date | None] = lambda day: day + later if day else None  # noqa: E731
    return line._replace(
        completed_on=move(line.completed_on),
        granted_on=move(line.granted_on),
        withdrawn_on=move(line.withdrawn_on) if chance.random() < 0.5 else None,
    )


def open_ones(rights: Any) -> dict[tuple[str, str], tuple[Any, ...]]:
    """By client and unit what stands: since when, on which grounds, until when."""
    return {
        (right["client_number"], right["oe_number"]): (
            *(right["granted_on"], right["last_granted_on"], tuple(right["grounds"])),
            *(right["relation"], right["rule"], right["last_day"]),
        )
        for right in rights
        if right["closed_on"] is None
    }


@pytest.mark.parametrize("seed", [3, 4])
@pytest.mark.django_db
def test_what_is_open_is_what_the_lines_give_or_a_person_hears_of_it(seed: int, tmp_path: Path) -> None:
    register, day = random_register(seed, 250), END - timedelta(days=420)
    write_register(otherwise(register, Random(seed)), tmp_path / "first")
    rejected = tmp_path / "rejected.csv"
    import_files(tmp_path / "first", clock=lambda: at(day), scratch=tmp_path, rejected=rejected)
    write_register(register, tmp_path / "second")
    report = import_files(tmp_path / "second", clock=lambda: at(day), scratch=tmp_path, rejected=rejected)
    found, given = open_ones(rights_on(day)), open_ones(expected(register, day))
    differing = {key for key in found.keys() | given.keys() if found.get(key) != given.get(key)}
    told = {
        (client, unit)
        for client, unit in differing
        if any(f"client {client}:" in one and f" of {unit} " in one for one in report.differences)
    }
    assert told
    assert differing - told == set()
    assert sum("taken away" in one for one in report.differences) > 0
    assert prove(today=day, processes=1).differences == []
