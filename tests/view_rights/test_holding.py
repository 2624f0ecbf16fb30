"""Rights that wait at their end: what the evening check holds, until when, and what lifts it (S19, S22)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from inzage.journal.models import Origin
from inzage.rules.days import midnight
from inzage.view_rights import ending, withdrawing
from inzage.view_rights.answering_held import Answered, answer_held
from inzage.view_rights.explaining import explain
from inzage.view_rights.held import Answer, EveningCheck, HeldAnswer
from inzage.view_rights.holding import EveningReport, TooLate, check_evening
from inzage.view_rights.listing import rights_on
from inzage.view_rights.models import ViewRight, ViewRightVersion
from tests.world import World, day, origin

GRANTED, ENDS, UNTIL = "2025-01-10", "2025-07-10", "2025-08-09"
"""A right by a form of that day; the last day that the rules give; 30 days later."""
UNVERIFIED = "assumption"


def evening(text: str) -> datetime:
    """Ten o'clock in the evening in Brussels."""
    return midnight(day(text)) + timedelta(hours=22)


def check(text: str) -> EveningReport:
    """The check of that evening."""
    return check_evening(day(text), clock=lambda: evening(text))


def unverified(world: World) -> ViewRight:
    """A right that ends on ENDS by a rule that nobody verified: the fallback of a former owner."""
    assignment = world.assign("2024-06-01")
    world.end_assignment(assignment, GRANTED)
    right = world.right()
    assert (str(right.last_day), right.rule_status) == (ENDS, UNVERIFIED)
    return right


@pytest.fixture
def held(world: World, settings: Settings) -> World:
    """A world in which Spoor's right on Piet's dossier is held since the evening of ENDS."""
    settings.REQUIRE_VERIFIED_RULES = True
    unverified(world)
    assert check(ENDS).held_by_rule == 1
    return world


def test_held_is_a_right_that_ends_tonight_by_an_unverified_rule(held: World) -> None:
    """It keeps its rule and event, stands 30 days longer at most, and says which day waits."""
    right = held.right()
    assert (right.held, str(right.proposed_last_day), str(right.last_day)) == ("rule", ENDS, UNTIL)
    assert (right.rule, right.anchor_event) == ("closing.owner.TIBB4", "ownership_ended")
    last = ViewRightVersion.objects.filter(right=right).latest("pk")
    assert (last.held, str(last.proposed_last_day), last.source) == ("rule", ENDS, "evening")
    assert held.is_proven(ENDS)


@pytest.mark.parametrize("on", ["2025-07-09", "2025-07-11"])
def test_only_the_evening_of_the_last_day_itself_holds(world: World, settings: Settings, on: str) -> None:
    settings.REQUIRE_VERIFIED_RULES = True
    unverified(world)
    assert check(on).held == 0
    assert world.last_day() == ENDS


def test_where_the_setting_is_off_nothing_is_held_for_its_rule(world: World) -> None:
    unverified(world)
    assert check(ENDS).held == 0
    assert not world.may_view("2025-07-11")


def test_a_verified_rule_holds_nothing(world: World, settings: Settings) -> None:
    settings.REQUIRE_VERIFIED_RULES = True
    assert world.grant(GRANTED).rule_status == "verified"
    assert check(ENDS).held == 0


def test_without_an_answer_it_ends_by_itself_after_thirty_days(held: World) -> None:
    assert held.may_view("2025-07-11")
    held.night("2025-07-11")
    assert held.may_view(UNTIL)
    assert held.is_proven(UNTIL)
    assert not held.may_view("2025-08-10")
    report = held.night("2025-08-10")
    right = held.right()
    assert (report.closed, report.held, right.closing_reason) == (1, 0, "term")
    assert str(right.closed_on) == "2025-08-10"
    assert held.is_proven("2025-08-10")


