"""What goes with a decision: doubt, the lawful next step, what it rests on for auditors, another moment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from pytest_django import Settings

from inzage.decision_api.authzen.entities import Action, Question
from inzage.decision_api.register.policy import RegisterPolicy
from inzage.decision_api.register.refusing import NextSteps
from inzage.partners.models import Person
from inzage.rules.days import midnight
from inzage.rules.names import ClosingReason
from inzage.view_rights import ending
from inzage.view_rights.closing import close_at_once
from inzage.view_rights.holding import check_evening
from tests.decision_api.register.point import Direct, Point, counsellor, may_ask, of
from tests.world import World, day, noon, origin

NOW = noon("2025-03-10")


@pytest.fixture
def carla(world: World) -> Person:
    """Works for Spoor."""
    may_ask()
    return world.person("counsellor", world.spoor, subject="carla")


def context(world: World, at: datetime = NOW, *, audit: bool = False, **asked: Any) -> dict[str, Any]:
    """The context of the decision whether Carla may view Piet's dossier."""
    decision = Point(audit=audit).decide(counsellor("carla", world.spoor), of(world.piet), at, **asked)
    assert decision.context is not None
    return dict(decision.context)


def test_a_last_day_by_a_rule_that_nobody_verified_says_so(world: World, carla: Person) -> None:
    """In the sentence and as a status; a verified one has no such sentence (S19)."""
    assignment = world.assign("2025-01-10")
    world.end_assignment(assignment, "2025-03-01")
    said = context(world)
    assert said["rule_status"] == "assumption"
    assert "niet nagekeken" in said["reason_user"]["nl"]
    assert "pas vérifiée" in said["reason_user"]["fr"]
    assert "not verified" in said["reason_user"]["en"]


def test_a_last_day_by_a_verified_rule_has_no_such_sentence(world: World, carla: Person) -> None:
    """The near miss."""
    world.grant("2025-03-01")
    assert context(world)["rule_status"] == "verified"
    assert "nagekeken" not in context(world)["reason_user"]["nl"]


def test_a_held_right_says_that_it_waits_and_since_which_day(
    world: World, carla: Person, settings: Settings
) -> None:
    """It stands on; one that was not held does not."""
    settings.REQUIRE_VERIFIED_RULES = True
    assignment = world.assign("2024-06-01")
    world.end_assignment(assignment, "2025-01-10")
    check_evening(day("2025-07-10"), clock=lambda: noon("2025-07-10"))
    said = context(world, noon("2025-07-11"))
    assert (said["reason"], said["held"]) == ("right_stands", "rule")
    assert (said["proposed_last_day"], said["last_day"]) == ("2025-07-10", "2025-08-09")
    assert "10 July 2025 is held until a person answers" in said["reason_user"]["en"]
    assert context(world, noon("2025-08-10"))["reason"] == "right_closed"
    assert "held" not in context(world, noon("2025-08-10"))


@pytest.mark.parametrize("end", [ending.revoke, ending.give_back])
def test_a_day_that_follows_from_no_rule_is_laid_on_none(
    world: World, carla: Person, end: Callable[..., object]
) -> None:
    """The rule that nobody verified has not ended it; an auditor is told what has."""
    assignment = world.assign("2025-01-10")
    world.end_assignment(assignment, "2025-03-01")
    assert context(world, audit=True)["reason_admin"]["ends_by"] == "term"
    end(world.right().pk, origin=origin("2025-03-09"))
    said = context(world, audit=True)
    assert (said["reason"], said["last_day"]) == ("right_closed", "2025-03-08")
    assert "rule_status" not in said
    assert "nagekeken" not in said["reason_user"]["nl"]
    assert said["reason_admin"]["ends_by"] in ("revoked", "given_back")


@pytest.mark.parametrize("reason", [ClosingReason.CORRECTED, ClosingReason.WITHDRAWN])
def test_an_auditor_is_told_whether_a_consent_was_withdrawn_or_corrected(
    world: World, carla: Person, reason: ClosingReason
) -> None:
    close_at_once(world.grant("2025-01-10"), reason, origin=origin("2025-03-09"))
    said = context(world, audit=True, explain=True)
    assert said["reason"] == "right_closed"
    assert (said["reason_admin"]["ends_by"], said["explanation"]["ends_by"]) == (reason, reason)
    assert "consent" not in said["reason_user"]["en"]


def test_after_a_death_the_day_follows_from_no_rule(world: World, carla: Person) -> None:
    world.assign("2025-01-10")
    ending.record_death(world.piet.pk, deceased_on=day("2025-03-08"), origin=origin("2025-03-08"))
    said = context(world, audit=True)
    assert "rule_status" not in said
    assert "verif" not in said["reason_user"]["fr"]
    assert said["reason_admin"]["ends_by"] == "deceased"


