"""Calls that go along together: none is served by what began before it, and none pays for another's fault."""

import asyncio
from collections.abc import Callable, Sequence

import pytest

from inzage.decision_api.register.together import Together

TURNS = 4
"""Of the event loop, in which a call has begun its round where one is free."""


class Counter:
    """Doubles numbers once it is let go; a negative one it can't take, and zero is everybody's end."""

    def __init__(self) -> None:
        self.rounds: list[list[int]] = []
        self.open = asyncio.Event()

    async def __call__(self, numbers: Sequence[int]) -> list[int]:
        """Twice each."""
        self.rounds.append(list(numbers))
        await self.open.wait()
        if 0 in numbers:
            raise ConnectionError
        if any(number < 0 for number in numbers):
            raise ValueError(numbers)
        return [2 * number for number in numbers]


def asked(
    numbers: Sequence[int], *, at_once: int = 1, most: int = 200, size: Callable[[int], int] = lambda _: 1
) -> tuple[Counter, list[int | BaseException]]:
    """The numbers asked one after the other while the first round is under way, and what came of each."""

    async def ask() -> tuple[Counter, list[int | BaseException]]:
        counter = Counter()
        together: Together[int, int] = Together(
            counter, of_one=(ValueError,), size=size, at_once=at_once, most=most
        )
        calls = []
        for number in numbers:
            calls.append(asyncio.create_task(together(number)))
            for _ in range(TURNS):
                await asyncio.sleep(0)
        counter.open.set()
        return counter, await asyncio.gather(*calls, return_exceptions=True)

    return asyncio.run(ask())


def test_what_arrives_while_a_round_is_under_way_goes_along_in_the_next() -> None:
    """Each gets its own result."""
    counter, results = asked([1, 2, 3, 4])
    assert results == [2, 4, 6, 8]
    assert counter.rounds == [[1], [2, 3, 4]]


def test_a_round_is_no_larger_than_the_most() -> None:
    """What is left goes in the one after."""
    assert asked([1, 2, 3, 4], most=2)[0].rounds == [[1], [2, 3], [4]]


def test_what_is_large_goes_alone() -> None:
    """And what is small goes along with what is small, in the order in which it came."""
    assert asked([1, 2, 3, 90, 4, 5], most=8, size=int)[0].rounds == [[1], [2, 3], [90], [4], [5]]


def test_so_many_rounds_go_side_by_side() -> None:
    """The third call waits for one of two."""
    assert asked([1, 2, 3], at_once=2)[0].rounds == [[1], [2], [3]]


def test_what_one_call_can_not_be_given_is_no_others_fault() -> None:
    """The others of its round are tried alone."""
    counter, results = asked([1, 2, -3, 4])
    assert [results[0], results[1], results[3]] == [2, 4, 8]
    assert isinstance(results[2], ValueError)
    assert counter.rounds == [[1], [2, -3, 4], [2], [-3], [4]]


def test_what_is_everybodys_end_is_not_tried_again_for_each() -> None:
    """When the database is away, nobody waits for a try of each."""
    counter, results = asked([1, 2, 0, 4])
    assert results[0] == 2
    assert [type(result) for result in results[1:]] == [ConnectionError] * 3
    assert counter.rounds == [[1], [2, 0, 4]]


def test_for_a_call_that_was_given_up_nothing_is_done_and_no_other_is_disturbed() -> None:
    """Its caller has left while it waited."""
    counter = Counter()

    async def ask() -> list[int | BaseException]:
        counter.open = asyncio.Event()
        together: Together[int, int] = Together(counter)
        calls = [asyncio.create_task(together(number)) for number in (1, 2, 3)]
        await asyncio.sleep(0)
        calls[1].cancel()
        counter.open.set()
        return await asyncio.gather(*calls, return_exceptions=True)

    first, given_up, last = asyncio.run(ask())
    assert (first, last) == (2, 6)
    assert isinstance(given_up, asyncio.CancelledError)
    assert counter.rounds == [[1, 3]]


@pytest.mark.parametrize("waves", [1, 5])
def test_after_a_pause_it_begins_again(waves: int) -> None:
    """However often nothing waited."""

    async def ask() -> list[int]:
        counter = Counter()
        counter.open.set()
        together: Together[int, int] = Together(counter)
        return [await together(number) for number in range(1, waves + 1)]

    assert asyncio.run(ask()) == [2 * number for number in range(1, waves + 1)]


def test_where_a_round_gives_too_few_results_nobody_waits_for_ever_or_gets_anothers() -> None:
    """It would be a fault of ours."""

    async def ask() -> list[int | BaseException]:
        async def short(numbers: Sequence[int]) -> list[int]:
            return [2 * number for number in numbers][1:]

        together: Together[int, int] = Together(short)
        async with asyncio.timeout(5):
            return await asyncio.gather(*map(together, (1, 2, 3)), return_exceptions=True)

    assert [type(result) for result in asyncio.run(ask())] == [ValueError] * 3
