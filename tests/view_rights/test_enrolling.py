"""Enrolment with Actiris: kept with its versions, watched by tasks, refreshed by asking (S07, S09)."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from inzage.dossiers.enrolments import Enrolment, EnrolmentVersion, status_on
from inzage.dossiers.models import Client, Dossier
from inzage.rules.brussels import ways_to_enrol
from inzage.rules.names import Channel, EnrolmentStatus
from inzage.tasks.models import Task
from inzage.view_rights.ending import give_back, record_death
from inzage.view_rights.enrolling import Answer, Ask, LeftAlone, NotRecorded, Refreshed, refresh_enrolments
from tests.world import World, day, noon, origin

ELSENE, GHENT = "21009", "44021"
ENROLLED = Answer(EnrolmentStatus.ENROLLED, Channel.AGENCY)
ABSENT = Answer(EnrolmentStatus.NOT_ENROLLED)
WEEK = timedelta(days=7)


@pytest.fixture
def brussels(world: World) -> World:
    """Piet and An live in Brussels, and Spoor works with Piet."""
    for dossier in (world.piet, world.an):
        world.lives_in(ELSENE, dossier=dossier)
    world.grant("2025-01-10")
    return world


def tasks() -> list[tuple[str, str]]:
    """The open tasks: unit and client number."""
    found = Task.objects.filter(kind="enrolment", done_at=None).order_by("pk")
    return [
        (task.unit.name, task.dossier.client.client_number) for task in found if task.unit and task.dossier
    ]


def versions() -> list[tuple[str, str, str]]:
    """Status, day from which it holds, and source of each version."""
    found = EnrolmentVersion.objects.order_by("pk")
    return [(version.status, str(version.holds_from), version.source) for version in found]


def test_each_change_is_a_version_and_being_the_same_only_moves_the_day_it_was_seen(world: World) -> None:
    world.enrolment("2025-01-10", channel="my_actiris", enrolled_on="2024-12-01")
    world.enrolment("2025-02-10", channel="my_actiris", enrolled_on="2024-12-01", source="actiris")
    assert Enrolment.objects.get().checked_on == day("2025-02-10")
    world.enrolment("2025-03-10", "ended", ended_on="2025-03-01", source="school")
    world.enrolment("2025-03-10", "not_enrolled")
    assert versions() == [
        ("enrolled", "2024-12-01", "desk"),
        ("ended", "2025-03-01", "school"),
        ("not_enrolled", "2025-03-10", "desk"),
    ]


@pytest.mark.parametrize(
    ("status", "given", "said"),
    [
        ("not_enrolled", {"channel": "agency"}, "leave them empty"),
        ("not_enrolled", {"enrolled_on": "2025-01-01"}, "leave them empty"),
        ("ended", {}, "first day without it"),
        ("ended", {"enrolled_on": "2025-01-05", "ended_on": "2025-01-04"}, "lies before the enrolment"),
    ],
)
def test_what_can_not_be_is_refused(world: World, status: str, given: dict[str, str], said: str) -> None:
    with pytest.raises(NotRecorded, match=said):
        world.enrolment("2025-01-10", status, **given)
    assert not EnrolmentVersion.objects.exists()


def test_what_was_seen_earlier_does_not_replace_what_was_seen_later(world: World) -> None:
    world.enrolment("2025-02-10")
    with pytest.raises(NotRecorded, match="is no news"):
        world.enrolment("2025-02-09", "not_enrolled")
    assert Enrolment.objects.get().status == "enrolled"


@pytest.mark.parametrize(
    ("status", "given", "around"),
    [
        ("enrolled", {"enrolled_on": "2025-03-01"}, ["not_enrolled", "enrolled", "enrolled"]),
        ("ended", {"ended_on": "2025-03-01"}, ["enrolled", "ended", "ended"]),
        ("enrolled", {"ended_on": "2025-03-01"}, ["enrolled", "ended", "ended"]),
        ("not_enrolled", {}, ["not_enrolled"] * 3),
    ],
)
def test_a_beginning_and_an_end_count_from_their_own_day(
    world: World, status: str, given: dict[str, str], around: list[str]
) -> None:
    enrolment = world.enrolment("2025-01-10", status, **given)
    found = [status_on(enrolment, day(f"2025-{on}")) for on in ("02-28", "03-01", "03-02")]
    assert found == around
    assert status_on(None, day("2025-03-01")) is None


def test_each_unit_concerned_has_one_task_that_closes_by_itself(brussels: World) -> None:
    brussels.activity("2025-01-12", unit=brussels.haven)
    assert tasks() == []
    for _again in range(2):
        brussels.enrolment("2025-01-15", "not_enrolled")
    assert tasks() == [("Spoor", "K1"), ("Haven", "K1")]
    assert all(way in Task.objects.all()[0].detail for way in ways_to_enrol("nl").values())
    brussels.enrolment("2025-01-20")
    assert tasks() == []
    brussels.enrolment("2025-02-20", "ended", ended_on="2025-02-20")
    assert tasks() == [("Spoor", "K1"), ("Haven", "K1")]


def test_who_comes_later_gets_the_task_then_and_who_is_done_loses_it(brussels: World) -> None:
    brussels.enrolment("2025-01-15", "not_enrolled")
    brussels.grant("2025-01-16", unit=brussels.brug)
    activity = brussels.activity("2025-01-17", unit=brussels.haven)
    assert [unit for unit, _client in tasks()] == ["Spoor", "Brug", "Haven"]
    brussels.close(activity, "2025-01-20")
    assert [unit for unit, _client in tasks()] == ["Spoor", "Brug"]


def test_a_task_goes_with_the_right_also_where_a_night_ended_it(brussels: World) -> None:
    brussels.enrolment("2025-01-15", "not_enrolled")
    brussels.grant("2025-01-16", unit=brussels.brug)
    give_back(brussels.right(unit=brussels.brug).pk, origin=origin("2025-01-20"))
    assert tasks() == [("Spoor", "K1")]
    brussels.night("2025-07-10")
    assert tasks() == [("Spoor", "K1")]
    brussels.night("2025-07-11")
    assert tasks() == []


def test_only_brussels_participants_are_watched(brussels: World) -> None:
    brussels.enrolment("2025-01-15", "not_enrolled")
    brussels.lives_in(GHENT, "2025-01-20")
    assert tasks() == []
    brussels.lives_in(ELSENE, "2025-01-25")
    assert tasks() == [("Spoor", "K1")]
    record_death(brussels.piet.pk, deceased_on=day("2025-01-26"), origin=origin("2025-01-26"))
    assert tasks() == []


def test_not_being_enrolled_refuses_nothing(brussels: World) -> None:
    brussels.enrolment("2025-01-15", "not_enrolled")
    assert brussels.activity("2025-01-16", by=brussels.spoor)
    assert brussels.may_view("2025-01-16")
    assert brussels.grant("2025-01-17", unit=brussels.brug)


def answering(answers: dict[str, Answer | Exception], asked: list[str]) -> Ask:
    """An Actiris that answers by client number, and notes whom it was asked about."""
    numbers = dict(Client.objects.values_list("insz", "client_number"))

    def ask(insz: str) -> Answer:
        asked.append(numbers[insz])
        found = answers.get(numbers[insz], ENROLLED)
        if isinstance(found, Exception):
            raise found
        return found

    return ask


def refresh(
    world: World, answers: dict[str, Answer | Exception], on: str, *, most: int | None = None, after: int = 0
) -> tuple[Refreshed, list[str]]:
    """A round on that day; what it came to, and whom was asked about."""
    asked: list[str] = []
    done = refresh_enrolments(answering(answers, asked), lambda: noon(on), WEEK, most=most, after=after)
    return done, asked


def active(world: World, *dossiers: Dossier) -> None:
    """Something runs in each of these dossiers."""
    for dossier in dossiers:
        world.activity("2025-01-12", dossier=dossier)


def test_everyone_in_brussels_with_something_under_way_is_asked_about_again_after_a_while(
    brussels: World,
) -> None:
    flemish, idle = brussels.dossier("K3", "Bo"), brussels.dossier("K4", "Lu")
    brussels.lives_in(ELSENE, dossier=idle)
    active(brussels, brussels.piet, brussels.an, flemish)
    found = [refresh(brussels, {}, on)[1] for on in ("2025-02-01", "2025-02-07", "2025-02-08")]
    assert found == [["K1", "K2"], [], ["K1", "K2"]]
    assert Enrolment.objects.get(client=brussels.piet.client).channel == "agency"
    assert [source for _status, _from, source in versions()] == ["actiris", "actiris"]


def test_an_end_that_was_announced_is_asked_about_on_its_day(brussels: World) -> None:
    active(brussels, brussels.piet)
    brussels.enrolment("2025-02-01", "ended", ended_on="2025-02-03")
    assert [refresh(brussels, {}, on)[1] for on in ("2025-02-02", "2025-02-03")] == [[], ["K1"]]


def test_one_that_fails_stops_no_other_and_is_tried_in_the_next_round(brussels: World) -> None:
    active(brussels, brussels.piet, brussels.an)
    wrong: Iterable[Exception] = (OSError("away"), NotRecorded("x", "y"), KeyError("status"))
    for error in wrong:
        done, asked = refresh(brussels, {"K1": error, "K2": ABSENT}, "2025-02-01")
        assert (done.failed, "K1" in asked) == (1, True)
    assert [task[1] for task in tasks()] == ["K2"]
    assert refresh(brussels, {}, "2025-02-01")[1] == ["K1"]


class Killed(BaseException):
    """The process is gone."""


def test_killed_and_started_again_it_goes_on(brussels: World) -> None:
    active(brussels, brussels.piet, brussels.an)

    def dies(insz: str) -> Answer:
        if insz == brussels.an.client.insz:
            raise Killed
        return ENROLLED

    with pytest.raises(Killed):
        refresh_enrolments(dies, lambda: noon("2025-02-01"), WEEK)
    assert refresh(brussels, {}, "2025-02-01")[1] == ["K2"]


def test_a_round_can_be_had_in_pieces(brussels: World) -> None:
    active(brussels, brussels.piet, brussels.an)
    failing: dict[str, Answer | Exception] = {"K1": OSError("away")}
    first, asked = refresh(brussels, failing, "2025-02-01", most=1)
    assert (asked, first.failed, first.after) == (["K1"], 1, brussels.piet.client_id)
    second, asked = refresh(brussels, failing, "2025-02-01", most=1, after=first.after)
    assert (asked, second) == (["K2"], Refreshed(1, 0, 0))


def test_once_actiris_wants_to_be_left_alone_nobody_else_is_asked_about(brussels: World) -> None:
    """Who was asked about is tried in the next round: one that always fails so keeps no other from its turn."""
    active(brussels, brussels.piet, brussels.an)
    until = noon("2025-02-02")
    tired: dict[str, Answer | Exception] = {"K1": LeftAlone("HTTP 429", until=until)}
    first, asked = refresh(brussels, tired, "2025-02-01")
    assert (asked, first) == (["K1"], Refreshed(1, 1, brussels.piet.client_id, until))
    second, asked = refresh(brussels, tired, "2025-02-02", after=first.after)
    assert (asked, second) == (["K2"], Refreshed(1, 0, 0))


@pytest.mark.parametrize(("seconds", "had"), [(4.9, ["K1", "K2"]), (5, ["K1"])])
def test_a_turn_ends_once_its_time_is_over(brussels: World, seconds: float, had: list[str]) -> None:
    active(brussels, brussels.piet, brussels.an)
    moment, asked = noon("2025-02-01"), list[str]()
    answers = answering({}, asked)

    def slow(insz: str) -> Answer:
        nonlocal moment
        moment += timedelta(seconds=seconds)
        return answers(insz)

    refresh_enrolments(slow, lambda: moment, WEEK, turn=timedelta(seconds=5))
    assert asked == had
