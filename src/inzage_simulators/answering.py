"""What every simulator answers alike: a problem (RFC 9457), and a page of the list of a day."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from inzage_simulators.signing import NotSigned

PAGE = 500
OfDay = Callable[..., list[dict[str, Any]]]
"""`of_day(day, after=place, most=number)`: the rows of a day behind a place, each with its own `place`."""


class NoCursor(Exception):
    """Asked on from a place that was never named."""


def problem(status: int, said: str) -> Response:
    """A refusal."""
    body = {"type": "about:blank", "title": said, "status": status}
    return JSONResponse(body, status, media_type="application/problem+json")


async def _not_signed(_request: Request, why: Exception) -> Response:
    return problem(401, f"not signed with the secret we share: {why}")


async def _no_cursor(_request: Request, _why: Exception) -> Response:
    return problem(400, "no cursor of ours")


REFUSED: Mapping[Any, Any] = {NotSigned: _not_signed, NoCursor: _no_cursor}
"""What is answered where one of these is raised, for the application."""


def listed(request: Request, of_day: OfDay) -> dict[str, Any]:
    """A page of the list of a day, and the cursor of the next; raises NoCursor."""
    day, cursor = request.query_params.get("day", ""), request.query_params.get("cursor", "0")
    if not (cursor.isascii() and cursor.isdigit()):
        raise NoCursor
    rows = of_day(day, after=int(cursor), most=PAGE)
    following = str(rows[-1]["place"]) if len(rows) == PAGE else None
    messages = [{name: value for name, value in row.items() if name != "place"} for row in rows]
    return {"messages": messages, "next": following}
