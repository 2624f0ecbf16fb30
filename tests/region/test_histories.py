"""Histories hold together, line by line."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from inzage.region.histories import Histories
from inzage.region.partners import SERVICES, unit, unit_count
from inzage.region.records import Activity, Assignment, Consent, History
from inzage.region.story import PLANNED_WITHIN
from tests.region.standing import COUNT, UNTIL, Told, histories


def test_numbers_identify_one_line(told: Told) -> None:
    for lines in told:
        assert len({line[0] for line in lines}) == len(lines)


def test_every_line_is_about_its_client_and_a_unit_that_exists(region: list[History]) -> None:
    for index, history in enumerate(region):
        units = {unit(place).oe_number for place in range(unit_count(index + 1))}
        lines: list[Assignment | Consent | Activity]
        lines = [*history.assignments, *history.consents, *history.activities]
        for line in lines:
            assert line.client_number == history.client.client_number
            assert line.oe_number in units


def test_every_assignment_is_under_a_service_that_exists_and_ends_with_a_reason(told: Told) -> None:
    codes = {service.code for service in SERVICES}

    assert {line.service for line in told.assignments} == codes
    assert all(bool(line.ended_on) == bool(line.end_reason) for line in told.assignments)


def test_nothing_ends_before_it_starts(told: Told) -> None:
    for assignment in told.assignments:
        assert assignment.ended_on is None or assignment.assigned_on <= assignment.ended_on
    for activity in told.activities:
        starts = _days(activity.requested_on, activity.started_on)
        assert starts
        assert starts == sorted(starts)
        assert all(starts[-1] <= end for end in _days(activity.closed_on, activity.cancelled_on))


def test_nothing_is_granted_before_it_is_complete(told: Told) -> None:
    for consent in told.consents:
        if consent.granted_on:
            assert consent.completed_on
            assert consent.completed_on <= consent.granted_on


def test_a_dossier_has_one_unit_at_a_time(region: list[History]) -> None:
    for history in region:
        for earlier, later in pairwise(sorted(history.assignments, key=lambda line: line.assigned_on)):
            assert earlier.ended_on
            assert earlier.ended_on <= later.assigned_on


def test_nothing_is_dated_after_the_last_day_but_a_few_planned_ends(told: Told) -> None:
    ends = [
        *_days(*(line.ended_on for line in told.assignments)),
        *_days(*(one.closed_on for one in told.activities)),
    ]
    planned = [end for end in ends if end > UNTIL]

    assert all(day <= UNTIL for day in _known_days(told))
    assert 0 < len(planned) < 0.05 * len(ends)
    assert max(planned) <= UNTIL + timedelta(days=PLANNED_WITHIN)


def test_nothing_begins_or_stays_planned_after_a_death(region: list[History]) -> None:
    dead = [history for history in region if history.client.deceased_on]

    assert 0 < len(dead) < 0.01 * COUNT
    for history in dead:
        every_day = Told([], history.assignments, history.consents, history.activities)
        ends = [line.ended_on for line in history.assignments] + [
            line.closed_on for line in history.activities
        ]
        assert all(day <= history.client.deceased_on for day in (*_known_days(every_day), *_days(*ends)))  # type: ignore[operator]


def test_a_client_s_history_hangs_on_the_seed_and_the_place_alone() -> None:
    told_in_order = histories(100, until=UNTIL, seed=5)
    alone = Histories(seed=5, until=UNTIL).at(99)

    assert alone == told_in_order[99]
    assert alone != Histories(seed=6, until=UNTIL).at(99)


def _known_days(told: Told) -> Iterator[date]:
    """Every day that is no planned end."""
    yield from _days(*(client.deceased_on for client in told.clients))
    yield from (line.assigned_on for line in told.assignments)
    for consent in told.consents:
        yield from _days(consent.completed_on, consent.granted_on, consent.withdrawn_on)
    for activity in told.activities:
        yield from _days(activity.requested_on, activity.started_on, activity.cancelled_on)


def _days(*days: date | None) -> list[date]:
    return [day for day in days if day is not None]
