"""The issuer's keys, kept: fetched again in time, at once for a key that is not known, and for a while without it."""

import asyncio
from collections.abc import Callable
from math import inf

import structlog
from joserfc.jwk import KeySet

from inzage.decision_api.callers.issuer import Issuer, NoKeys
from inzage.decision_api.callers.refusing import no_keys

REFRESHED_AFTER = 300
"""Seconds after which the keys are fetched again: so long a key that the issuer takes back is still believed."""
USABLE_FOR = 3600
"""Seconds for which keys are used while the issuer can't be reached."""
NOT_SOONER = 10
"""Seconds between two fetches, whoever asks for them."""

log = structlog.get_logger()


class Keys:
    """The keys of one issuer, for one event loop. `clock` gives seconds that only go forward."""

    def __init__(self, issuer: Issuer, clock: Callable[[], float]) -> None:
        self._issuer, self._clock = issuer, clock
        self._keys: KeySet | None = None
        self._fetched_at = self._tried_at = -inf
        self._fetching: asyncio.Task[None] | None = None

    async def known(self) -> KeySet:
        """The keys as fetched not too long ago; a fetch that is due is not waited for. Refusal (503) without any."""
        if self._age() > REFRESHED_AFTER:
            self._fetch()
        if self._age() > USABLE_FOR:
            await self._fetched()
        return self._usable()

    async def fetched_again(self) -> KeySet:
        """For a key that is not among the known ones: as they are now, if the last fetch is long enough ago."""
        self._fetch()
        await self._fetched()
        return self._usable()

    async def close(self) -> None:
        """Stop fetching, and close the connections."""
        if self._fetching:
            self._fetching.cancel()
        await self._issuer.close()

    def _age(self) -> float:
        return self._clock() - self._fetched_at

    def _usable(self) -> KeySet:
        if self._keys is None or self._age() > USABLE_FOR:
            raise no_keys(self._tried_at + NOT_SOONER - self._clock())
        return self._keys

    def _fetch(self) -> None:
        """Begin a fetch, unless one was begun not long ago: none takes so long that two would run."""
        if self._clock() - self._tried_at >= NOT_SOONER:
            self._tried_at = self._clock()
            self._fetching = asyncio.create_task(self._take_over())

    async def _fetched(self) -> None:
        """Wait for the fetch under way; whoever gives up waiting leaves it to the others."""
        if self._fetching:
            await asyncio.shield(self._fetching)

    async def _take_over(self) -> None:
        try:
            self._keys = await self._issuer.keys()
        except NoKeys as problem:
            log.warning("no keys from the token issuer", problem=str(problem))
        else:
            self._fetched_at = self._clock()
