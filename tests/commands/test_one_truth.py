"""Asked about today, every screen and every answer says the one last day that the register stores."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import Settings

from inzage.rules.days import midnight
from inzage.view_rights.carrying_out import carry_out_decisions
from inzage.view_rights.explaining import explain, in_words
from inzage.view_rights.holding import check_evening
from inzage.view_rights.models import ViewRight
from inzage.view_rights.withdrawing import withdraw
from tests.commands.conftest import Typed
from tests.decision_api.register.point import Point, counsellor, may_ask, of
from tests.view_rights.test_carrying_out import decide
from tests.world import World, day, noon, origin

TODAY = "2026-02-05"
MOVED_ON = "2026-03-20"


def a_moved_term(world: World) -> None:
    """A term to 15 July that a decided move of running terms cuts off on its own day."""
    world.grant("2025-06-10")
    world.close(world.activity("2025-07-01"), "2026-01-15")
    decide("publish", "2026-03-01")
    decide("migrate", MOVED_ON)
    carry_out_decisions(clock=lambda: noon("2026-02-04"))


def a_fact_to_come(world: World) -> None:
    """An activity of which the closing is entered for next month."""
    world.grant("2025-06-10")
    world.close(world.activity("2025-07-01"), "2026-03-10", entered=TODAY)


def a_held_right(world: World) -> None:
    """Its end of yesterday is held, for nobody verified the rule."""
    world.end_assignment(world.assign("2024-06-01"), "2025-08-04")
    check_evening(day("2026-02-04"), clock=lambda: midnight(day("2026-02-04")) + timedelta(hours=22))


REGISTERS = [
    (a_moved_term, MOVED_ON, False),
    (a_fact_to_come, "2026-09-10", False),
    (a_held_right, "2026-03-06", True),
]


@pytest.fixture
def asked(world: World, shell: Typed, settings: Settings) -> Typed:
    """The shell today, with a counsellor of Spoor whom the decision API knows."""
    settings.REQUIRE_VERIFIED_RULES = True
    may_ask()
    world.person("counsellor", world.spoor, subject="carla")
    shell.today(TODAY)
    return shell


@pytest.mark.parametrize(("happened", "last_day", "is_held"), REGISTERS)
def test_they_all_say_the_same_last_day(
    world: World, asked: Typed, happened: Any, last_day: str, is_held: bool
) -> None:
    happened(world)
    right = world.right()
    assert (str(right.last_day), bool(right.held)) == (last_day, is_held)
    answer = json.loads(asked("may-view", "--client", "K1", "--partner", "OE1", "--json")[1])
    decided = Point().decide(counsellor("carla", world.spoor), of(world.piet), noon(TODAY)).context
    assert decided is not None
    assert [answer["last_day"], decided["last_day"]] == [last_day] * 2
    assert answer["rule"] == right.rule
    for language in ("nl", "fr", "en"):
        assert in_words(day(last_day), language) in " ".join(explained(right, TODAY, language))


def explained(right: ViewRight, on: str, language: str) -> list[str]:
    return explain(right, today=day(on), language=language)


@pytest.mark.parametrize("on", [(), ("--on", TODAY)])
def test_asked_of_a_day_by_name_what_is_dated_later_is_not_known_yet(
    world: World, asked: Typed, on: tuple[str, ...]
) -> None:
    """Today too, where it is named; and the lines of `rights` always: so their format has it."""
    a_fact_to_come(world)
    (stated,) = map(json.loads, asked("rights", "--json", *on)[1].splitlines())
    answer = json.loads(asked("may-view", "--client", "K1", "--partner", "OE1", "--on", TODAY, "--json")[1])
    assert (stated["last_day"], answer["last_day"]) == (None, None)


def test_a_right_that_a_missed_night_left_open_is_told_closed(world: World, asked: Typed) -> None:
    world.grant("2025-06-10")
    assert ViewRight.objects.get().closed_on is None
    (stated,) = map(json.loads, asked("rights", "--json")[1].splitlines())
    assert (stated["closed_on"], stated["closing_reason"]) == ("2025-12-11", "term")
    assert date.fromisoformat(stated["last_day"]) == day("2025-12-10")


HELD = {
    "nl": (
        "loopt tot en met 4 februari 2026.",
        "Het einde op 4 februari 2026 is aangehouden",
        "De laatste dag is",
    ),
    "fr": (
        "court jusqu'au 4 février 2026 inclus.",
        "La fin prévue le 4 février 2026 est",
        "Le dernier jour est le",
    ),
    "en": (
        "runs up to and including 4 February 2026.",
        "The end on 4 February 2026 is held",
        "The last day is",
    ),
}


@pytest.mark.parametrize("language", HELD)
def test_a_held_right_has_one_last_day(world: World, asked: Typed, language: str) -> None:
    a_held_right(world)
    term, held, last_day = HELD[language]
    text = " ".join(explained(world.right(), TODAY, language))
    assert term in text
    assert held in text
    assert last_day not in text


@pytest.mark.parametrize(
    ("language", "stood", "stands"),
    [
        ("nl", "had inzagerecht van 10 juni 2025 tot en met 10 december 2025", "heeft inzagerecht"),
        ("fr", "avait un droit de consultation du 10 juin 2025 au 10 décembre 2025 inclus", "a un droit"),
        ("en", "had a view right from 10 June 2025 up to and including 10 December 2025", "has had"),
    ],
)
@pytest.mark.parametrize("has_run", [True, False])
def test_a_right_that_is_over_is_told_as_past(
    world: World, language: str, stood: str, stands: str, has_run: bool
) -> None:
    right = world.grant("2025-06-10")
    if has_run:
        world.night("2025-12-11")
        right.refresh_from_db()
    assert stands in " ".join(explained(right, "2025-12-10", language)) or has_run
    text = " ".join(explained(right, "2025-12-11", language))
    assert stood in text
    assert stands not in text


@pytest.mark.parametrize(
    ("language", "open_end"), [("nl", "blijft open"), ("fr", "reste ouvert"), ("en", "stays open")]
)
def test_a_right_that_closed_while_its_activity_ran_is_not_said_to_stay_open(
    world: World, language: str, open_end: str
) -> None:
    right = world.grant("2025-06-10")
    world.activity("2025-07-01")
    assert open_end in " ".join(explained(world.right(), "2025-08-01", language))
    form = right.grants.get().form
    assert form is not None
    withdraw(form.pk, withdrawn_on=day("2025-08-01"), origin=origin("2025-08-01"))
    assert open_end not in " ".join(explained(world.right(), "2025-08-01", language))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "kreeg inzagerecht op 10 juni 2025"),
        ("fr", "a reçu un droit de consultation le 10 juin 2025"),
        ("en", "was given a view right on 10 June 2025"),
    ],
)
def test_a_right_that_closed_on_its_first_day_is_told_without_a_last_day(
    world: World, language: str, said: str
) -> None:
    right = world.grant("2025-06-10")
    form = right.grants.get().form
    assert form is not None
    withdraw(form.pk, withdrawn_on=day("2025-06-10"), origin=origin("2025-06-10"))
    assert said in " ".join(explained(world.right(), "2025-06-10", language))
