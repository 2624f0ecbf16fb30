"""Calls that arrive while one is under way go along together in the next: one query, one commit for all of them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import accumulate, takewhile
from typing import Generic, TypeVar

A = TypeVar("A")
B = TypeVar("B")


class Together(Generic[A, B]):
    """`act` carries out many at once and gives a result for each, in their order.

    What it began before a call arrived never serves that call, so nobody gets an answer older than the question.
    Where a round of several fails with one of the errors `of_one`, each is tried alone: what is wrong with one call is
    no other's fault. Any other error is everybody's. For who no longer waits, nothing is done.
    """

    def __init__(
        self,
        act: Callable[[Sequence[A]], Awaitable[Sequence[B]]],
        *,
        of_one: tuple[type[Exception], ...] = (),
        size: Callable[[A], int] = lambda _one: 1,
        at_once: int = 1,
        most: int = 200,
    ) -> None:
        """At most `at_once` rounds side by side, of at most `most` in all by their `size`; what is larger goes alone.

        Large ones that went together would make everybody wait for all of them.
        """
        self._act, self._of_one, self._size, self._most = act, of_one, size, most
        self._free = at_once
        self._waiting: list[tuple[A, asyncio.Future[B]]] = []
        self._rounds = set[asyncio.Task[None]]()

    async def __call__(self, one: A) -> B:
        """The result for `one`; raises what its own attempt raised."""
        future: asyncio.Future[B] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, future))
        if self._free:
            self._free -= 1
            task = asyncio.create_task(self._go_round())
            self._rounds.add(task)
            task.add_done_callback(self._rounds.discard)
        return await future

    async def _go_round(self) -> None:
        """Round after round, until nothing waits."""
        try:
            while self._waiting:
                await asyncio.sleep(0)  # whoever is about to ask goes along
                await self._carry_out(self._next_round())
        finally:
            self._free += 1

    def _next_round(self) -> list[tuple[A, asyncio.Future[B]]]:
        """The first that waits, and as many after it as go along."""
        sizes = accumulate(self._size(one) for one, _future in self._waiting)
        count = max(1, sum(1 for _ in takewhile(lambda size: size <= self._most, sizes)))
        round_, self._waiting = self._waiting[:count], self._waiting[count:]
        return round_

    async def _carry_out(self, round_: list[tuple[A, asyncio.Future[B]]]) -> None:
        round_ = [(one, future) for one, future in round_ if not future.done()]
        if not round_:  # another round may have taken them
            return
        try:
            results = await self._act([one for one, _future in round_])
            given = list(zip(round_, results, strict=True))
        except Exception as error:
            if len(round_) > 1 and isinstance(error, self._of_one):
                for alone in round_:
                    await self._carry_out([alone])
                return
            for _one, future in round_:
                if not future.done():
                    future.set_exception(error)
            return
        for (_one, future), result in given:
            if not future.done():
                future.set_result(result)
