"""Calls side by side: nobody is answered for another, or judged by another's scope; decisions wait for no search."""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import product
from random import Random

import pytest
from asgiref.sync import async_to_sync
from psycopg_pool import PoolTimeout

from inzage.decision_api.authzen.entities import Action, Entity, Kind, Question
from inzage.decision_api.authzen.provider import Caller, Decision, Found, NotKept, Page
from inzage.decision_api.register import searching
from inzage.decision_api.register.policy import AUDIT, RegisterPolicy
from inzage.decision_api.register.refusing import NextSteps
from inzage.view_rights.deciding import Statement
from inzage.view_rights.prepared import Row
from tests.decision_api.register.point import Direct, Point, counsellor, may_ask, of
from tests.world import World, noon

NOW = noon("2025-03-10")
CALLERS = ("all", "spoor", "brug", "steps", "unknown")
Asked = tuple[str, bool, list[Question]]
"""By whom, with the audit scope or not, what."""


@pytest.fixture
def questions(world: World) -> list[Question]:
    """About two dossiers, two units, two people and two parts; some are a yes."""
    for name, unit in (("carla", world.spoor), ("bo", world.brug)):
        world.person("counsellor", unit, subject=name)
    world.grant("2025-03-01")
    world.grant("2025-03-01", dossier=world.an, unit=world.brug)
    may_ask("all")
    may_ask("spoor", world.spoor)
    may_ask("brug", world.brug)
    may_ask("steps", parts=["steps"])
    return [
        Question(
            counsellor(name, unit),
            Action("view", {}),
            of(dossier, part=part),
            {"time": f"2025-0{month}-10T12:00:00Z"},
        )
        for name, unit, dossier, part, month in product(
            ("carla", "bo"), (world.spoor, world.brug), (world.piet, world.an), ("general", "steps"), (2, 3)
        )
    ]


async def answered(policy: RegisterPolicy, asked: Asked) -> Sequence[Decision]:
    """What one caller is told."""
    name, audit, questions = asked
    caller = Caller(name, frozenset({AUDIT} if audit else ()))
    return await policy.decide(questions, Point().call(NOW)._replace(caller=caller))


def policy() -> RegisterPolicy:
    """On the test's own database."""
    return RegisterPolicy(Direct(), NextSteps(Direct(), portal="https://inzage.example"))


@pytest.mark.parametrize("seed", range(4))
def test_side_by_side_each_call_is_answered_as_it_is_alone(questions: list[Question], seed: int) -> None:
    """Whoever asks what together with whom, and whoever leaves meanwhile."""
    dice = Random(seed)
    asked: list[Asked] = [
        (dice.choice(CALLERS), dice.choice([True, False]), dice.sample(questions, dice.randint(1, 5)))
        for _ in range(60)
    ]
    gone = set(dice.sample(range(len(asked)), 10))

    async def together() -> list[Sequence[Decision] | BaseException]:
        one = policy()
        calls = [asyncio.create_task(answered(one, each)) for each in asked]
        await asyncio.sleep(0)
        for place in gone:
            calls[place].cancel()
        return await asyncio.gather(*calls, return_exceptions=True)

    found = async_to_sync(together)()
    alone = [async_to_sync(answered)(policy(), each) for each in asked]
    assert any(decision.decision for decisions in alone for decision in decisions)
    for place, each in enumerate(found):
        if place in gone:
            assert isinstance(each, asyncio.CancelledError)
        else:
            assert each == alone[place], asked[place]


class Slow(Direct):
    """Notes which statements were asked, in their order, each after a turn of everybody else."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def ask(self, statements: Mapping[str, Statement]) -> dict[str, list[Row]]:
        """The rows of each."""
        self.asked += [name for name in statements if name in ("found", "0 rights")]
        return await super().ask(statements)


def test_a_decision_does_not_wait_behind_searches(world: World, questions: list[Question]) -> None:
    """However many were asked before it: it is judged after one of them at most, and the round under way."""
    slow, many = Slow(), 50
    one = RegisterPolicy(slow, NextSteps(slow, portal="https://inzage.example"))
    sought = questions[0]._replace(subject=Entity("partner-user", "", {}))
    call = Point("all").call(NOW, Kind.SUBJECTS)

    async def ask() -> None:
        searches = [asyncio.create_task(one.search(sought, Page(50), call)) for _ in range(many)]
        await asyncio.sleep(0)
        await answered(one, ("all", False, questions[:1]))
        assert slow.asked.count("found") < many // 2
        await asyncio.gather(*searches)

    async_to_sync(ask)()
    assert slow.asked.count("found") > many


class Stuck(Direct):
    """Gives nothing before it is let go."""

    def __init__(self) -> None:
        self.free = asyncio.Event()

    async def ask(self, statements: Mapping[str, Statement]) -> dict[str, list[Row]]:
        """The rows of each."""
        await self.free.wait()
        return await super().ask(statements)


def test_a_search_whose_turn_does_not_come_is_given_up(
    world: World, questions: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the database is away, the last would wait for all before it; afterwards searches go on."""
    monkeypatch.setattr(searching, "PATIENCE", 0.01)
    stuck = Stuck()
    one = RegisterPolicy(stuck, NextSteps(stuck, portal="https://inzage.example"))
    sought = questions[0]._replace(subject=Entity("partner-user", "", {}), context={})
    call = Point("all").call(NOW, Kind.SUBJECTS)

    async def ask() -> tuple[list[Found | BaseException], Found]:
        first, *others = [asyncio.create_task(one.search(sought, Page(50), call)) for _ in range(4)]
        given_up = await asyncio.gather(*others, return_exceptions=True)
        stuck.free.set()
        monkeypatch.undo()
        assert (await first).results
        return given_up, await one.search(sought, Page(50), call)

    given_up, after = async_to_sync(ask)()
    assert [type(each) for each in given_up] == [NotKept] * 3
    assert after.results


class Away(Direct):
    """Nobody is there."""

    async def ask(self, statements: Mapping[str, Statement]) -> dict[str, list[Row]]:
        """No rows."""
        raise PoolTimeout(f"{len(statements)} statements")


@pytest.mark.parametrize("kind", Kind)
def test_where_the_database_is_away_there_is_no_answer_and_it_is_no_fault(
    world: World, questions: list[Question], kind: Kind
) -> None:
    """The layer makes 503 of it, and one line in the log."""
    one = RegisterPolicy(Away(), NextSteps(Away(), portal="https://inzage.example"))
    call = Point("all").call(NOW, kind)

    async def ask() -> object:
        if kind in (Kind.EVALUATION, Kind.EVALUATIONS):
            return await one.decide(questions, call)
        return await one.search(questions[0], Page(50), call)

    with pytest.raises(NotKept, match="The database is away: PoolTimeout"):
        async_to_sync(ask)()
