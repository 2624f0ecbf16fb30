"""From what is asked to the answer that may be given: judged, put on record, and still true when it leaves."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import structlog

from inzage.decision_api.authzen.asking import Answer, Asked
from inzage.decision_api.authzen.provider import Call, Gate, Given, Ledger, NotKept, Provider

log = structlog.get_logger()
TRIES = 3
"""How often an answer is judged at most; a second time is rare, a third says that something is wrong."""


PATIENCE = 5.0
"""Seconds within which an answer is on record, or none is given: so old at most is what it says."""


class Behind(NamedTuple):
    """What the layer stands on. `clock` gives the moment, aware."""

    provider: Provider
    ledger: Ledger
    gate: Gate
    clock: Callable[[], datetime]


async def give(asked: Asked, call: Call, body: bytes, behind: Behind) -> bytes:
    """The answer as JSON, on record; Refusal where the caller asks too much, NotKept where there is none to give."""
    behind.gate.charge(call.caller, call.kind, asked.size)
    try:
        async with asyncio.timeout(PATIENCE):
            answer = await _on_record(asked, call, body, behind)
    except NotKept as error:
        log.error("an answer is not given", kind=call.kind, why=str(error))
        raise
    except TimeoutError as error:
        log.error(
            "an answer is not given", kind=call.kind, why=f"it was not there within {PATIENCE:g} seconds"
        )
        raise NotKept("too late") from error
    except Exception as error:  # whatever goes wrong behind us, it is never a yes
        log.exception("an answer can't be given", kind=call.kind)
        raise NotKept(type(error).__name__) from error
    if denials := answer.denials:
        behind.gate.denied(call.caller, denials)
    return answer.content


async def _on_record(asked: Asked, call: Call, body: bytes, behind: Behind) -> Answer:
    """An answer that is on record and holds; where a yes in it ended meanwhile, all is judged and kept once more."""
    for _ in range(TRIES):
        answer = await asked.judged(behind.provider, call)
        await behind.ledger.keep(Given(call, body, answer.answered, answer.found))
        now = behind.clock()
        if answer.holds(now):
            return answer
        call = call._replace(at=now)
    raise NotKept(f"judged {TRIES} times, and each time a yes in it had ended")
