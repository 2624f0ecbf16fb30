"""A request as it comes over HTTP: its headers, and no more of its body than is read."""

import re
from collections.abc import Mapping
from email.message import Message

from starlette.types import Receive, Scope

from inzage.decision_api.authzen.provider import Refusal
from inzage.decision_api.authzen.strict_json import Unreadable

LARGEST_BODY = 1024 * 1024
"""Bytes of a body that are read at most."""
JSON = "application/json"
REQUEST_ID = "x-request-id"
LONGEST_REQUEST_ID = 1024
PRINTABLE = re.compile(r"[\t -~\x80-\xff]*")
"""What may stand in a header (RFC 9110, section 5.5)."""


class Left(Exception):
    """The caller went away before it had asked."""


def headers_of(scope: Scope) -> Mapping[str, str]:
    """The headers, names in lower case; what is given more than once stands together, as RFC 9110 has it."""
    found: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def request_id_in(headers: Mapping[str, str]) -> str:
    """The caller's id of the request, empty where it gives none; Unreadable where it can't be given back as it is."""
    given = headers.get(REQUEST_ID, "")
    if len(given) > LONGEST_REQUEST_ID or not PRINTABLE.fullmatch(given):
        raise Unreadable(f"X-Request-ID: expected at most {LONGEST_REQUEST_ID} printable characters")
    return given


def check_content_type(headers: Mapping[str, str]) -> None:
    """Unreadable unless the body is said to be JSON, in the one encoding that JSON has."""
    given = headers.get("content-type", "")
    if given == JSON:
        return
    message = Message()
    message["content-type"] = given
    if not given or message.get_content_type() != JSON:
        raise Unreadable(f"Content-Type: expected {JSON}")
    if message.get_content_charset("utf-8") not in ("utf-8", "utf8"):
        raise Unreadable("Content-Type: expected no other charset than utf-8")


async def body_of(headers: Mapping[str, str], receive: Receive) -> bytes:
    """The whole body; Refusal (413) as soon as it is known to be too large."""
    announced = headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > LARGEST_BODY:
        raise _too_large()
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Left
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            raise _too_large()
        if not message.get("more_body", False):
            return bytes(body)


def _too_large() -> Refusal:
    return Refusal(413, f"the body is too large: expected at most {LARGEST_BODY} bytes")
