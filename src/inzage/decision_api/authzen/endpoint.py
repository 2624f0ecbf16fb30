"""One of the calls as an ASGI application of its own: it stands in our process as well as beside the portal."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from inzage.decision_api.authzen.asking import Asked
from inzage.decision_api.authzen.entities import Kind
from inzage.decision_api.authzen.giving import Behind, give
from inzage.decision_api.authzen.provider import Call, Caller, NotKept, Refusal
from inzage.decision_api.authzen.requests import (
    JSON,
    REQUEST_ID,
    Left,
    body_of,
    check_content_type,
    headers_of,
    request_id_in,
)
from inzage.decision_api.authzen.strict_json import Unreadable, object_in

log = structlog.get_logger()
Read = Callable[[Mapping[str, Any], Caller], Asked]
"""Reads what is asked from a body; raises Unreadable."""
NOT_NOW = "no decision can be given at this moment: ask again later, and let nobody in meanwhile"
FAULT = "a fault on our side: nothing was decided"
LONGEST_MESSAGE = 500


class Endpoint:
    """Takes POST. Every answer repeats the caller's X-Request-ID, and none may be stored on its way."""

    def __init__(self, kind: Kind, read: Read, behind: Behind) -> None:
        self._kind, self._read, self._behind = kind, read, behind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; without answer only where the caller has left."""
        headers = headers_of(scope)
        request_id = ""
        try:
            request_id = request_id_in(headers)
            response = await self._answer(scope["method"], headers, request_id, receive)
        except Left:
            return
        except Unreadable as unreadable:
            response = refused(HTTPStatus.BAD_REQUEST, str(unreadable))
        except Refusal as refusal:
            response = refused(refusal.status, refusal.message, refusal.headers)
        except NotKept:
            response = refused(HTTPStatus.SERVICE_UNAVAILABLE, NOT_NOW)
        except Exception:
            log.exception("a request can't be answered", kind=self._kind)
            response = refused(HTTPStatus.INTERNAL_SERVER_ERROR, FAULT)
        response.headers["Cache-Control"] = "no-store"
        await with_request_id(response, request_id)(scope, receive, send)

    async def _answer(
        self, method: str, headers: Mapping[str, str], request_id: str, receive: Receive
    ) -> Response:
        if method != "POST":
            raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, f"{method}: expected POST", {"Allow": "POST"})
        caller = await self._behind.gate.admit(headers, self._kind, self._behind.clock())
        check_content_type(headers)
        body = await body_of(headers, receive)
        asked = self._read(object_in(body), caller)
        call = Call(caller, self._kind, self._behind.clock(), request_id)
        return Response(await give(asked, call, body, self._behind), media_type=JSON)


def refused(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """An error: one line of text."""
    line = " ".join(message.split())[:LONGEST_MESSAGE]
    return PlainTextResponse(line, status, dict(headers or {}))


def with_request_id(response: Response, request_id: str) -> Response:
    """The same answer, with the caller's id of the request if it gave one."""
    if request_id:
        response.headers[REQUEST_ID] = request_id
    return response
