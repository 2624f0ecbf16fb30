"""IBIS: promoters register training requests there, and we ask for what is new: the other side of its contract.yaml."""

import json
import random
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from inzage_simulators.failing import Kind, control
from inzage_simulators.ibis_page import shown
from inzage_simulators.ibis_storing import BRUSSELS, Kept
from inzage_simulators.serving import Setup
from inzage_simulators.signing import NotSigned, headers_for

LINES = "application/x-ndjson"
MOST = 500


def make(setup: Setup) -> Starlette:
    """The application, on its own storage."""
    ibis = Ibis(setup)
    routes = [
        Route("/", ibis.shown),
        Route("/", ibis.entered, methods=["POST"]),
        Route("/training-requests", ibis.listed, methods=["GET"]),
        Route("/training-requests/of-day", ibis.of_day, methods=["GET"]),
        Route("/control/training-requests", ibis.filled, methods=["POST"]),
        control(setup.failures),
    ]
    return Starlette(routes=routes, exception_handlers={NotSigned: _not_signed})


async def _not_signed(_request: Request, why: Exception) -> Response:
    body = {"type": "about:blank", "title": f"not signed with the secret we share: {why}", "status": 401}
    return JSONResponse(body, 401, media_type="application/problem+json")


class Ibis:
    """What it answers, and what it keeps."""

    def __init__(self, setup: Setup) -> None:
        self.secret, self.failures, self.kept = setup.secret, setup.failures, Kept(Path(setup.storage))

    async def listed(self, request: Request) -> Response:
        """A page of lines behind the cursor, signed; spoilt, doubled or turned round where that is asked."""
        asked = _signed_question(request, self.secret)
        after, limit = request.query_params.get("after") or "0", request.query_params.get("limit", "100")
        if not (after.isdigit() and limit.isdigit()):
            return JSONResponse({"title": "no cursor of ours", "status": 400}, 400)
        rows = self.kept.after(int(after), min(int(limit), MOST))
        place = rows[-1]["place"] if rows else int(after)
        lines = [row["body"] for row in rows]
        failing = self.failures.next((Kind.DUPLICATE, Kind.WRONG_ORDER, Kind.WRONG_SIGNATURE))
        if failing is Kind.DUPLICATE:
            lines += lines[: len(lines) // 2]
        if failing is Kind.WRONG_ORDER:
            random.Random(place).shuffle(lines)
        end = json.dumps({"next": str(place), "more": self.kept.is_behind(place)})
        body = "".join(f"{line}\n" for line in [*lines, end])
        signed = headers_for(self.secret, asked, body, wrong=failing is Kind.WRONG_SIGNATURE)
        return Response(body, media_type=LINES, headers=signed)

    async def of_day(self, request: Request) -> Response:
        """Which revisions could first be read on a day, to strike a balance."""
        asked = _signed_question(request, self.secret)
        day, cursor = request.query_params.get("day", ""), request.query_params.get("cursor", "0")
        if not cursor.isdigit():
            return JSONResponse({"title": "no cursor of ours", "status": 400}, 400)
        rows = self.kept.of_day(day, after=int(cursor), most=MOST)
        following = str(rows[-1]["place"]) if len(rows) == MOST else None
        said = [
            {**{name: row[name] for name in ("id", "revision", "served")}, "digest": _digest(row["body"])}
            for row in rows
        ]
        body = json.dumps({"messages": said, "next": following})
        return Response(body, media_type="application/json", headers=headers_for(self.secret, asked, body))

    async def filled(self, request: Request) -> Response:
        """Control: from now on these lines are there too, good or bad, just as they are sent."""
        body = (await request.body()).decode()
        return JSONResponse({"lines": self.kept.add(line for line in body.split("\n") if line)})

    async def entered(self, request: Request) -> Response:
        """The form of the page: a registration, a correction, or a withdrawal."""
        sent = parse_qs((await request.body()).decode(), keep_blank_values=True)
        given = {name: values[0] for name, values in sent.items()}
        record_id = given.pop("id", "")
        if given.pop("act", "") == "withdraw":
            self.kept.withdraw(record_id)
        elif record_id:
            self.kept.correct(record_id, _record(given))
        else:
            self.kept.register(_record(given))
        return RedirectResponse("/", 303)

    async def shown(self, _request: Request) -> Response:
        """The page."""
        return shown(self.kept.latest(), today=str(datetime.now(BRUSSELS).date()))


def _record(given: dict[str, str]) -> dict[str, Any]:
    client = ("insz", "family_name", "given_name", "nis_code")
    return {
        "registered_on": given.get("registered_on", ""),
        "client": {name: given.get(name, "") for name in client},
        "remark": given.get("remark", ""),
        "title": given.get("title", ""),
    }


def _digest(line: str) -> str:
    """Names a line that does not say which record it is."""
    return sha256(line.encode()).hexdigest()


def _signed_question(request: Request, secret: str) -> str:
    """The id of a question of which the target is signed; else NotSigned."""
    target = f"{request.url.path}?{request.url.query}"
    try:
        Webhook(secret).verify(target, dict(request.headers), json_parse=False)
    except (WebhookVerificationError, ValueError, RuntimeError) as error:
        raise NotSigned(str(error)) from None
    return request.headers["webhook-id"]
