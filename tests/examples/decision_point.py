"""A decision point that stands in for Inzage: a test says whose right stands, when it ends, and when nobody answers."""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from examples.mlp.pages import in_words

BRUSSELS = ZoneInfo("Europe/Brussels")
FORM = "https://inzage.example/aanvragen?route=form"
STEPS: list[dict[str, Any]] = [
    {
        "route": "form",
        "reason_user": {"nl": "Vul samen met de klant het formulier volledig in."},
        "url": FORM,
    },
    {
        "route": "assignment",
        "reason_user": {"nl": "Wijst VDAB u deze klant toe, dan komt het recht vanzelf."},
    },
]


class Clock:
    """Stands still at `at`, until the test sets it forward."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def in_seconds(self, seconds: float) -> datetime:
        """The moment that will come after so many seconds."""
        return self.at + timedelta(seconds=seconds)


@dataclass
class Right:
    """A right, and the first moment without it; None where no end is in sight."""

    ends_at: datetime | None = None
    status: str = "verified"


class DecisionPoint:
    """Says yes about the dossiers in `rights`. `asked` counts decisions; a test waits for the next of them."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.rights: dict[str, Right] = {}
        self.answers = True
        self.sentence = "Het inzagerecht van de organisatie op dit dossier eindigde."
        self.asked = threading.Semaphore(0)
        self.app = Starlette(
            routes=[
                Route("/access/v1/evaluation", self._one, methods=["POST"]),
                Route("/access/v1/evaluations", self._many, methods=["POST"]),
                Route("/access/v1/search/resource", self._found, methods=["POST"]),
            ]
        )

    async def _one(self, request: Request) -> Response:
        said = self._decision(await request.json())
        self.asked.release()
        return JSONResponse(said) if self.answers else PlainTextResponse("not now", 500)

    async def _many(self, request: Request) -> Response:
        body = await request.json()
        return JSONResponse({"evaluations": [self._decision(one) for one in body["evaluations"]]})

    async def _found(self, _request: Request) -> Response:
        if not self.answers:
            return PlainTextResponse("not now", 500)
        return JSONResponse({"results": [{"type": "dossier", "id": reference} for reference in self.rights]})

    def _decision(self, asked: Any) -> dict[str, Any]:
        right = self.rights.get(asked["resource"]["id"])
        if right is None or (right.ends_at is not None and self.clock() >= right.ends_at):
            said = {"reason": "right_closed", "reason_user": {"nl": self.sentence}, "next_steps": STEPS}
            return {"decision": False, "context": said}
        return {"decision": True, "context": _stands(right)}


def _stands(right: Right) -> dict[str, Any]:
    if right.ends_at is None:
        return _yes("De organisatie heeft inzagerecht op dit dossier; er is geen einde in zicht.")
    last_day = (right.ends_at - timedelta.resolution).astimezone(BRUSSELS).date()
    return {
        **_yes(f"De organisatie heeft inzagerecht op dit dossier tot en met {in_words(last_day)}."),
        "last_day": str(last_day),
        "rule_status": right.status,
        "holds_until": right.ends_at.isoformat(),
    }


def _yes(sentence: str) -> dict[str, Any]:
    return {"reason": "right_stands", "reason_user": {"nl": sentence}}
