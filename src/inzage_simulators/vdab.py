"""VDAB tells of assignments, consents, activities, moves and deaths, as signed events (adapters/vdab/contract.yaml)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from inzage_simulators.answering import REFUSED, listed
from inzage_simulators.failing import control
from inzage_simulators.pages import Form, Held, page
from inzage_simulators.serving import Setup
from inzage_simulators.signing import signed_body
from inzage_simulators.vdab_history import EVENTS_EACH, make_up
from inzage_simulators.vdab_pushing import Pusher
from inzage_simulators.vdab_storing import BRUSSELS, Kept

LABELS = {
    "client_number": "Klantnummer",
    "insz": "INSZ",
    "given_name": "Voornaam",
    "family_name": "Naam",
    "nis_code": "NIS-code van de gemeente",
    "oe_number": "OE-nummer van de partner",
    "service": "Service",
    "assigned_on": "Vanaf",
}


def make(setup: Setup) -> Starlette:
    """The application, on its own storage; it pushes for as long as it runs, where it was told to whom."""
    vdab = Vdab(setup)

    @asynccontextmanager
    async def pushing(_app: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(vdab.pusher.push()) if setup.to else None
        yield
        if task:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    routes = [
        Route("/", vdab.shown, methods=["GET"]),
        Route("/", vdab.assign, methods=["POST"]),
        Route("/events", vdab.events, methods=["GET"]),
        Route("/control/tell", vdab.tell, methods=["POST"]),
        Route("/control/history", vdab.make_up, methods=["POST"]),
        Route("/control/counted", vdab.counted, methods=["GET"]),
        control(setup.failures),
    ]
    return Starlette(routes=routes, lifespan=pushing, exception_handlers=REFUSED)


class Vdab:
    """What it answers, and what it keeps."""

    def __init__(self, setup: Setup) -> None:
        self.secret, self.kept = setup.secret, Kept(Path(setup.storage))
        self.pusher = Pusher(self.kept, setup.failures, setup.secret, setup.to)

    async def events(self, request: Request) -> Response:
        """The events of a day, a page at a time, to strike a balance."""
        await signed_body(request, self.secret)
        return JSONResponse(listed(request, self.kept.of_day))

    async def tell(self, request: Request) -> Response:
        """Control: something happened to each of these: `[{"kind": "activities.changed", "data": {...}}, ...]`."""
        ids = [self.kept.tell(each["kind"], each["data"]) for each in await request.json()]
        return JSONResponse({"ids": ids})

    async def make_up(self, request: Request) -> Response:
        """Control: a made-up history happens to so many clients, from a number on, at two units under a service."""
        given = await request.json()
        numbers = range(given.get("first", 1), given.get("first", 1) + given["clients"])
        make_up(self.kept, numbers, given["units"], given["service"], datetime.now(BRUSSELS).date())
        return JSONResponse({"events": len(numbers) * EVENTS_EACH})

    async def counted(self, _request: Request) -> Response:
        """Control: how far it is."""
        return JSONResponse(self.kept.counted())

    async def assign(self, request: Request) -> Response:
        """Assign somebody by hand, from the page."""
        form = parse_qs((await request.body()).decode())
        given = {name: form.get(name, [""])[0].strip() for name in LABELS}
        who = {name: given.pop(name) for name in ("insz", "given_name", "family_name", "nis_code")}
        number = f"{given['client_number']}-{given['oe_number']}-{given['assigned_on']}"
        self.kept.tell("assignments.assigned", {**given, "assignment_id": number, "client": who})
        return RedirectResponse("/", 303)

    async def shown(self, _request: Request) -> Response:
        """The page."""
        return page(
            "VDAB",
            "Wat VDAB bijhoudt en aan Inzage doorgeeft. Alles hier is verzonnen.",
            Form(
                "Iemand toewijzen",
                LABELS,
                {"service": "TIBB4", "assigned_on": str(datetime.now(BRUSSELS).date())},
            ),
            Held("Stand (wat het laatst veranderde)", self.kept.things()),
            Held("Berichten (de laatste honderd)", self.kept.latest()),
        )
