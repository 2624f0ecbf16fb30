"""One predicate: in random worlds, a search finds exactly those for which an evaluation says yes (S01).

At the instants around midnight too, and for callers that may ask about everything, one unit, or one part.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product

import pytest

from inzage.decision_api.authzen.entities import Action, Entity, Kind, Question
from inzage.partners.models import Person
from inzage.rules.days import day_of, midnight
from inzage.view_rights.viewing import decide
from tests.decision_api.register.point import Point, client, counsellor, may_ask, mediator, of
from tests.view_rights.walking import Walk
from tests.world import World

STEPS = 30

VERBS = ("view", "register")
PARTS: tuple[dict[str, str], ...] = ({}, {"part": "steps"}, {"part": "confidential"})
NARROWER = ("one-unit", "one-part", "stopped", "unknown")
"""Callers that may not ask about everything."""


class Everybody:
    """The people of a world, with near misses: an account that is closed, a member of another unit."""

    def __init__(self, world: World) -> None:
        self.world = world
        both = world.person("counsellor", world.spoor, world.brug, subject="both")
        brug = world.person("counsellor", world.brug, subject="brug")
        gone = world.person("counsellor", world.spoor, subject="gone")
        Person.objects.filter(pk=gone.pk).update(is_active=False)
        desk = world.person("mediator")
        units = (world.spoor, world.brug, world.haven)
        self.subjects = [
            *(counsellor(person, unit, issuer="test") for person in (both, brug, gone) for unit in units),
            mediator(desk),
            client("K1"),
            client("K2"),
        ]
        self.dossiers = (world.piet, world.an)


def instants(walk: Walk) -> Iterator[datetime]:
    """Just before the midnight at which the day begins, on it, and just before the next."""
    starts = midnight(walk.today)
    ends = midnight(walk.today + timedelta(days=1))
    yield from (starts - timedelta(microseconds=1), starts, ends - timedelta(microseconds=1))


def said_yes(point: Point, everybody: Everybody, at: datetime) -> set[tuple[str, ...]]:
    """Every question there is, asked in one call: those answered with yes."""
    asked = [
        Question(subject, Action(verb, {}), of(dossier, **part), {})
        for subject, verb, dossier, part in product(everybody.subjects, VERBS, everybody.dossiers, PARTS)
    ]
    answers = point.decide_all(asked, at)
    return {_key(question) for question, answer in zip(asked, answers, strict=True) if answer.decision}


def _key(question: Question) -> tuple[str, ...]:
    subject, action, resource, _context = question
    unit, part = subject.properties.get("unit", ""), resource.properties.get("part", "")
    return (subject.type, subject.id, unit, action.name, resource.id, part)


def found(point: Point, everybody: Everybody, at: datetime, kind: Kind) -> set[tuple[str, ...]]:
    """The same by a search of one kind, for every complete half of a question; a page holds two results."""
    halves = {
        _key(half): half
        for subject, verb, dossier, part in product(everybody.subjects, VERBS, everybody.dossiers, PARTS)
        for half in [_without(Question(subject, Action(verb, {}), of(dossier, **part), {}), kind)]
    }
    return {
        _key(_with(half, kind, result))
        for half in halves.values()
        for result in point.find(kind, half, at, limit=2)
    }


def _without(question: Question, kind: Kind) -> Question:
    if kind is Kind.ACTIONS:
        return question._replace(action=Action("", {}))
    if kind is Kind.RESOURCES:
        return question._replace(resource=question.resource._replace(id=""))
    return question._replace(subject=question.subject._replace(id="", properties={}))


def _with(question: Question, kind: Kind, result: Entity | Action) -> Question:
    if isinstance(result, Action):
        return question._replace(action=result)
    if kind is Kind.RESOURCES:
        return question._replace(resource=result._replace(properties=question.resource.properties))
    return question._replace(subject=result)


@pytest.mark.parametrize("seed", range(3))
def test_a_search_finds_exactly_those_for_which_an_evaluation_says_yes(world: World, seed: int) -> None:
    """All three searches, at the instants around two midnights, as the world goes on; for narrower callers at one."""
    everybody = Everybody(world)
    may_ask("mlp")
    may_ask("one-unit", world.spoor)
    may_ask("one-part", parts=["steps"])
    stopped = may_ask("stopped")
    type(stopped).objects.filter(pk=stopped.pk).update(is_active=False)
    walk, met = Walk(world, seed), 0
    for step in range(STEPS):
        walk.step()
        if step % 15 == 14:
            for at in instants(walk):
                met += _compare(Point("mlp"), everybody, at)
            for caller in NARROWER:
                met += _compare(Point(caller), everybody, midnight(walk.today))
    assert met  # else it would show nothing


def _compare(point: Point, everybody: Everybody, at: datetime) -> int:
    """How many a yes was said of."""
    yes = said_yes(point, everybody, at)
    for kind in (Kind.SUBJECTS, Kind.RESOURCES, Kind.ACTIONS):
        assert found(point, everybody, at, kind) == yes, (kind, point.caller, at)
    return len(yes)


@pytest.mark.parametrize("seed", range(3, 9))
def test_the_yes_of_an_evaluation_is_the_yes_of_the_decision(world: World, seed: int) -> None:
    """For a member of the unit, over AuthZEN and in process: at every instant the same."""
    person = world.person("counsellor", world.spoor, world.brug, subject="both")
    may_ask()
    point, walk = Point(), Walk(world, seed)
    for _step in range(STEPS):
        walk.step()
        for at, dossier, unit in product(instants(walk), (world.piet, world.an), (world.spoor, world.brug)):
            decided = decide(dossier.pk, unit.pk, on=day_of(at))
            answer = point.decide(counsellor(person, unit), of(dossier), at)
            assert (answer.decision, answer.context["reason"]) == (decided.allowed, decided.reason)  # type: ignore[index]