def test_a_refusal_says_the_lawful_ways_with_a_link(world: World, carla: Person) -> None:
    """In Flanders the form, the mediator, an assignment; in Brussels the Brussels form."""
    steps = context(world)["next_steps"]
    assert [step["route"] for step in steps] == ["form", "mediator", "assignment"]
    assert steps[0]["url"] == (
        f"https://inzage.example/aanvragen/nieuw/?dossier={world.piet.reference}&voor=OE1&weg=form"
    )
    assert set(steps[0]["reason_user"]) == {"nl", "fr", "en"}
    assert "url" not in steps[2]
    world.lives_in("21009")
    assert [step["route"] for step in context(world)["next_steps"]] == ["brussels_form", "assignment"]


def test_after_a_closed_right_the_ways_are_said_too_and_not_beside_a_yes(world: World, carla: Person) -> None:
    """Nor where a right is not what is lacking."""
    world.grant("2025-03-01")
    assert "next_steps" not in context(world)
    assert context(world, midnight(day("2025-09-02")))["next_steps"]
    decision = Point().decide(counsellor("nobody", world.spoor), of(world.piet), NOW)
    assert decision.context is not None
    assert "next_steps" not in decision.context


def test_by_a_setting_a_refusal_has_the_shape_of_the_access_request_profile(
    world: World, carla: Person
) -> None:
    """The denial stays a denial; it can be followed up for ten minutes; without the setting there is none."""
    assert "access_request" not in context(world)
    steps = NextSteps(Direct(), portal="https://inzage.example", requests=True)
    question = Question(counsellor("carla", world.spoor), Action("view", {}), of(world.piet), {})
    [decision] = async_to_sync(RegisterPolicy(Direct(), steps).decide)([question], Point().call(NOW))
    assert decision.context is not None
    assert not decision.decision
    assert decision.context["evaluation_id"]
    assert decision.context["access_request"] == {
        "template": "inzage-consent",
        "expires_at": "2025-03-10T11:10:00Z",
        "form_url": decision.context["next_steps"][0]["url"],
    }


def test_what_a_decision_rests_on_is_for_auditors_only(world: World, carla: Person) -> None:
    """The right, its rule with version, status and source, and the event behind the day."""
    world.grant("2025-03-01")
    assert "reason_admin" not in context(world)
    told = context(world, audit=True)["reason_admin"]
    assert told["right"] == world.right().pk
    assert told["rule"] == "closing.no-activity"
    assert told["rule_status"] == "verified"
    assert told["rule_version"] == world.right().rule_version
    assert told["rule_source"].startswith("VDAB")
    assert (told["event"], told["event_on"]) == ("granted", "2025-03-01")


def test_an_auditor_may_ask_about_another_moment(world: World, carla: Person) -> None:
    """Past and to come, with its own midnights; a yes about another moment is none that could stop holding."""
    world.grant("2025-03-01")
    before = midnight(day("2025-03-01")) - timedelta(seconds=1)
    after = midnight(day("2025-09-02"))
    assert context(world, audit=True, time=before.isoformat())["reason"] == "no_right"
    assert context(world, audit=True, time=after.isoformat())["reason"] == "right_closed"
    decision = Point(audit=True).decide(
        counsellor("carla", world.spoor), of(world.piet), after, time=NOW.isoformat()
    )
    assert decision.decision
    assert decision.holds_until is None


def test_nobody_else_may_ask_about_another_moment(world: World, carla: Person) -> None:
    """What is not known is ignored: the answer is about now, and says so."""
    world.grant("2025-03-01")
    said = context(world, midnight(day("2025-09-02")), time=NOW.isoformat())
    assert said["reason"] == "right_closed"
    assert said["evaluated_at"] == "2025-09-01T22:00:00Z"


@pytest.mark.parametrize("time", [7, "gisteren", "2025-03-10", "2025-03-10T12:00:00", "0001-01-01T00:00:00Z"])
def test_a_moment_that_cannot_be_read_is_a_no(world: World, carla: Person, time: Any) -> None:
    """A day has no offset, and neither has a moment without one."""
    world.grant("2025-03-01")
    assert context(world, audit=True, time=time)["reason"] == "unreadable_time"


def test_a_right_that_was_revoked_stood_that_day_until_then(world: World, carla: Person) -> None:
    """A look is judged by its moment; the day itself is without."""
    world.grant("2025-03-01")
    ending.revoke(world.right().pk, origin=origin("2025-03-10"))
    moments = {NOW - timedelta(seconds=1): "right_stands", NOW: "right_closed"}
    for moment, reason in moments.items():
        assert context(world, NOW, audit=True, time=moment.isoformat())["reason"] == reason
    assert context(world, NOW)["reason"] == "right_closed"
