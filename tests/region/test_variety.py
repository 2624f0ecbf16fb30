"""Everything that can happen in a dossier does happen somewhere, in its proportion."""

from inzage.region.places import BRUSSELS, FLANDERS
from inzage.region.records import History
from inzage.rules.lines import state_on
from inzage.rules.names import Kind, Purpose, Route, State
from tests.region.standing import UNTIL, Told


def test_every_route_purpose_kind_and_state_occurs(told: Told) -> None:
    states = {
        state_on(UNTIL, started_on=line.started_on, closed_on=line.closed_on, cancelled_on=line.cancelled_on)
        for line in told.activities
    }

    assert states == set(State)
    assert {line.route for line in told.consents} == set(Route) - {
        Route.BRUSSELS_IBIS
    }  # no route of the files
    assert {line.purpose for line in told.consents} == set(Purpose)
    assert {line.kind for line in told.activities} == set(Kind)


def test_activities_are_cancelled_before_and_after_they_ran(told: Told) -> None:
    cancelled = [line for line in told.activities if line.cancelled_on]

    assert {line.started_on is None for line in cancelled} == {True, False}


def test_some_consents_are_incomplete_withdrawn_or_silent_about_actiris(told: Told) -> None:
    brussels = [line for line in told.consents if line.route == Route.BRUSSELS_FORM and line.completed_on]
    silent = [line for line in brussels if line.informed_of_actiris != "yes"]

    assert 0 < sum(line.completed_on is None for line in told.consents) < 0.1 * len(told.consents)
    assert 0.01 < sum(line.withdrawn_on is not None for line in told.consents) / len(told.consents) < 0.1
    assert 0 < len(silent) < 0.15 * len(brussels)


def test_numbers_of_courses_and_projects_have_their_length(told: Told) -> None:
    courses = {line.course_number for line in told.activities if line.course_number}
    projects = [line for line in told.activities if line.kind == Kind.PROJECT]

    assert "PRJLEW" in courses
    assert {len(course) for course in courses - {"PRJLEW"}} == {5}
    assert {len(line.outsourcing_number) for line in projects} == {7}


def test_one_client_in_ten_lives_in_brussels_and_the_others_all_over_flanders(told: Told) -> None:
    places = [client.nis_code for client in told.clients]

    assert 0.08 < sum(place in BRUSSELS for place in places) / len(places) < 0.12
    assert set(places) == set(BRUSSELS) | set(FLANDERS)


def test_the_brussels_form_is_for_brussels_residents(region: list[History]) -> None:
    homes = {
        history.client.nis_code
        for history in region
        if any(line.route == Route.BRUSSELS_FORM for line in history.consents)
    }

    assert homes
    assert homes <= set(BRUSSELS)


def test_some_former_owners_still_execute(region: list[History]) -> None:
    assert any(
        activity.oe_number == assignment.oe_number
        and assignment.ended_on
        and activity.kind == Kind.TRAINING
        and activity.started_on
        and activity.closed_on
        and activity.started_on < assignment.ended_on < activity.closed_on
        for history in region
        for assignment in history.assignments
        for activity in history.activities
    )
