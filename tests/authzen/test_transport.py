"""HTTP around it: who comes in, in which form, how much of it is read, and what every answer carries."""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from structlog.testing import capture_logs

from inzage.decision_api.authzen.entities import Kind
from inzage.decision_api.authzen.provider import Caller, Refusal
from tests.authzen.layer import EVALUATION, FIVE, MAY_ALICE_READ, WELL_KNOWN, Layer, OpenGate

BODY = json.dumps(MAY_ALICE_READ).encode()
MIB = 1024 * 1024


class Shut(OpenGate):
    """A gate that refuses."""

    def __init__(self, refusal: Exception, *, when_charged: bool = False) -> None:
        super().__init__()
        self.refusal, self.when_charged = refusal, when_charged

    async def admit(self, headers: Mapping[str, str], kind: Kind, at: datetime) -> Caller:
        """Unless it only refuses to be charged."""
        if not self.when_charged:
            raise self.refusal
        return await super().admit(headers, kind, at)

    def charge(self, caller: Caller, kind: Kind, count: int) -> None:
        """Too many."""
        super().charge(caller, kind, count)
        raise self.refusal


UNKNOWN = Refusal(401, "a token is needed", {"WWW-Authenticate": 'Bearer realm="inzage"'})
BUSY = Refusal(429, "too many questions: ask again in 7 seconds", {"Retry-After": "7"})


@pytest.mark.parametrize("path", FIVE)
def test_who_is_not_known_is_refused_before_anything_of_the_body_is_looked_at(path: str) -> None:
    layer = Layer(gate=Shut(UNKNOWN))
    answer = layer.post(path, b"not JSON", content_type="text/plain", x_request_id="abc")
    assert (answer.status_code, answer.text) == (401, "a token is needed")
    assert answer.headers["www-authenticate"] == 'Bearer realm="inzage"'
    assert answer.headers["x-request-id"] == "abc"
    assert (layer.provider.asked, layer.ledger.given) == ([], [])


def test_who_may_not_ask_is_refused() -> None:
    layer = Layer(gate=Shut(Refusal(403, "the scope\ninzage.search is needed")))
    assert layer.refused(EVALUATION, MAY_ALICE_READ, 403) == "the scope inzage.search is needed"


@pytest.mark.parametrize("path", FIVE)
def test_who_asks_too_much_is_told_when_to_come_back_and_nothing_is_decided(path: str) -> None:
    layer = Layer(gate=Shut(BUSY, when_charged=True))
    answer = layer.post(path, MAY_ALICE_READ)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")
    assert (layer.provider.asked, layer.ledger.given) == ([], [])


def test_the_gate_is_shown_all_headers_in_lower_case_and_never_the_last_of_two() -> None:
    seen: dict[str, str] = {}

    class Looking(OpenGate):
        async def admit(self, headers: Mapping[str, str], kind: Kind, at: datetime) -> Caller:
            seen.update(headers)
            return await super().admit(headers, kind, at)

    layer = Layer(gate=Looking())
    twice = [
        ("Authorization", "Bearer a"),
        ("Authorization", "Bearer b"),
        ("Content-Type", "application/json"),
    ]
    assert layer.client.post(EVALUATION, content=BODY, headers=twice).status_code == 200
    assert seen["authorization"] == "Bearer a, Bearer b"


@pytest.mark.parametrize("refusal", [OSError("secret"), ValueError("secret")], ids=repr)
@pytest.mark.parametrize("when_charged", [False, True])
def test_a_gate_that_fails_lets_nobody_in_and_tells_nothing(refusal: Exception, when_charged: bool) -> None:
    layer = Layer(gate=Shut(refusal, when_charged=when_charged))
    with capture_logs() as lines:
        said = layer.refused(EVALUATION, MAY_ALICE_READ, 500)
    assert said == "a fault on our side: nothing was decided"
    assert [line["event"] for line in lines] == ["a request can't be answered"]


TYPES = {
    "application/json": True,
    "Application/JSON": True,
    "application/json; charset=utf-8": True,
    'application/json;charset="UTF-8"': True,
    "application/json; charset=utf8; profile=x": True,
    "application/json; charset=iso-8859-1": False,
    "application/json; charset=": False,
    "application/jsonp": False,
    "application/json, application/json": False,
    "application/problem+json": False,
    "application/x-www-form-urlencoded": False,
    "text/plain": False,
    "text/json": False,
    "json": False,
    "": False,
}


@pytest.mark.parametrize(("content_type", "taken"), TYPES.items())
def test_a_body_must_be_said_to_be_json(layer: Layer, content_type: str, taken: bool) -> None:
    if taken:
        assert layer.post(EVALUATION, BODY, content_type=content_type).json() == {"decision": True}
    else:
        assert layer.refused(EVALUATION, BODY, content_type=content_type).startswith("Content-Type: expected")


def test_a_body_without_a_type_is_refused(layer: Layer) -> None:
    answer = layer.client.post(EVALUATION, content=BODY)
    assert (answer.status_code, answer.text) == (400, "Content-Type: expected application/json")


