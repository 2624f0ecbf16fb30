"""What a decision on the rule books does to rights that stand: running terms stay, unless somebody moves them."""

from datetime import date, timedelta

import pytest
from pytest_django import Settings

from inzage.oversight.proving import prove
from inzage.rule_books.models import Proposal
from inzage.rule_books.publishing import (
    approve,
    keep_draft,
    propose_migration,
    propose_publication,
    take_back,
)
from inzage.view_rights import carrying_out
from inzage.view_rights.carrying_out import carry_out_decisions
from inzage.view_rights.held import UnusualDay
from inzage.view_rights.holding import check_evening
from inzage.view_rights.models import CarriedOut, ViewRight, ViewRightVersion
from tests.rules.drafts import without_a_gap
from tests.rules.test_book_terms import BOOK as TEXT
from tests.world import World, day, noon, origin

BOOK = without_a_gap(TEXT.replace("2020-01-01", "2026-03-01").replace("months = 6", "months = 2"))


def decide(act: str, on: str, *, decided: str = "2026-02-03", months: int = 2) -> Proposal:
    """The shorter book published, or running terms moved to it; or one of so many months."""
    text = BOOK.replace("months = 2", f"months = {months}")
    draft = keep_draft(text, "maart.toml", origin=origin(decided))
    if act == "publish":
        proposal = propose_publication(draft, {}, origin=origin(decided))
    else:
        proposal = propose_migration(draft, day(on), {"earlier": 1}, origin=origin(decided))
    approve(proposal, origin=origin(decided, by="person:2"))
    return proposal


def carried_out(on: str) -> int:
    return carry_out_decisions(clock=lambda: noon(on))


def last_day(right: ViewRight) -> date | None:
    right.refresh_from_db()
    return right.last_day


@pytest.fixture
def right(world: World) -> ViewRight:
    """Piet's right for Spoor: by the first book until 15 July."""
    right = world.grant("2025-06-10")
    world.close(world.activity("2025-07-01"), "2026-01-15")
    return right


def test_a_published_book_moves_no_running_term(world: World, right: ViewRight) -> None:
    decide("publish", "2026-03-01")
    assert carried_out("2026-02-04") == 0
    assert last_day(right) == day("2026-07-15")
    assert prove(today=day("2026-03-05"), processes=1).differences == []


def test_a_term_known_to_begin_under_the_new_book_is_counted_by_it_at_once(world: World) -> None:
    right = world.grant("2026-01-10")
    line = world.activity("2026-01-12")
    world.close(line, "2026-03-02", entered="2026-02-01")
    assert last_day(right) == day("2026-09-02")
    decide("publish", "2026-03-01")
    assert carried_out("2026-02-04") == 1
    assert last_day(right) == day("2026-05-02")


@pytest.mark.parametrize(
    ("moved", "expected"),
    [("2026-03-10", "2026-03-15"), ("2026-03-20", "2026-03-20"), ("2026-07-16", "2026-07-15")],
)
def test_a_migration_moves_a_running_term_and_ends_nothing_before_its_day(
    world: World, right: ViewRight, moved: str, expected: str
) -> None:
    decide("publish", "2026-03-01")
    decide("migrate", moved)
    carried_out("2026-02-04")
    assert last_day(right) == day(expected)
    assert world.may_view("2026-02-05")
    assert world.may_view(expected)
    after = str(day(expected) + timedelta(days=1))
    assert not world.may_view(after)
    assert prove(today=day("2026-02-05"), processes=1).differences == []


def test_carried_out_once_a_decision_is_not_carried_out_again(world: World, right: ViewRight) -> None:
    decide("publish", "2026-03-01")
    decide("migrate", "2026-03-10")
    assert carried_out("2026-02-04") == 1
    versions = ViewRightVersion.objects.count()
    assert carried_out("2026-02-05") == 0
    assert (ViewRightVersion.objects.count(), CarriedOut.objects.count()) == (versions, 2)


def test_taken_back_before_its_day_a_migration_leaves_every_day_as_it_was(
    world: World, right: ViewRight
) -> None:
    decide("publish", "2026-03-01")
    moved = decide("migrate", "2026-03-10")
    carried_out("2026-02-04")
    take_back(moved, "Vergissing", origin=origin("2026-03-09"))
    assert carried_out("2026-03-09") == 1
    assert last_day(right) == day("2026-07-15")
    assert prove(today=day("2026-03-20"), processes=1).differences == []


def test_the_night_carries_out_what_nobody_did_before_it_closes(world: World, right: ViewRight) -> None:
    decide("publish", "2026-03-01")
    decide("migrate", "2026-03-10")
    world.night("2026-03-16")
    right.refresh_from_db()
    assert (right.last_day, right.closed_on) == (day("2026-03-15"), day("2026-03-16"))


def test_a_use_case_goes_by_a_decision_from_the_moment_it_is_taken(world: World) -> None:
    right = world.grant("2026-01-10")
    line = world.activity("2026-01-12")
    decide("publish", "2026-03-01")
    world.close(line, "2026-03-02", entered="2026-02-05")
    assert last_day(right) == day("2026-05-02")


