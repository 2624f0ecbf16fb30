"""Over real connections: slow ones, broken ones, ones without end, and nobody at the other end."""

import asyncio
import itertools
import json
import socket
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from inzage.client import VIEW, Credentials, NoAnswer, sending
from tests.adapters.lines import dripping, listening
from tests.client.asking import ANNA, CARLA, Connect, yes
from tests.loopback import served

BODY = json.dumps(yes()).encode()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n" % len(BODY)
WHOLE = HEAD + b"\r\n" + BODY
SOON = 0.3
"""Seconds that the caller waits."""
LATE = 3.0
"""Seconds after which the answer is a whole one, and a yes; who still waits then waits too long."""


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address where nobody listens."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


def test_a_decision_point_with_a_token_endpoint_answers(connect: Connect) -> None:
    async def token(_request: Request) -> Response:
        return JSONResponse({"access_token": "t1", "token_type": "bearer", "expires_in": 60})

    async def evaluation(request: Request) -> Response:
        allowed = request.headers.get("authorization") == "Bearer t1"
        same = {"x-request-id": request.headers["x-request-id"]}
        return JSONResponse(yes(), headers=same) if allowed else Response(status_code=401)

    routes = [
        Route("/token", token, methods=["POST"]),
        Route("/access/v1/evaluation", evaluation, methods=["POST"]),
    ]
    with served(Starlette(routes=routes)) as url:
        credentials = Credentials("mlp", "secret", token_endpoint=f"{url}/token")
        assert connect(None, credentials, url=url).may(CARLA, VIEW, ANNA)
        with pytest.raises(NoAnswer) as refused:
            connect(url=url).may(CARLA, VIEW, ANNA)
    assert refused.value.status == 401


def test_nobody_there_is_no_answer(connect: Connect, nobody: str) -> None:
    client = connect(url=nobody)
    with pytest.raises(NoAnswer, match="ConnectError"):
        client.may(CARLA, VIEW, ANNA)
    assert client.allowed(CARLA, VIEW, ANNA) is False


def test_nobody_at_the_token_endpoint_is_no_answer(connect: Connect, nobody: str) -> None:
    with listening(lambda _asked: WHOLE) as (url, asked):
        credentials = Credentials("mlp", "secret", token_endpoint=f"{nobody}/token")
        client = connect(None, credentials, url=url)
        with pytest.raises(NoAnswer, match="ConnectError"):
            client.may(CARLA, VIEW, ANNA)
    assert asked == []


def test_a_server_that_answers_late_is_no_answer(connect: Connect) -> None:
    asked = []

    async def late(request: Request) -> Response:
        asked.append(await request.body())
        await asyncio.sleep(LATE)
        return JSONResponse(yes())

    with served(Starlette(routes=[Route("/access/v1/evaluation", late, methods=["POST"])])) as url:
        with pytest.raises(NoAnswer, match="in time"):
            connect(url=url, within=SOON).may(CARLA, VIEW, ANNA)
        assert connect(url=url).allowed(CARLA, VIEW, ANNA, within=SOON) is False
    assert len(asked) == 2, "each was asked once"


@pytest.mark.parametrize(
    ("first", "end"),
    [
        (HEAD + b"X-Slow: ", b"\r\n\r\n" + BODY),
        (
            HEAD.replace(b"Content-Length: %d" % len(BODY), b"Connection: close") + b'\r\n{"x": "',
            b'", ' + BODY[1:],
        ),
    ],
    ids=["headers", "body"],
)
def test_an_answer_that_comes_byte_by_byte_is_not_waited_for(
    connect: Connect, first: bytes, end: bytes
) -> None:
    came_to_its_end = []

    def slowly(_asked: str) -> Iterator[bytes]:
        yield from dripping(first, LATE, end)
        came_to_its_end.append(True)

    with listening(slowly) as (url, asked):
        with pytest.raises(NoAnswer, match="in time"):
            connect(url=url, within=SOON).may(CARLA, VIEW, ANNA)
        assert len(asked) == 1
    assert came_to_its_end == [], "who asked has left by then"


def test_an_answer_that_comes_byte_by_byte_in_time_is_an_answer(connect: Connect) -> None:
    with listening(lambda _asked: dripping(HEAD + b"X-Slow: ", 0.1, b"\r\n\r\n" + BODY)) as (url, _asked):
        assert connect(url=url, within=30).may(CARLA, VIEW, ANNA)


def test_an_answer_without_end_is_not_read_to_the_end(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "ANSWER_BYTES", len(BODY) - 1)
    with listening(lambda _asked: WHOLE) as (url, _asked), pytest.raises(NoAnswer, match="TooMuch"):
        connect(url=url).may(CARLA, VIEW, ANNA)
    monkeypatch.setattr(sending, "ANSWER_BYTES", len(BODY))
    with listening(lambda _asked: WHOLE) as (url, _asked):
        assert connect(url=url).may(CARLA, VIEW, ANNA)


@pytest.mark.parametrize("broken", [b"", b"HTTP/1.1 200", WHOLE[:-1], b"SSH-2.0-other\r\n"])
def test_a_connection_that_breaks_is_tried_again(connect: Connect, broken: bytes) -> None:
    said = itertools.chain([broken], itertools.repeat(WHOLE))
    with listening(lambda _asked: next(said)) as (url, asked):
        assert connect(url=url).may(CARLA, VIEW, ANNA)
        assert len(asked) == 2
        first, second = (
            sorted(line for line in one.splitlines() if "request-id" in line.lower()) for one in asked
        )
        assert first == second != []


@pytest.mark.parametrize("broken", [b"", WHOLE[:-1]])
def test_a_connection_that_breaks_each_time_is_no_answer(connect: Connect, broken: bytes) -> None:
    with listening(lambda _asked: broken) as (url, _asked), pytest.raises(NoAnswer, match="no whole answer"):
        connect(url=url).may(CARLA, VIEW, ANNA)


def test_a_connection_that_was_closed_since_the_last_question_is_opened_anew(connect: Connect) -> None:
    with listening(lambda _asked: WHOLE) as (url, _asked):
        client = connect(url=url)
        assert client.may(CARLA, VIEW, ANNA)
        assert client.may(CARLA, VIEW, ANNA)
