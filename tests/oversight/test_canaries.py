"""A canary right ends every day: asked for around midnight, the answer turns on its stroke, and nothing is left."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, transaction

from inzage.dossiers.models import Dossier
from inzage.oversight.canaries import (
    AFTER,
    BEFORE,
    EVERY,
    NAME,
    canary,
    granted_to_end_on,
    listen,
    says_yes,
    watch,
)
from inzage.oversight.models import CanaryWatch
from inzage.rule_books.in_force import books
from inzage.rules.days import midnight
from inzage.rules.periods import day_after
from inzage.view_rights.models import ViewRight
from tests.oversight.drafts import draft_text, publish
from tests.world import World, day, noon

DAY = day("2026-03-01")
ENDS = midnight(day_after(DAY))


class Clock:
    """A clock that goes on by waiting, and a little by every look at it."""

    def __init__(self, at: datetime, look: timedelta = timedelta(milliseconds=1)) -> None:
        self.at, self._look = at, look

    def __call__(self) -> datetime:
        self.at += self._look
        return self.at

    def wait(self, pause: timedelta) -> None:
        """As long as that."""
        self.at += pause


def rows() -> dict[str, int]:
    """How many rows each table has."""
    return {
        model._meta.db_table: model._default_manager.count()
        for model in apps.get_models()
        if model is not CanaryWatch
    }


def test_the_answer_turns_on_the_stroke_of_midnight_and_nothing_is_left_in_any_table(world: World) -> None:
    world.grant("2025-12-01")
    before, clock = rows(), Clock(ENDS - timedelta(seconds=2))
    heard = watch(DAY, clock=clock, wait=clock.wait)
    assert heard is not None
    assert (heard.overrun, heard.early) == (0, 0)
    assert heard.last_yes_at
    assert heard.first_no_at
    assert heard.last_yes_at < ENDS <= heard.first_no_at
    assert heard.first_no_at - heard.last_yes_at < 2 * EVERY
    assert heard.asked > (BEFORE + AFTER) / (2 * EVERY)
    assert rows() == before
    assert CanaryWatch.objects.get() == heard


def test_what_is_made_too_late_to_be_asked_for_says_nothing_and_nothing_is_kept(world: World) -> None:
    clock = Clock(ENDS + AFTER)
    heard = watch(DAY, clock=clock, wait=clock.wait)
    assert heard is not None
    assert heard.asked == 0
    assert not CanaryWatch.objects.exists()


@pytest.mark.parametrize(
    ("moment", "yes"),
    [
        (ENDS - timedelta(days=1), True),
        (ENDS - timedelta(microseconds=1), True),
        (ENDS, False),
        (ENDS + timedelta(days=1), False),
    ],
)
def test_a_canary_may_be_viewed_up_to_the_last_moment_of_its_day(
    world: World, moment: datetime, yes: bool
) -> None:
    with canary(DAY) as made:
        assert says_yes(made, moment) is yes


@pytest.mark.parametrize("month", range(1, 13))
def test_there_is_a_canary_for_every_day_of_a_year(world: World, month: int) -> None:
    on = date(2026, month, 1)
    while on.month == month:
        with canary(on) as made:
            assert ViewRight.objects.get(dossier=made.dossier).last_day == on
        on = day_after(on)


@pytest.mark.parametrize("term", ["days = 1", "days = 2", "months = 1", "months = 12"])
def test_there_is_one_whatever_the_term_of_a_grant(world: World, term: str) -> None:
    """Of a month, say, no grant ends on 29 March, and one of thirty days ago has ended by then."""
    publish(draft_text("2025-01-01", no_activity=term), moves_on=day("2025-01-01"), by=day("2024-12-01"))
    on = day("2026-03-01")
    while on.month == day("2026-03-01").month:
        with canary(on) as made:
            assert ViewRight.objects.get(dossier=made.dossier).last_day == on
        on = day_after(on)


def test_most_end_by_the_rule_of_a_grant_six_months_ago_and_where_no_grant_does_by_a_withdrawal(
    world: World,
) -> None:
    assert granted_to_end_on(day("2026-03-10"), books()) == day("2025-09-10")
    assert granted_to_end_on(day("2026-08-30"), books()) is None
    for on, ends_by in (("2026-03-10", "term"), ("2026-08-30", "withdrawn")):
        with canary(day(on)) as made:
            assert ViewRight.objects.get(dossier=made.dossier).ends_by == ends_by


def test_what_goes_wrong_while_watching_leaves_nothing_either(world: World) -> None:
    def breaks() -> datetime:
        raise OSError("the clock is away")

    with pytest.raises(OSError, match="the clock is away"):
        watch(DAY, clock=breaks, wait=lambda _pause: None)
    assert not Dossier.objects.filter(client__client_number=NAME).exists()
    assert not CanaryWatch.objects.exists()


def heard_of(answer: Callable[[datetime], bool]) -> CanaryWatch:
    """What is heard where the decision answers like this."""
    clock = Clock(ENDS - timedelta(seconds=2), look=timedelta(0))
    return listen(DAY, lambda: answer(clock.at), clock=clock, wait=clock.wait)


def test_a_yes_after_midnight_is_an_overrun_as_long_as_it_was_heard() -> None:
    heard = heard_of(lambda at: at < ENDS + timedelta(milliseconds=510))
    assert (heard.overrun, heard.early) == (500_000, 0)


def test_a_yes_at_the_last_that_is_asked_is_an_overrun_that_may_go_on() -> None:
    heard = heard_of(lambda _at: True)
    assert (heard.overrun, heard.first_no_at) == (AFTER / timedelta(microseconds=1), None)


def test_a_no_before_midnight_came_early() -> None:
    heard = heard_of(lambda at: at < ENDS - timedelta(milliseconds=510))
    assert (heard.overrun, heard.early) == (0, 500_000)


def test_where_pages_and_other_systems_are_told_different_things_it_is_a_fault_either_way(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inzage.oversight import canaries

    with canary(DAY) as made:
        for standing, moment, answer in (
            (None, ENDS - timedelta(seconds=1), False),
            (object(), ENDS, True),
        ):
            monkeypatch.setattr(canaries, "standing_right", lambda *_a, found=standing, **_k: found)
            assert says_yes(made, moment) is answer


def test_what_was_heard_is_only_added_to(world: World) -> None:
    heard = CanaryWatch.objects.create(
        day=DAY, asked=2, last_yes_at=noon("2026-03-01"), first_no_at=ENDS, overrun=0, early=0
    )
    for change in (heard.delete, lambda: CanaryWatch.objects.update(overrun=0)):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            change()
    for wrong in ({"asked": 0}, {"last_yes_at": None, "first_no_at": None}):
        given = {"asked": 1, "last_yes_at": ENDS, "first_no_at": None, "overrun": 0, "early": 0, **wrong}
        with pytest.raises(IntegrityError), transaction.atomic():
            CanaryWatch.objects.create(day=DAY, **given)
