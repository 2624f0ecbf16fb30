"""Somebody at the gate, with a clock and an event loop of the test's own."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

import pytest

from inzage.decision_api.authzen.entities import Kind
from inzage.decision_api.authzen.provider import Caller, Refusal
from inzage.decision_api.callers.gate import TokenGate
from inzage.decision_api.callers.issuer import Issuer
from inzage.decision_api.callers.keys import Keys
from inzage.decision_api.callers.rates import Rate, Rates
from inzage.decision_api.callers.tokens import Tokens
from tests.decision_api.issuing import AUDIENCE, ISSUER, NOON, SelfMade


class Clock:
    """Seconds that go forward when the test says so."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        """What it says now."""
        return self.seconds


class Door:
    """A gate, and the loop that its requests run in."""

    def __init__(self, gate: TokenGate, loop: asyncio.Runner) -> None:
        self.gate, self.loop = gate, loop

    def admits(self, token: str, at: datetime = NOON) -> Caller:
        """Who is let in with this token."""
        return self.with_headers({"authorization": f"Bearer {token}"}, at)

    def with_headers(self, headers: Mapping[str, str], at: datetime = NOON) -> Caller:
        """Who is let in with these headers."""
        return self.loop.run(self.gate.admit(headers, Kind.EVALUATION, at))

    def refuses(self, token: str, at: datetime = NOON) -> Refusal:
        """What is answered who is not let in with this token; it repeats nothing of it."""
        with pytest.raises(Refusal) as refused:
            self.admits(token, at)
        said = " ".join((refused.value.message, *refused.value.headers.values()))
        assert not [part for part in token.split(".") if len(part) > 12 and part in said]
        return refused.value

    def settle(self) -> None:
        """Let what was begun beside a request come to its end."""

        async def ended() -> None:
            await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))

        self.loop.run(ended())


@pytest.fixture
def clock() -> Clock:
    """Stands still by itself."""
    return Clock()


@pytest.fixture
def issuer() -> SelfMade:
    """An issuer that makes whatever token a test wants."""
    return SelfMade()


@pytest.fixture
def loop() -> Iterator[asyncio.Runner]:
    """The event loop of one test."""
    with asyncio.Runner() as runner:
        yield runner


def no_rates() -> Rates:
    """For tests that are about something else: more than they ask."""
    return Rates(*(Rate(1_000_000, lambda: 0.0) for _ in Rates._fields))


@pytest.fixture
def door(issuer: SelfMade, clock: Clock, loop: asyncio.Runner) -> Iterator[Door]:
    """The door of a service that believes this issuer."""
    keys = Keys(Issuer(ISSUER, issuer.client()), clock)
    door = Door(TokenGate(Tokens(keys, ISSUER, AUDIENCE), no_rates()), loop)
    yield door
    loop.run(door.gate.close())


@pytest.fixture
def door_of(clock: Clock, loop: asyncio.Runner) -> Iterator[Callable[[str], Door]]:
    """The door of a service that believes the issuer at an address."""
    doors: list[Door] = []

    def made(address: str) -> Door:
        keys = Keys(Issuer(address), clock)
        doors.append(Door(TokenGate(Tokens(keys, address, AUDIENCE), no_rates()), loop))
        return doors[-1]

    yield made
    for door in doors:
        loop.run(door.gate.close())
