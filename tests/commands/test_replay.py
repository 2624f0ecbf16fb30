"""`inzage replay`: a day's decisions judged again, told at the shell."""

import pytest

from inzage.access_log.models import Decided
from inzage.decision_api.authzen.entities import Action, Kind, Question
from inzage.decision_api.authzen.provider import Given
from tests.commands.conftest import Typed
from tests.decision_api.register.point import Point, client, counsellor, may_ask, of
from tests.world import World, day, noon


@pytest.fixture
def decided(world: World) -> Decided:
    """On 1 March: a yes on a right, a no without one, and a client's own dossier; the yes is lent."""
    may_ask()
    world.person("counsellor", world.spoor, subject="carla")
    world.grant("2025-02-01")
    point, carla = Point(), counsellor("carla", world.spoor)
    asked = [
        Question(subject, Action("view", {}), of(dossier), {})
        for subject, dossier in ((carla, world.piet), (carla, world.an), (client("K1"), world.piet))
    ]
    at = noon("2025-03-01")
    decisions = point.decide_all(asked, at)
    record = point.keep(
        Given(point.call(at, Kind.EVALUATIONS), b"{}", list(zip(asked, decisions, strict=True)))
    )
    return Decided.objects.get(record=record, allowed=True, subject="partner-user")


def test_where_all_come_out_the_same_it_leaves_with_0(shell: Typed, decided: Decided) -> None:
    code, out, err = shell("replay", "2025-03-01")
    assert (code, err) == (0, "")
    assert out.startswith("2 decisions judged again, 0 come out differently; 0 were given while")
    assert "1 were left" in out


def test_one_that_comes_out_differently_is_told_and_it_leaves_with_1(shell: Typed, decided: Decided) -> None:
    decided.position, decided.last_day = 3, day("2030-01-01")
    decided.save(force_insert=True)
    code, out, _err = shell("replay", "2025-03-01")
    told, counts = out.splitlines()
    assert code == 1
    assert f"{decided.record_id} 3: recorded right_stands (right {decided.right}, " in told
    assert "until 2030-01-01); judged again right_stands" in told
    assert told.endswith("until 2025-08-01)")
    assert counts.startswith("3 decisions judged again, 1 come out differently")


def test_a_day_to_come_is_refused(shell: Typed, world: World) -> None:
    code, _out, err = shell("replay", "2025-03-02")
    assert code == 2
    assert "2025-03-02 is still to come" in err
