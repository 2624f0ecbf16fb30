"""VDAB pushes its events until each is acknowledged; on demand it doubles, disorders, spoils and cuts them."""

import asyncio
import json
import random
import time
from contextlib import suppress

import httpx2

from inzage_simulators.failing import Failures, Kind
from inzage_simulators.signing import headers_for
from inzage_simulators.vdab_storing import Due, Kept

ENDPOINT = "/in/vdab/events"
CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8"
AT_ONCE = 4
PAUSE = 0.05
FIRST, LONGEST = 0.1, 5.0
"""Seconds before a second try, and at most."""
GIVE_UP = (400, 405, 409, 411, 413, 415)
"""Answers after which sending the same again won't help."""
WHEN_PUSHING = (Kind.DUPLICATE, Kind.WRONG_ORDER, Kind.WRONG_SIGNATURE, Kind.CUT_OFF, Kind.BAD)
BAD = (
    ("assignments.assigned", {"assignment_id": "bad", "service": "NIET-BEKEND"}),
    ("assignments.assigned", {"assignment_id": "bad", "assigned_on": "morgen"}),
    ("consents.recorded", {"consent_id": "bad", "purpose": "nieuwsgierigheid", "completed_on": "2025-01-01"}),
    ("activities.registered", {"activity_id": "bad", "kind": "training"}),
    ("clients.moved", {"nis_code": "Brussel", "lives_from": "2025-01-01"}),
)
"""What is told beside a good event, signed as it should be: nobody can carry it out."""


class Pusher:
    """Sends what is due, several at once, to one address."""

    def __init__(self, kept: Kept, failures: Failures, secret: str, to: str) -> None:
        self.kept, self.failures, self.secret, self.to = kept, failures, secret, to.rstrip("/") + ENDPOINT

    async def push(self) -> None:
        """Go on until cancelled."""
        limits = httpx2.Limits(max_connections=AT_ONCE)
        async with httpx2.AsyncClient(
            timeout=30, follow_redirects=False, trust_env=False, limits=limits
        ) as client:
            while True:
                due = self.kept.due(time.time(), AT_ONCE)
                await asyncio.gather(*(self._push_one(client, each) for each in due))
                if not due:
                    await asyncio.sleep(PAUSE)

    async def _push_one(self, client: httpx2.AsyncClient, due: Due) -> None:
        kind = self.failures.next(WHEN_PUSHING) if due.sent == 0 else None
        match kind:
            case Kind.WRONG_ORDER:
                self.kept.put_off(due, time.time() + random.uniform(0.2, 2))
                return
            case Kind.WRONG_SIGNATURE:
                await self._send(client, due, due.body, wrong=True)
                return
            case Kind.CUT_OFF:
                await self._send(client, due, due.body[: len(due.body) // 2], signed=due.body)
                return
            case Kind.BAD:
                self._tell_bad(due)
            case Kind.DUPLICATE:
                self.kept.double(due)
                with suppress(httpx2.HTTPError):  # beside the one that counts
                    await self._post(client, due.body, due.id)
        await self._send(client, due, due.body)

    def _tell_bad(self, due: Due) -> None:
        client = json.loads(due.body)["data"]["client_number"]
        kind, data = random.choice(BAD)
        self.kept.tell(kind, {"client_number": client, **data}, bad=True)

    async def _send(
        self, client: httpx2.AsyncClient, due: Due, body: str, *, signed: str = "", wrong: bool = False
    ) -> None:
        wait = min(LONGEST, FIRST * 2**due.sent) * random.uniform(0.5, 1)
        try:
            response = await self._post(client, body, due.id, signed=signed, wrong=wrong)
        except httpx2.HTTPError as error:
            answer, status = type(error).__name__, 0
        else:
            answer, status = str(response.status_code), response.status_code
            wait = max(wait, float(response.headers.get("retry-after", 0)))
        self.kept.answered(
            due,
            answer,
            taken=200 <= status < 300,
            given_up=status in GIVE_UP,
            again_at=time.time() + wait,
        )

    async def _post(
        self, client: httpx2.AsyncClient, body: str, event_id: str, *, signed: str = "", wrong: bool = False
    ) -> httpx2.Response:
        headers = headers_for(self.secret, event_id, signed or body, wrong=wrong)
        return await client.post(
            self.to, content=body.encode(), headers={**headers, "Content-Type": CONTENT_TYPE}
        )