def test_the_night_counts_what_waits(held: World) -> None:
    report = held.night("2025-07-11")
    assert (report.closed, report.held) == (0, 1)


def test_the_check_twice_is_the_check_once(held: World) -> None:
    before = ViewRightVersion.objects.count()
    assert check(ENDS).held == 0
    assert ViewRightVersion.objects.count() == before
    assert EveningCheck.objects.get().held_by_rule == 1


def test_an_evening_that_is_over_holds_nothing_any_more(world: World, settings: Settings) -> None:
    settings.REQUIRE_VERIFIED_RULES = True
    unverified(world)
    with pytest.raises(TooLate):
        check_evening(day(ENDS), clock=lambda: midnight(day("2025-07-11")))
    assert not world.may_view("2025-07-11")


def test_a_death_a_withdrawal_and_a_revocation_are_never_held(world: World, settings: Settings) -> None:
    settings.REQUIRE_VERIFIED_RULES = True
    right = unverified(world)
    ending.record_death(world.piet.pk, deceased_on=day("2025-07-11"), origin=origin("2025-07-01"))
    assert (world.last_day(), world.right().ends_by) == (ENDS, "term")
    ending.revoke(right.pk, origin=origin(ENDS))
    assert check(ENDS).held == 0


def test_a_death_known_beforehand_ends_a_held_right_on_its_own_day(held: World) -> None:
    ending.record_death(held.piet.pk, deceased_on=day("2025-07-20"), origin=origin("2025-07-15"))
    right = held.right()
    assert (right.held, str(right.last_day), right.ends_by) == ("rule", "2025-07-19", "deceased")
    assert held.is_proven("2025-07-15")
    assert not held.may_view("2025-07-20")
    held.night("2025-07-20")
    assert held.right().closing_reason == "deceased"
    assert held.is_proven("2025-07-20")


def test_a_withdrawal_ends_a_held_right_at_once(world: World, settings: Settings) -> None:
    settings.EVENING_LIMITS = {**settings.EVENING_LIMITS, "floor": 0, "percent": 0}
    right = world.grant(GRANTED)
    assert check(ENDS).held_by_threshold == 1
    form = right.grants.get().form
    assert form is not None
    told = withdrawing.withdraw(form.pk, withdrawn_on=day("2025-07-20"), origin=origin("2025-07-20"))
    assert told.ends
    right = world.right()
    assert (right.closing_reason, str(right.closed_on), right.held) == ("withdrawn", "2025-07-20", "")
    assert world.is_proven("2025-07-20")


def test_what_changes_nothing_in_the_proposed_day_leaves_it_held(held: World) -> None:
    held.grant("2025-07-15", unit=held.brug)
    assert held.right().held == "rule"
    assert held.is_proven("2025-07-15")


def test_an_activity_that_begins_while_it_is_held_lifts_it(held: World) -> None:
    held.activity("2025-07-20")
    right = held.right()
    assert (right.held, right.proposed_last_day, right.last_day) == ("", None, None)
    assert held.is_proven("2025-07-20")


def test_an_activity_entered_ahead_lifts_it_on_its_own_day(held: World) -> None:
    held.activity("2025-07-20", entered="2025-07-15")
    assert held.right().held == "rule"
    held.night("2025-07-19")
    assert held.right().held == "rule"
    assert held.is_proven("2025-07-19")
    held.night("2025-07-20")
    assert (held.right().held, held.last_day()) == ("", None)
    assert held.is_proven("2025-07-20")


def test_confirmed_that_evening_it_ends_that_evening(held: World) -> None:
    at = Origin("person:9", evening(ENDS), "portal")
    assert answer_held([held.right().pk], Answer.CONFIRMED, "Nagekeken.", origin=at) == Answered(1, 0)
    assert (held.right().held, held.last_day()) == ("", ENDS)
    assert check(ENDS).held == 0
    assert held.is_proven(ENDS)
    assert not held.may_view("2025-07-11")
    assert held.night("2025-07-11").closed == 1
    assert held.is_proven("2025-07-11")


