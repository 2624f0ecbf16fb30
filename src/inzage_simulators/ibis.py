"""IBIS: promoters register training requests there, and we ask for what is new: the other side of its contract.yaml."""

import json
import random
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from inzage_simulators.answering import REFUSED, NoCursor, listed
from inzage_simulators.failing import Kind, control
from inzage_simulators.ibis_page import shown
from inzage_simulators.ibis_storing import BRUSSELS, Kept
from inzage_simulators.serving import Setup
from inzage_simulators.signing import headers_for, signed_question

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
    return Starlette(routes=routes, exception_handlers=REFUSED)


class Ibis:
    """What it answers, and what it keeps."""

    def __init__(self, setup: Setup) -> None:
        self.secret, self.failures, self.kept = setup.secret, setup.failures, Kept(Path(setup.storage))

    async def listed(self, request: Request) -> Response:
        """A page of lines behind the cursor, signed; spoilt, doubled or turned round where that is asked."""
        asked = signed_question(request, self.secret)
        after, limit = request.query_params.get("after") or "0", request.query_params.get("limit", "100")
        if not (after.isdigit() and limit.isdigit()):
            raise NoCursor
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
        asked = signed_question(request, self.secret)
        body = json.dumps(listed(request, self._served))
        return Response(body, media_type="application/json", headers=headers_for(self.secret, asked, body))

    def _served(self, day: str, **where: int) -> list[dict[str, Any]]:
        """The revisions of a day, each with the digest of its line in the place of the line itself."""
        rows = self.kept.of_day(day, **where)
        return [{"digest": _digest(row.pop("body")), **row} for row in rows]

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
