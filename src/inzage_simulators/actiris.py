"""Actiris: hears of activities and cards as events, and knows who is enrolled: the other side of its contract.yaml."""

import json
from pathlib import Path
from typing import Any

from cloudevents.core.base import BaseCloudEvent
from cloudevents.core.bindings.http import HTTPMessage, from_http_event
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from inzage_simulators.actiris_storing import Enrolled, Kept
from inzage_simulators.answering import REFUSED, listed, problem
from inzage_simulators.failing import control
from inzage_simulators.pages import Held, page
from inzage_simulators.serving import Setup
from inzage_simulators.signing import signed_body

STRUCTURED = "application/cloudevents+json"
ATTRIBUTES = ("service", "sequence", "partitionkey")


def make(setup: Setup) -> Starlette:
    """The application, on its own storage."""
    actiris = Actiris(setup)
    routes = [
        Route("/", actiris.shown),
        Route("/messages", actiris.received, methods=["POST"]),
        Route("/messages", actiris.listed, methods=["GET"]),
        Route("/enrolments/asked", actiris.asked, methods=["POST"]),
        Route("/control/enrolments", actiris.enrol, methods=["POST"]),
        Route("/control/messages", actiris.meddle, methods=["POST"]),
        Route("/control/faults", actiris.faults, methods=["GET"]),
        Route("/control/answer", actiris.answer_with, methods=["POST"]),
        control(setup.failures),
    ]
    return Starlette(routes=routes, exception_handlers=REFUSED)


class Actiris:
    """What it answers, and what it keeps."""

    def __init__(self, setup: Setup) -> None:
        self.secret, self.kept = setup.secret, Kept(Path(setup.storage))
        self.always: dict[str, Any] | None = None

    async def received(self, request: Request) -> Response:
        """Take an event: once, however often it comes, and in the order of its stream."""
        if self.always is not None:
            return Response(status_code=self.always["status"], headers=self.always.get("headers", {}))
        body = await signed_body(request, self.secret)
        if not request.headers.get("content-type", "").lower().startswith(STRUCTURED):
            return problem(415, f"expected {STRUCTURED}")
        try:
            event = from_http_event(HTTPMessage(dict(request.headers), body))
        except Exception as error:  # whatever the library finds wrong with it
            return problem(400, f"no CloudEvent: {error}")
        if missing := [name for name in ATTRIBUTES if not event.get_extension(name)] or _missing(event):
            return problem(400, f"attributes missing: {', '.join(missing)}")
        if event.get_id() != request.headers["webhook-id"]:
            return problem(400, "webhook-id is not the id of the event")
        if self.kept.take(event, body.decode()):
            return JSONResponse({"repeated": False}, 202)
        return JSONResponse({"repeated": True})

    async def listed(self, request: Request) -> Response:
        """The events of a day (that of their `time`, in Brussels), a page at a time."""
        await signed_body(request, self.secret)
        return JSONResponse(listed(request, self.kept.of_day))

    async def asked(self, request: Request) -> Response:
        """Whether somebody is enrolled. The INSZ number travels in the body: no address holds it."""
        question = json.loads(await signed_body(request, self.secret))
        return JSONResponse(self.kept.enrolment_of(str(question.get("insz", ""))))

    async def enrol(self, request: Request) -> Response:
        """Control: from now on these made-up people are enrolled like this."""
        try:
            rows = [Enrolled(**row) for row in await request.json()]
        except TypeError as error:
            return problem(400, f"{error}; expected a list of objects with {', '.join(Enrolled._fields)}")
        self.kept.enrol(rows)
        return JSONResponse({"enrolments": len(rows)})

    async def meddle(self, request: Request) -> Response:
        """Control: lose events, or apply them once more, so that a balance has something to find."""
        given = await request.json()
        self.kept.lose(given.get("lose", []))
        self.kept.apply_again(given.get("apply_again", []))
        return JSONResponse(given)

    async def faults(self, _request: Request) -> Response:
        """Control: how many events came in a wrong place."""
        return JSONResponse({"faults": len(self.kept.faults())})

    async def answer_with(self, request: Request) -> Response:
        """Control: answer every event with this `status` and these `headers`; {} is as usual again."""
        self.always = await request.json() or None
        return JSONResponse(self.always)

    async def shown(self, _request: Request) -> Response:
        """The page."""
        return page(
            "Actiris",
            "Wat Actiris van ons vernam, en wie er ingeschreven is. Alles hier is verzonnen.",
            Held("Berichten (de laatste honderd)", self.kept.latest()),
            Held("Fouten in de volgorde", self.kept.faults()),
            Held("Inschrijvingen", self.kept.enrolments()),
        )


def _missing(event: BaseCloudEvent) -> list[str]:
    time = event.get_time()
    return [] if time and time.tzinfo else ["time"]
