"""Whatever happens in a dossier, in whatever order: decisions judged again come out as they were given (S01)."""

from datetime import datetime, timedelta
from itertools import product

import pytest

from inzage.access_log.models import Decided, DecisionRecord
from inzage.decision_api.authzen.entities import Action, Kind, Question
from inzage.decision_api.authzen.provider import Given
from inzage.oversight.rejudging import replay
from inzage.partners.models import Person
from inzage.rules.days import day_of, midnight
from inzage.view_rights.running import run
from tests.decision_api.register.point import Point, counsellor, may_ask, of
from tests.view_rights.walking import Walk
from tests.world import World

STEPS = 60
ASKED = 4
"""Questions of each call."""


class Clocked(Walk):
    """A walk whose nights, too, run at its next minute: what is recorded later is dated later."""

    def _night(self) -> None:
        at = self._origin().at
        run(self.today, clock=lambda: at)

    def asked_now(self) -> datetime:
        """When what was recorded last is known, and nothing is being written any more."""
        return midnight(self.today) + timedelta(minutes=self.minute, seconds=45)


def asked_of(world: World, person: Person) -> list[Question]:
    """About both dossiers, for both units."""
    return [
        Question(counsellor(person, unit), Action("view", {}), of(dossier), {})
        for dossier, unit in product((world.piet, world.an), (world.spoor, world.brug))
    ]


def given(point: Point, asked: list[Question], at: datetime) -> None:
    """Decide, and put on record."""
    call = point.call(at, Kind.EVALUATIONS)
    point.keep(Given(call, b"{}", list(zip(asked, point.decide_all(asked, at), strict=True))))


@pytest.mark.parametrize("seed", range(6))
def test_after_any_walk_every_decision_is_judged_again_as_it_was_given(world: World, seed: int) -> None:
    """Imports aside, all there is: terms with and without their run, revoked, withdrawn, died, late, reopened."""
    person = world.person("counsellor", world.spoor, world.brug, subject="both")
    may_ask()
    point, walk, asked = Point(), Clocked(world, seed), asked_of(world, person)
    moments: list[datetime] = []
    for _step in range(STEPS):
        walk.step()
        moments.append(walk.asked_now())
        given(point, asked, moments[-1])
    assert Decided.objects.filter(allowed=True).count() > STEPS // 6
    judged = 0
    for on in sorted({day_of(moment) for moment in moments}):
        again = replay(on)
        assert (again.differences, again.overtaken, again.left) == ([], 0, 0), walk.done
        judged += again.judged
    assert judged == ASKED * DecisionRecord.objects.count()


@pytest.mark.parametrize("seed", range(6, 9))
def test_after_any_walk_every_decision_that_was_wrong_is_found(world: World, seed: int) -> None:
    """Of each call one answer is written once more, wrong: the other way round, or of another last day."""
    person = world.person("counsellor", world.spoor, world.brug, subject="both")
    may_ask()
    point, walk, asked = Point(), Clocked(world, seed), asked_of(world, person)
    wrong, days = 0, set()
    for _step in range(STEPS // 2):
        walk.step()
        at = walk.asked_now()
        given(point, asked, at)
        days.add(walk.today)
        row = walk.dice.choice(list(Decided.objects.filter(record=DecisionRecord.objects.latest("pk"))))
        _spoil(row, walk)
        wrong += 1
    found = [difference for on in days for difference in replay(on).differences]
    assert [each for each in found if each.position != ASKED] == [], walk.done
    assert len(found) == wrong
    assert {difference.position for difference in found} == {ASKED}


def _spoil(row: Decided, walk: Walk) -> None:
    if row.last_day and walk.dice.choice([True, False]):
        row.last_day += timedelta(days=1)
    else:
        row.allowed = not row.allowed
        row.reason = "right_stands" if row.allowed else "right_closed"
    row.position = ASKED
    row.save(force_insert=True)
