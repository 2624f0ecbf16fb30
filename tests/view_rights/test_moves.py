"""Whatever a mover promises "if it happens today" is what comes of it when it does: by the use cases and in the API."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from inzage.rule_books import in_force
from inzage.rules.facts import Case, Execution, Grant, Ownership
from inzage.rules.names import Ground, Kind
from inzage.rules.reading_books import packaged_books, read_book
from inzage.rules.rulebook import RuleBooks
from inzage.view_rights.explaining import LANGUAGES, every_move, explain, move_in_words
from inzage.view_rights.gathering import gather
from inzage.view_rights.models import ViewRight
from inzage.view_rights.moves import Move, single_moves
from inzage.view_rights.scopes import these
from tests.decision_api.register.point import Point, counsellor, may_ask, of
from tests.view_rights.movements import performed
from tests.world import World, day, noon

TODAY = "2025-06-16"
PER_END = """
starts_on = 2024-01-01
[rounding]
months = "nth-to-eve"
days = "after-the-event"
[executor]
months = 3
source = "Een bron"
status = "verified"
[no_activity]
days = 110
source = "Een bron"
status = "verified"
[owner]
months = 4
source = "Een bron"
status = "verified"
[services]
WIJ3 = { status = "verified" }
[services.TIBB4]
months = 5
source = "Een bron"
status = "verified"
after.not_started = { days = 7, source = "Een bron", status = "verified" }
after.work_started = { months = 9, source = "Een bron", status = "verified" }
"""
BOOKS = RuleBooks([*packaged_books().every(), read_book(PER_END, name="per einde")])


@pytest.fixture(params=["the book that comes with it", "terms of each kind of end"])
def by_books(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> RuleBooks:
    """The books in force."""
    if request.param != "terms of each kind of end":
        return packaged_books()
    monkeypatch.setattr(in_force, "books_known_at", lambda _moment: BOOKS)
    in_force.forget()
    return BOOKS


def some_history(world: World, seed: int) -> ViewRight:
    """A right that stands today, with whatever owns, runs or has ended."""
    random = Random(seed)

    def on(first: int, last: int) -> str:
        return str(day("2025-03-03") + timedelta(days=random.randint(first, last)))

    world.grant("2025-03-03")
    owners = random.sample([world.tibb4, world.wij3], random.randint(0, 1))
    for service in owners:
        assignment = world.assign(on(0, 30), service=service)
        if random.random() < 0.3:
            world.end_assignment(assignment, on(40, 90))
    for begun in range(random.randint(0, 3)):
        kind = random.choice([Kind.TRAINING, Kind.TRAJECTORY])
        activity = world.activity(on(begun * 10, begun * 10 + 5), kind=kind)
        if random.random() < 0.3:
            world.close(activity, on(60, 90))
    return world.right()


@pytest.fixture(autouse=True)
def seen_anew() -> Iterator[None]:
    """Books of one test are none of the next."""
    yield
    in_force.forget()


def moves_of(right: ViewRight) -> list[Move]:
    """What moves its last day."""
    return list(every_move(gather(these(right.dossier_id)).case_of(right), day(TODAY)))


@pytest.mark.parametrize("seed", range(12))
def test_what_is_done_gives_the_day_that_was_promised(world: World, by_books: RuleBooks, seed: int) -> None:
    right = some_history(world, seed)
    for move in moves_of(right):
        assert performed(world, move, right, on=TODAY) == move.last_day, move


@pytest.mark.parametrize("seed", range(4))
def test_another_system_that_asks_is_promised_the_same(world: World, by_books: RuleBooks, seed: int) -> None:
    right = some_history(world, seed)
    moves = moves_of(right)
    explanation = asked(world, explain=True)["explanation"]
    assert [(one["code"], one["last_day"]) for one in explanation["movers"]] == [
        (move.code, str(move.last_day) if move.last_day else None) for move in moves
    ]
    assert [one["reason_user"]["nl"] for one in explanation["movers"]] == [
        move_in_words(move, "nl") for move in moves
    ]
    right.refresh_from_db()
    assert explanation["rule"] == right.rule
    assert explanation["last_day"] == (str(right.last_day) if right.last_day else None)


def asked(world: World, **context: Any) -> dict[str, Any]:
    """The context of the answer to whether Carla of Spoor may view Piet's dossier today."""
    may_ask()
    carla = world.person("counsellor", world.spoor, subject="carla")
    answer = Point().decide(counsellor(carla, world.spoor), of(world.piet), noon(TODAY), **context)
    assert answer.context is not None
    return dict(answer.context)


