"""A small front before Cerbos, as one would write it: check the token, fetch the right, ask the server, answer.

A process of its own, under uvicorn with uvloop and httptools. Same request and same yes or no as our evaluation.
"""

import json
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

BRUSSELS = ZoneInfo("Europe/Brussels")
CONNECTIONS = 16
RIGHT = """
SELECT last_day FROM view_rights_viewright
WHERE dossier_id = (SELECT id FROM dossiers_dossier WHERE reference = %s)
  AND unit_id = (
    SELECT unit.id FROM partners_unit unit
    JOIN partners_membership member ON member.unit_id = unit.id
    JOIN partners_person person ON person.id = member.person_id
    WHERE unit.oe_number = %s AND person.subject = %s AND person.is_active)
  AND granted_on <= %s AND (closed_on IS NULL OR closed_on > %s) AND (last_day IS NULL OR last_day >= %s)
ORDER BY id LIMIT 1"""


class Callers:
    """Whose token is believed; one that was verified is remembered by its hash until it ends."""

    def __init__(self, keys: str, issuer: str, audience: str) -> None:
        self._keys = KeySet.import_key_set(json.loads(keys))
        self._claims = jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
        )
        self._ends: dict[bytes, float] = {}

    def believed(self, authorization: str) -> bool:
        """Whether this header lets in."""
        token = authorization.removeprefix("Bearer ")
        digest = sha256(token.encode()).digest()
        if digest not in self._ends:
            try:
                read = jwt.decode(token, self._keys, algorithms=["ES256"])
                self._claims.validate(read.claims)
            except (JoseError, ValueError):
                return False
            self._ends[digest] = read.claims["exp"]
        return time.time() < self._ends[digest]


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """The connections, kept open."""
    settings = os.environ
    app.state.callers = Callers(settings["FRONT_KEYS"], settings["FRONT_ISSUER"], settings["FRONT_AUDIENCE"])
    app.state.cerbos = f"{settings['FRONT_CERBOS']}/api/check/resources"
    pool = AsyncConnectionPool(
        settings["FRONT_DATABASE"],
        min_size=CONNECTIONS,
        max_size=CONNECTIONS,
        open=False,
        kwargs={"autocommit": True},
    )
    async with pool, aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        app.state.pool, app.state.session = pool, session
        yield


async def evaluation(request: Request) -> Response:
    """May this person, for its unit, view this dossier today?"""
    if not request.app.state.callers.believed(request.headers.get("authorization", "")):
        return Response(status_code=401)
    asked, today = await request.json(), datetime.now(BRUSSELS).date()
    last_day = await _last_day(request.app, asked, today)
    check = checked(asked, last_day, today)
    async with request.app.state.session.post(request.app.state.cerbos, json=check) as answer:
        told = await answer.json()
    return JSONResponse({"decision": allowed(told)})


async def _last_day(app: Starlette, asked: dict[str, Any], today: date) -> date | None:
    """Of the right that stands, `date.max` where it has none; None without a right."""
    subject = asked["subject"]
    values = (asked["resource"]["id"], subject["properties"]["unit"], subject["id"], today, today, today)
    async with app.state.pool.connection() as database:
        row = await (await database.execute(RIGHT, values, prepare=True)).fetchone()
    return (row[0] or date.max) if row else None


def checked(asked: dict[str, Any], last_day: date | None, today: date) -> dict[str, Any]:
    """What the Cerbos server is asked, with the facts of one row."""
    facts = {
        "granted": last_day is not None,
        "last_day": (last_day or date.min).toordinal(),
        "today": today.toordinal(),
    }
    resource = {"kind": "dossier", "id": asked["resource"]["id"], "attr": facts}
    return {
        "principal": {"id": asked["subject"]["id"], "roles": ["partner-user"]},
        "resources": [{"actions": ["view"], "resource": resource}],
    }


def allowed(told: dict[str, Any]) -> bool:
    """What the Cerbos server answered to it."""
    return bool(told["results"][0]["actions"]["view"] == "EFFECT_ALLOW")


app = Starlette(routes=[Route("/access/v1/evaluation", evaluation, methods=["POST"])], lifespan=lifespan)