class Pipe:
    """A body that comes in parts, and says how many of them were taken."""

    def __init__(self, *parts: bytes, left: bool = False) -> None:
        self.parts, self.left, self.taken = parts, left, 0
        self.status, self.content = 0, b""
        self.headers: dict[bytes, bytes] = {}

    async def receive(self) -> dict[str, Any]:
        """The next part."""
        self.taken += 1
        if self.left and self.taken > len(self.parts):
            return {"type": "http.disconnect"}
        more = self.left or self.taken < len(self.parts)
        return {"type": "http.request", "body": self.parts[self.taken - 1], "more_body": more}

    async def send(self, message: Any) -> None:
        """What comes back."""
        self.status = message.get("status", self.status)
        self.headers |= dict(message.get("headers", []))
        self.content += message.get("body", b"")

    def through(self, layer: Layer, **headers: str) -> "Pipe":
        """Asked as it is, past every client that would make it whole."""
        given = {"content-type": "application/json", **headers}
        scope = {
            "type": "http",
            "method": "POST",
            "path": EVALUATION,
            "query_string": b"",
            "root_path": "",
            "headers": [
                (name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in given.items()
            ],
        }
        asyncio.run(layer.app(scope, self.receive, self.send))
        return self


def test_a_body_of_a_mebibyte_is_read_and_a_byte_more_is_not(layer: Layer) -> None:
    assert layer.post(EVALUATION, BODY + b" " * (MIB - len(BODY))).json() == {"decision": True}
    said = layer.refused(EVALUATION, BODY + b" " * (MIB - len(BODY) + 1), 413)
    assert said == "the body is too large: expected at most 1048576 bytes"


@pytest.mark.parametrize("announced", [str(MIB + 1), "9" * 5000])
def test_of_a_body_that_is_announced_as_too_large_nothing_is_read(layer: Layer, announced: str) -> None:
    pipe = Pipe(BODY).through(layer, content_length=announced)
    assert (pipe.status, pipe.taken) == (413, 0)


@pytest.mark.parametrize("headers", [{}, {"content_length": "10"}, {"content_length": "ten"}])
def test_a_body_that_grows_too_large_is_read_no_further(layer: Layer, headers: dict[str, str]) -> None:
    pipe = Pipe(*[b" " * (MIB // 4)] * 100).through(layer, **headers)
    assert (pipe.status, pipe.taken) == (413, 5)


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 413)])
def test_a_body_of_unknown_size_may_be_a_mebibyte_too_and_not_a_byte_more(
    layer: Layer, more: int, status: int
) -> None:
    pipe = Pipe(BODY, b" " * (MIB - len(BODY)), b" " * more).through(layer)
    assert pipe.status == status


def test_a_body_in_parts_is_one_body(layer: Layer) -> None:
    pipe = Pipe(BODY[:7], b"", BODY[7:40], BODY[40:], b"").through(layer)
    assert (pipe.status, pipe.content) == (200, b'{"decision":true}')


def test_who_leaves_before_all_is_said_gets_no_answer_and_nothing_is_decided(layer: Layer) -> None:
    pipe = Pipe(BODY, left=True).through(layer)
    assert (pipe.status, pipe.content) == (0, b"")
    assert (layer.provider.asked, layer.ledger.given) == ([], [])


@pytest.mark.parametrize("path", FIVE)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_only_post_is_taken(layer: Layer, path: str, method: str) -> None:
    answer = layer.client.request(method, path, headers={"X-Request-ID": "abc"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.headers["x-request-id"] == "abc"
    assert layer.gate.admitted == []


IDS = ["bfe9eb29-ab87-4ca3-be83-a1d5d8305716", "a", "with spaces, and; signs=1", "~" * 1024, "é", "1 \t 2"]


@pytest.mark.parametrize("request_id", IDS)
def test_a_request_id_comes_back_as_it_came(layer: Layer, request_id: str) -> None:
    pipes = [Pipe(body).through(layer, x_request_id=request_id) for body in (BODY, b"{}")]
    assert [pipe.status for pipe in pipes] == [200, 400]
    assert [pipe.headers[b"x-request-id"].decode("latin-1") for pipe in pipes] == [request_id] * 2
    assert layer.ledger.given[0].call.request_id == request_id


def test_without_a_request_id_none_is_made_up(layer: Layer) -> None:
    answer = layer.post(EVALUATION, MAY_ALICE_READ)
    assert (answer.status_code, answer.headers.get("x-request-id")) == (200, None)
    assert layer.ledger.given[0].call.request_id == ""


@pytest.mark.parametrize("request_id", ["~" * 1025, "a\nSet-Cookie: b=c", "a\r", "a\x00", "a\x7f"])
def test_a_request_id_that_can_not_come_back_as_it_came_is_refused(layer: Layer, request_id: str) -> None:
    pipe = Pipe(BODY).through(layer, x_request_id=request_id)
    assert (pipe.status, layer.ledger.given) == (400, [])
    assert pipe.content == b"X-Request-ID: expected at most 1024 printable characters"


@pytest.mark.parametrize("body", [BODY, b"{}"])
def test_nothing_on_the_way_may_keep_an_answer(layer: Layer, body: bytes) -> None:
    assert layer.post(EVALUATION, body).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/access/v1", EVALUATION + "/", EVALUATION.upper(), WELL_KNOWN + "/x"])
def test_there_is_nothing_else(layer: Layer, path: str) -> None:
    assert layer.post(path, MAY_ALICE_READ).status_code == 404