@pytest.mark.parametrize("wish", [False, None, "true", 1])
def test_who_does_not_ask_for_it_is_not_told(world: World, wish: object) -> None:
    world.grant("2025-03-03")
    assert "explanation" not in asked(world, explain=wish)


def test_without_a_right_there_is_nothing_to_explain(world: World) -> None:
    assert "explanation" not in asked(world, explain=True)


def test_a_right_that_has_ended_says_what_ended_it_and_is_moved_by_nothing(world: World) -> None:
    world.grant("2024-03-03")
    world.night(TODAY)
    explanation = asked(world, explain=True)["explanation"]
    assert explanation["last_day"] == "2024-09-03"
    assert "movers" not in explanation


BEGUN = day("2025-03-03")
OWNER = Case(BEGUN, (Grant(Ground.ASSIGNMENT, BEGUN),), (Ownership("TIBB4", BEGUN),))
EXECUTOR = Case(BEGUN, (Grant(Ground.FORM, BEGUN),))


def codes(case: Case, by: RuleBooks) -> list[tuple[str, str | None]]:
    """The single moves, each with which activity or which end."""
    moves = single_moves(case, day(TODAY), by)
    return [(move.code, str(move.begun_on) if move.begun_on else move.end or None) for move in moves]


def runs(*begun_on: str) -> Case:
    """An executor of activities that run, begun on these days."""
    return EXECUTOR._replace(executions=tuple(Execution(False, day(one)) for one in begun_on))


GIVEN_BACK = ("given_back", None)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (EXECUTOR, []),
        (runs("2025-04-01"), []),  # the only one is told as all that run
        (runs("2025-04-01", "2025-05-01"), ["2025-04-01", "2025-05-01"]),
        (runs("2025-04-01", "2025-04-01"), ["2025-04-01"]),
        (runs("2025-04-01", "2025-06-17"), []),  # begins tomorrow
        (runs("2025-04-01", TODAY), ["2025-04-01", TODAY]),
    ],
)
def test_each_running_activity_is_told_alone_where_there_is_more_than_one(
    case: Case, expected: list[str]
) -> None:
    told = [("activity_closes", one) for one in expected]
    assert codes(case, BOOKS) == [*told, GIVEN_BACK]


def test_only_a_kind_of_end_with_a_day_of_its_own_is_told() -> None:
    ends = [("ownership_ends_so", end) for end in ("work_started", "not_started")]
    assert codes(OWNER, BOOKS) == [*ends, GIVEN_BACK]
    assert codes(OWNER, packaged_books()) == [GIVEN_BACK]


@pytest.mark.parametrize(
    ("granted_on", "last_day"),
    [("2025-06-15", "2025-06-15"), (TODAY, "2025-06-15"), ("2025-03-03", "2025-06-15")],
)
def test_a_right_that_is_given_back_had_yesterday_as_its_last_day(granted_on: str, last_day: str) -> None:
    case = Case(day(granted_on), (Grant(Ground.FORM, day(granted_on)),))
    (move,) = single_moves(case, day(TODAY), BOOKS)
    assert move == Move("given_back", day(last_day))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "move",
    [
        Move("activity_closes", date(2025, 12, 16), begun_on=date(2025, 4, 1)),
        Move("activity_closes", None, begun_on=date(2025, 4, 1)),
        Move("ownership_ends_so", date(2025, 12, 16), end="not_started"),
        Move("ownership_ends_so", None, end="not_started"),
        Move("given_back", date(2025, 6, 15)),
    ],
)
def test_each_is_a_whole_sentence_in_each_language(move: Move, language: str) -> None:
    said = move_in_words(move, language)
    assert said.endswith(".")
    assert "{" not in said


def test_the_explanation_tells_that_it_ends_today_if_it_is_given_back(world: World) -> None:
    said = " ".join(explain(world.grant("2025-03-03"), today=day(TODAY), language="en"))
    assert "If the partner gives the right back today, it ends today" in said