def test_a_right_that_nothing_ends_is_proven_after_a_new_book_began(world: World) -> None:
    world.grant("2026-01-10")
    world.activity("2026-01-12")
    decide("publish", "2026-03-01")
    carried_out("2026-02-04")
    assert prove(today=day("2026-03-05"), processes=1).differences == []


@pytest.mark.parametrize(
    ("months", "expected", "held"),
    [(2, "2026-08-14", "threshold"), (6, "2026-08-14", "threshold"), (8, "2026-09-15", "")],
)
def test_a_held_right_waits_on_where_terms_move_unless_its_own_is_not_past_any_more(
    world: World, right: ViewRight, settings: Settings, months: int, expected: str, held: str
) -> None:
    """Held on 15 July; the move of running terms is of 20 July."""
    settings.EVENING_LIMITS = {"times": 1, "least": 0, "nights": 20, "floor": 0, "percent": 0}
    decide("publish", "2026-03-01", months=months)
    carried_out("2026-02-04")
    check_evening(day("2026-07-15"), clock=lambda: noon("2026-07-15"))
    decide("migrate", "2026-07-20", decided="2026-07-16", months=months)
    assert carried_out("2026-07-16") == 0
    assert (last_day(right), right.held) == (day("2026-08-14"), "threshold")
    world.night("2026-07-20")
    assert (last_day(right), right.held) == (day(expected), held)
    assert prove(today=day("2026-07-20"), processes=1).differences == []


def test_a_book_is_carried_out_too_where_another_term_ends_last_by_it(world: World) -> None:
    """An ownership that has ended gives the later day, until executors get much longer."""
    ownership = world.assign("2025-06-10")
    line = world.activity("2025-07-01")
    world.end_assignment(ownership, "2026-01-20")
    world.close(line, "2026-03-05", entered="2026-02-01")
    right = world.right()
    assert last_day(right) == day("2026-09-05")
    decide("publish", "2026-03-01", months=1)
    carried_out("2026-02-04")
    assert last_day(right) == day("2026-07-20")
    assert prove(today=day("2026-02-05"), processes=1).differences == []


FEW = {"times": 3, "least": 1, "nights": 20, "floor": 2, "percent": 50}


@pytest.fixture
def three(world: World, settings: Settings) -> World:
    """Three rights that end on 20 July; more than two are too many. The move of running terms is of 20 March."""
    settings.EVENING_LIMITS = FEW
    for number in ("K101", "K102", "K103"):
        world.grant("2026-01-20", dossier=world.dossier(number, "Cor"))
    decide("publish", "2026-03-01", months=1)
    carried_out("2026-02-04")
    return world


def held() -> list[tuple[str, date | None, date | None]]:
    """Of each right whether it is held, on which day, and until when."""
    return list(ViewRight.objects.order_by("pk").values_list("held", "proposed_last_day", "last_day"))


def test_what_is_carried_out_when_its_day_is_over_is_held(three: World) -> None:
    """Nobody carried it out for five days: by it they have ended, unlooked at, while they stood."""
    decide("migrate", "2026-03-20", months=1)
    assert carried_out("2026-03-25") == 3
    assert held() == [("threshold", day("2026-03-20"), day("2026-04-19"))] * 3
    assert prove(today=day("2026-03-25"), processes=1).differences == []
    assert all(three.may_view("2026-03-26", dossier=right.dossier) for right in ViewRight.objects.all())


def test_what_is_carried_out_ahead_has_its_own_evening(three: World) -> None:
    decide("migrate", "2026-03-20", months=1)
    assert carried_out("2026-02-05") == 3
    assert held() == [("", None, day("2026-03-20"))] * 3


def test_what_is_carried_out_on_an_evening_that_has_been_looked_at_is_held_with_it(
    three: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Midnight could pass right after it: nothing looks again."""
    decide("migrate", "2026-03-20", months=1)
    check_evening(day("2026-03-20"), clock=lambda: noon("2026-03-20"))
    monkeypatch.setattr(carrying_out, "check_late", lambda **_clock: None)
    assert carried_out("2026-03-20") == 3
    assert held() == [("threshold", day("2026-03-20"), day("2026-04-19"))] * 3
    assert prove(today=day("2026-03-20"), processes=1).differences == []


@pytest.mark.parametrize("killed_in", ["check_late", "look_ahead"])
def test_killed_before_coming_days_were_looked_at_it_looks_at_them_the_next_time(
    three: World, monkeypatch: pytest.MonkeyPatch, killed_in: str
) -> None:
    def killed(**_clock: object) -> None:
        raise KeyboardInterrupt

    decide("migrate", "2026-03-01", months=1)
    with monkeypatch.context() as once:
        once.setattr(carrying_out, killed_in, killed)
        with pytest.raises(KeyboardInterrupt):
            carried_out("2026-02-05")
    assert not UnusualDay.objects.exists()
    carried_out("2026-02-05")
    assert [each.day for each in UnusualDay.objects.all()] == [day("2026-03-01")]
