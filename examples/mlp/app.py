"""Two pages, and beside the second a question it asks of itself: may I still be open?"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from examples.mlp.made_up import made_up
from examples.mlp.pages import NEVER_KEPT, filled_in, page
from inzage.client import VIEW, Answer, AsyncInzage, Dossier, NoAnswer, Subject

MOST = 50
"""Dossiers on the list."""
LOOKS_AGAIN = 15
"""Seconds after which a page without JavaScript asks for itself again."""
STATIC = Path(__file__).with_name("static")
Clock = Callable[[], datetime]


def now() -> datetime:
    """By the clock of this machine."""
    return datetime.now(UTC)


class Mlp:
    """The pages for one person, who in a real application comes from the sign-in of the session."""

    def __init__(self, inzage: AsyncInzage, person: Subject, clock: Clock = now) -> None:
        self._inzage, self._person, self._clock = inzage, person, clock

    async def dossiers(self, _request: Request) -> Response:
        """My dossiers: those that a search finds, and of which Inzage says, asked about each, that they may be seen."""
        found = list[Dossier]()
        async for dossier in self._inzage.dossiers(self._person, VIEW):
            found.append(dossier)
            if len(found) == MOST:
                break
        answers = await self._inzage.may_all((self._person, VIEW, dossier) for dossier in found)
        mine = [(made_up(dossier.reference), answer) for dossier, answer in zip(found, answers) if answer]
        return page("dossiers.html", mine=mine, person=self._person, full=len(found) == MOST)

    async def dossier(self, request: Request) -> Response:
        """One dossier, or why not and what can be done about it."""
        answer = await self._may_view(request)
        if not answer:
            return page(
                "closed.html", HTTPStatus.FORBIDDEN, answer=answer, was_open=False, person=self._person
            )
        left = self._seconds_left(answer)
        again = LOOKS_AGAIN if left is None else max(1, min(LOOKS_AGAIN, int(left)))
        shown = made_up(_reference(request))
        return page("dossier.html", dossier=shown, answer=answer, left=left, again=again, person=self._person)

    async def still_open(self, request: Request) -> Response:
        """May the open page stay open, and for how many seconds (null: no end in sight)? Else what to show instead."""
        try:
            said = self._about_open_page(await self._may_view(request))
        except NoAnswer:
            said = {"open": False, "instead": filled_in("no_answer_part.html")}
        return JSONResponse(said, headers=NEVER_KEPT)

    async def no_answer(self, _request: Request, _error: Exception) -> Response:
        """The page in the place of one of which Inzage doesn't say whether it may be shown."""
        return page("no_answer.html", HTTPStatus.SERVICE_UNAVAILABLE, person=self._person)

    def _about_open_page(self, answer: Answer) -> dict[str, Any]:
        if answer:
            return {"open": True, "seconds": self._seconds_left(answer)}
        return {"open": False, "instead": filled_in("closed_part.html", answer=answer, was_open=True)}

    async def _may_view(self, request: Request) -> Answer:
        return await self._inzage.may(self._person, VIEW, Dossier(_reference(request)))

    def _seconds_left(self, answer: Answer) -> float | None:
        if answer.holds_until is None:
            return None
        return max(0, (answer.holds_until - self._clock()).total_seconds())


def application(inzage: AsyncInzage, person: Subject, clock: Clock = now) -> Starlette:
    """The application; it closes the client when it ends."""
    mlp = Mlp(inzage, person, clock)

    @asynccontextmanager
    async def until_the_end(_app: Starlette) -> AsyncIterator[None]:
        async with inzage:
            yield

    return Starlette(
        routes=[
            Route("/", mlp.dossiers),
            Route("/dossiers/{reference:uuid}", mlp.dossier, name="dossier"),
            Route("/dossiers/{reference:uuid}/still-open", mlp.still_open, name="still-open"),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        exception_handlers={NoAnswer: mlp.no_answer},
        lifespan=until_the_end,
    )


def _reference(request: Request) -> str:
    return str(request.path_params["reference"])