def test_confirmed_later_it_ends_at_once(held: World) -> None:
    at = origin("2025-07-15", by="person:9")
    assert answer_held([held.right().pk], Answer.CONFIRMED, "Nagekeken.", origin=at).taken == 1
    right = held.right()
    assert (str(right.closed_on), right.closing_reason) == ("2025-07-15", "term")
    assert held.is_proven("2025-07-15")
    answer = HeldAnswer.objects.get()
    assert (answer.by, answer.reason, str(answer.proposed_last_day)) == ("person:9", "Nagekeken.", ENDS)


def test_kept_it_goes_on_with_a_ground_of_today(held: World) -> None:
    at = origin("2025-07-15", by="person:9")
    assert answer_held([held.right().pk], Answer.KEPT, "De regel klopt niet.", origin=at).taken == 1
    right = held.right()
    assert [grant.ground for grant in right.grants.order_by("pk")] == ["assignment", "restored"]
    assert (right.held, str(right.last_day)) == ("", "2026-01-15")
    assert held.is_proven("2025-07-15")


def test_an_answer_is_taken_once(held: World) -> None:
    right, at = held.right().pk, origin("2025-07-15")
    assert answer_held([right], Answer.KEPT, "Blijft.", origin=at) == Answered(1, 0)
    assert answer_held([right], Answer.CONFIRMED, "Eindigt.", origin=at) == Answered(0, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        HeldAnswer.objects.update(answer="confirmed")


def test_a_kept_right_that_rested_on_a_consent_still_goes_with_it(world: World, settings: Settings) -> None:
    settings.EVENING_LIMITS = {**settings.EVENING_LIMITS, "floor": 0, "percent": 0}
    right = world.grant(GRANTED)
    check(ENDS)
    answer_held([right.pk], Answer.KEPT, "Blijft.", origin=origin("2025-07-15"))
    form = right.grants.get(ground="form").form
    assert form is not None
    withdrawing.withdraw(form.pk, withdrawn_on=day("2025-08-01"), origin=origin("2025-08-01"))
    assert world.right().closing_reason == "withdrawn"
    assert world.is_proven("2025-08-01")


def state(on: str) -> dict[str, object]:
    """What the export says of the one right on that day."""
    (told,) = rights_on(day(on))
    return told


def test_the_export_says_what_was_held_on_each_day(held: World) -> None:
    answer_held([held.right().pk], Answer.CONFIRMED, "Nagekeken.", origin=origin("2025-07-15"))
    keys = ("last_day", "held", "proposed_last_day", "closed_on")
    assert [state("2025-07-09")[key] for key in keys] == [ENDS, None, None, None]
    assert [state(ENDS)[key] for key in keys] == [UNTIL, "rule", ENDS, None]
    assert [state("2025-07-14")[key] for key in keys] == [UNTIL, "rule", ENDS, None]
    assert [state("2025-07-15")[key] for key in keys] == ["2025-07-14", None, None, "2025-07-15"]


def test_the_export_of_a_kept_right_goes_on(held: World) -> None:
    answer_held([held.right().pk], Answer.KEPT, "Blijft.", origin=origin("2025-07-15"))
    told = state("2025-07-20")
    assert (told["last_day"], told["held"], told["last_granted_on"]) == ("2026-01-15", None, "2025-07-15")


def test_the_explanation_says_since_when_it_waits_and_until_when(held: World) -> None:
    sentences = explain(held.right(), today=day("2025-07-15"), language="en")
    assert any("The end on 10 July 2025 is held" in one and "9 August 2025" in one for one in sentences)
    held.night("2025-08-10")
    sentences = explain(held.right(), today=date(2025, 8, 12), language="en")
    assert any("The end on 10 July 2025 was held" in one for one in sentences)
    assert not any("became known" in one for one in sentences)
