"""What we offer, and where (section 9): the same for everybody, and never from what a request says of our address."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from inzage.decision_api.authzen.asking import written
from inzage.decision_api.authzen.endpoint import refused, with_request_id
from inzage.decision_api.authzen.entities import Kind
from inzage.decision_api.authzen.requests import JSON, headers_of, request_id_in
from inzage.decision_api.authzen.strict_json import Unreadable

WELL_KNOWN = "/.well-known/authzen-configuration"
PATHS: Mapping[Kind, str] = {
    Kind.EVALUATION: "/access/v1/evaluation",
    Kind.EVALUATIONS: "/access/v1/evaluations",
    Kind.SUBJECTS: "/access/v1/search/subject",
    Kind.RESOURCES: "/access/v1/search/resource",
    Kind.ACTIONS: "/access/v1/search/action",
}
LOOPBACK = ("localhost", "127.0.0.1", "::1")
MAX_AGE = 3600
"""Seconds that a caller may keep it."""


def base_of(public_url: str) -> str:
    """The address that callers know us by, without a slash at its end; ValueError unless it may serve as one.

    It is https (section 9.1), but for what never leaves this machine.
    """
    parts = urlsplit(public_url)
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not secure or not parts.hostname or parts.username is not None:
        raise ValueError(
            f"{public_url!r} is no address for callers: expected https://host, perhaps with a path"
        )
    if "?" in public_url or "#" in public_url:
        raise ValueError(f"{public_url!r} is no address for callers: expected no query and no fragment")
    return public_url.rstrip("/")


def well_known_of(base: str) -> str:
    """The path under which the metadata of `base` is found: its own path stands at the end (section 9.2.1)."""
    return WELL_KNOWN + urlsplit(base).path


class Metadata:
    """Takes GET and HEAD. `more` adds members; ours are never replaced, and what has no value is left out."""

    def __init__(self, base: str, more: Mapping[str, Any]) -> None:
        ours = {"policy_decision_point": base}
        ours |= {f"{kind}_endpoint": base + path for kind, path in PATHS.items()}
        given = {name: value for name, value in more.items() if value not in (None, "", [], {})}
        self._content = written({**given, **ours})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        request_id = ""
        try:
            request_id = request_id_in(headers_of(scope))
            response = self._answer(scope["method"])
        except Unreadable as unreadable:
            response = refused(HTTPStatus.BAD_REQUEST, str(unreadable))
        await with_request_id(response, request_id)(scope, receive, send)

    def _answer(self, method: str) -> Response:
        if method not in ("GET", "HEAD"):
            return refused(HTTPStatus.METHOD_NOT_ALLOWED, f"{method}: expected GET", {"Allow": "GET, HEAD"})
        caching = {"Cache-Control": f"public, max-age={MAX_AGE}"}
        return Response(self._content, headers=caching, media_type=JSON)
