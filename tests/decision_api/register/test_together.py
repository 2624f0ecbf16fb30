"""Calls that go along together: none gets an answer older than itself, and none suffers for another."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import pytest

from inzage.decision_api.register.together import Together, Unable


class Doubling:
    """Gives the double of each number; the rounds it was asked for are noted. It can be made to wait, and to fail."""

    def __init__(self) -> None:
        self.rounds: list[list[int]] = []
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.bad: dict[int, Exception] = {}

    async def __call__(self, numbers: Sequence[int]) -> Sequence[int]:
        """A round."""
        self.rounds.append(list(numbers))
        await self.go_on.wait()
        for number in numbers:
            if number in self.bad:
                raise self.bad[number]
        return [2 * number for number in numbers]


def all_of(act: Doubling, numbers: Sequence[int]) -> list[int | BaseException]:
    """What each call gets: the first is under way alone when the others come."""

    async def asked() -> list[int | BaseException]:
        together = Together(act)
        act.go_on.clear()
        first = asyncio.create_task(together(numbers[0]))
        await asyncio.sleep(0)
        others = [asyncio.create_task(together(number)) for number in numbers[1:]]
        await asyncio.sleep(0)
        act.go_on.set()
        return await asyncio.gather(first, *others, return_exceptions=True)

    return asyncio.run(asked())


def test_calls_that_come_while_one_is_under_way_go_together_in_the_next_round() -> None:
    act = Doubling()
    assert all_of(act, [1, 2, 3]) == [2, 4, 6]
    assert act.rounds == [[1], [2, 3]]


def test_what_is_wrong_with_one_is_no_others_fault() -> None:
    act = Doubling()
    act.bad = {3: ValueError("odd")}
    one, two, three, four = all_of(act, [1, 2, 3, 4])
    assert (one, two, four) == (2, 4, 8)
    assert isinstance(three, ValueError)
    assert act.rounds == [[1], [2, 3, 4], [2], [3], [4]]


def test_where_nobody_can_be_served_none_is_tried_alone() -> None:
    act = Doubling()
    act.bad = {3: Unable()}
    one, *others = all_of(act, [1, 2, 3, 4])
    assert one == 2
    assert [type(each) for each in others] == [Unable] * 3
    assert act.rounds == [[1], [2, 3, 4]]


def test_for_whoever_gave_up_waiting_nothing_is_done() -> None:
    """And the others go on."""
    act = Doubling()

    async def asked() -> int:
        together = Together(act)
        act.go_on.clear()
        first = asyncio.create_task(together(1))
        await asyncio.sleep(0)
        gives_up = asyncio.create_task(together(2))
        stays = asyncio.create_task(together(3))
        await asyncio.sleep(0)
        gives_up.cancel()
        with suppress(asyncio.CancelledError):
            await gives_up
        act.go_on.set()
        await first
        return await stays

    assert asyncio.run(asked()) == 6
    assert act.rounds == [[1], [3]]


def test_who_gives_up_while_it_is_under_way_takes_nothing_from_the_others() -> None:
    act = Doubling()

    async def asked() -> int:
        together = Together(act)
        act.go_on.clear()
        gives_up, stays = (asyncio.create_task(together(number)) for number in (1, 2))
        await asyncio.sleep(0)
        gives_up.cancel()
        with suppress(asyncio.CancelledError):
            await gives_up
        act.go_on.set()
        return await stays

    assert asyncio.run(asked()) == 4


@pytest.mark.parametrize("at_once", [1, 2])
def test_no_more_rounds_go_side_by_side_than_may(at_once: int) -> None:
    """Of calls that come one by one while the first rounds are under way."""
    act = Doubling()

    async def asked() -> list[int]:
        together = Together(act, at_once=at_once)
        act.go_on.clear()
        calls = []
        for number in range(4):
            calls.append(asyncio.create_task(together(number)))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        assert len(act.rounds) == at_once
        act.go_on.set()
        return await asyncio.gather(*calls)

    assert asyncio.run(asked()) == [0, 2, 4, 6]
