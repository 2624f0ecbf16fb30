"""Tokens: fetched once, used until shortly before they expire, fetched anew when refused, and told to nobody else."""

import asyncio
import base64
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import httpx2
import pytest

from inzage.client import VIEW, AsyncInzage, Credentials, Inzage, NoAnswer
from tests.client.asking import ANNA, CARLA, URL, Connect, answered, yes

SIGN_IN = "https://sign-in.example/realm"
SECRET = "s3cr&t with:strange/signs"
CREDENTIALS = Credentials("mlp", SECRET, token_endpoint=f"{SIGN_IN}/token", scope="inzage.decide")
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class SignIn:
    """A token endpoint and a decision point behind it, which refuses the tokens in `refused`."""

    def __init__(self, *said: httpx2.Response | dict[str, Any], refused: tuple[str, ...] = ()) -> None:
        self._said, self._refused, self.fetched, self.used = list(said), refused, 0, list[str]()
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "inzage.example":
            token = request.headers.get("authorization", "").removeprefix("Bearer ")
            self.used.append(token)
            return httpx2.Response(401) if token in self._refused else httpx2.Response(200, json=yes())
        self.requests.append(request)
        if ".well-known" in request.url.path:
            return self._metadata(request.url.path)
        self.fetched += 1
        return answered(self._said.pop(0) if self._said else a_token(f"t{self.fetched}"))

    def _metadata(self, path: str) -> httpx2.Response:
        said = {"issuer": SIGN_IN, "token_endpoint": f"{SIGN_IN}/token"}
        there = path == "/realm/.well-known/openid-configuration"
        return httpx2.Response(200, json=said) if there else httpx2.Response(404)


def a_token(text: str, **more: Any) -> dict[str, Any]:
    """What a token endpoint says."""
    return {"access_token": text, "token_type": "Bearer", "expires_in": 300, **more}


def test_without_credentials_no_token_is_asked_for_or_sent(connect: Connect) -> None:
    point = SignIn()
    assert connect(point).may(CARLA, VIEW, ANNA)
    assert (point.used, point.requests) == ([""], [])


def test_a_token_is_asked_for_as_oauth_has_it(connect: Connect) -> None:
    point = SignIn()
    credentials = Credentials(
        "mlp", SECRET, f"{SIGN_IN}/token", scope="inzage.decide", more={"audience": URL}
    )
    assert connect(point, credentials).may(CARLA, VIEW, ANNA)
    (request,) = point.requests
    sent = base64.b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
    assert sent == "mlp:s3cr%26t+with%3Astrange%2Fsigns"
    assert parse_qs(request.content.decode()) == {
        "grant_type": ["client_credentials"],
        "scope": ["inzage.decide"],
        "audience": [URL],
    }
    assert point.used == ["t1"]


def test_a_token_is_used_until_shortly_before_it_expires(connect: Connect) -> None:
    point, passed = SignIn(), [0]
    client = connect(point, CREDENTIALS, clock=lambda: START + timedelta(seconds=passed[0]))
    for passed[0] in (0, 269, 270, 271):
        client.may(CARLA, VIEW, ANNA)
    assert point.used == ["t1", "t1", "t2", "t2"]


@pytest.mark.parametrize(
    ("expires_in", "seconds", "used"),
    [(10, 4, "t1"), (10, 5, "t2"), (0, 0, "t2"), (-5, 0, "t2"), (10**30, 80_000, "t1"), (None, 10**6, "t1")],
)
def test_a_short_life_is_used_for_half_and_an_unknown_one_until_it_is_refused(
    connect: Connect, expires_in: int | None, seconds: int, used: str
) -> None:
    point, passed = SignIn(a_token("t1", expires_in=expires_in)), [0]
    client = connect(point, CREDENTIALS, clock=lambda: START + timedelta(seconds=passed[0]))
    client.may(CARLA, VIEW, ANNA)
    passed[0] = seconds
    client.may(CARLA, VIEW, ANNA)
    assert point.used == ["t1", used]


def test_a_token_that_is_refused_is_replaced_once(connect: Connect) -> None:
    point = SignIn(refused=("t1",))
    client = connect(point, CREDENTIALS)
    assert client.may(CARLA, VIEW, ANNA)
    assert client.may(CARLA, VIEW, ANNA)
    assert point.used == ["t1", "t2", "t2"]


def test_a_fresh_token_that_is_refused_too_is_no_answer(connect: Connect) -> None:
    point = SignIn(refused=("t1", "t2"))
    with pytest.raises(NoAnswer) as failed:
        connect(point, CREDENTIALS).may(CARLA, VIEW, ANNA)
    assert failed.value.status == 401
    assert point.used == ["t1", "t2"]


NEAR_MISSES: dict[str, Any] = {
    "down": httpx2.Response(500),
    "refused": httpx2.Response(401, json={"error": "invalid_client"}),
    "moved": httpx2.Response(307, headers={"location": "https://other.example/token"}),
    "no JSON": httpx2.Response(200, content=b"t1", headers={"content-type": "application/json"}),
    "no token": {"token_type": "Bearer"},
    "an empty token": a_token(""),
    "a token with a second line": a_token("t1\r\nX-Other: 1"),
    "a token of another type": a_token("t1", token_type="DPoP"),
    "a token of no type": {"access_token": "t1"},
    "a life that is no number": a_token("t1", expires_in="300"),
    "a life that is true": a_token("t1", expires_in=True),
}


@pytest.mark.parametrize("said", NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_without_a_token_nothing_is_asked_and_there_is_no_answer(connect: Connect, said: Any) -> None:
    point = SignIn(said)
    with pytest.raises(NoAnswer) as failed:
        connect(point, CREDENTIALS).may(CARLA, VIEW, ANNA)
    assert point.used == []
    assert SECRET not in repr(failed.value)
    assert len(point.requests) == 1


def test_a_token_endpoint_that_is_away_for_a_moment_is_asked_again(connect: Connect) -> None:
    point = SignIn(httpx2.Response(503), a_token("t9"))
    assert connect(point, CREDENTIALS).may(CARLA, VIEW, ANNA)
    assert point.used == ["t9"]


def test_an_issuer_says_once_where_its_tokens_are(connect: Connect) -> None:
    point = SignIn(refused=("t1",))
    assert connect(point, Credentials("mlp", SECRET, issuer=SIGN_IN)).may(CARLA, VIEW, ANNA)
    assert [request.url.path for request in point.requests] == [
        "/realm/.well-known/openid-configuration",
        "/realm/token",
        "/realm/token",
    ]


class OfRfc8414(SignIn):
    """An issuer with metadata of OAuth alone."""

    said: dict[str, Any] = {"issuer": SIGN_IN, "token_endpoint": f"{SIGN_IN}/token"}

    def _metadata(self, path: str) -> httpx2.Response:
        there = path == "/.well-known/oauth-authorization-server/realm"
        return httpx2.Response(200, json=self.said) if there else httpx2.Response(404)


def test_an_issuer_may_have_metadata_of_oauth_alone(connect: Connect) -> None:
    assert connect(OfRfc8414(), Credentials("mlp", SECRET, issuer=SIGN_IN)).may(CARLA, VIEW, ANNA)


@pytest.mark.parametrize(
    "said",
    [
        {"issuer": "https://other.example", "token_endpoint": f"{SIGN_IN}/token"},
        {"issuer": SIGN_IN + "/", "token_endpoint": f"{SIGN_IN}/token"},
        {"issuer": SIGN_IN},
        {"issuer": SIGN_IN, "token_endpoint": "http://sign-in.example/token"},
    ],
)
def test_an_issuer_that_is_another_or_has_no_safe_endpoint_gets_no_secret(
    connect: Connect, said: dict[str, str]
) -> None:
    point = OfRfc8414()
    point.said = said
    with pytest.raises(NoAnswer):
        connect(point, Credentials("mlp", SECRET, issuer=SIGN_IN)).may(CARLA, VIEW, ANNA)
    assert all("authorization" not in request.headers for request in point.requests)


def test_credentials_keep_their_secret_and_know_one_place() -> None:
    assert SECRET not in repr(CREDENTIALS)
    with pytest.raises(ValueError, match="either"):
        Credentials("mlp", SECRET)
    with pytest.raises(ValueError, match="either"):
        Credentials("mlp", SECRET, token_endpoint=SIGN_IN, issuer=SIGN_IN)
    with pytest.raises(ValueError, match="https"):
        Credentials("mlp", SECRET, token_endpoint="http://sign-in.example/token")


def test_of_threads_that_need_a_token_one_fetches_it_and_all_use_it() -> None:
    point, all_there = SignIn(), threading.Barrier(8)

    def ask(_number: int) -> bool:
        all_there.wait(timeout=30)
        return bool(client.may(CARLA, VIEW, ANNA, within=30))

    with (
        Inzage(URL, CREDENTIALS, transport=httpx2.MockTransport(point)) as client,
        ThreadPoolExecutor(8) as threads,
    ):
        assert all(threads.map(ask, range(8)))
    assert (point.fetched, set(point.used)) == (1, {"t1"})


def test_of_tasks_that_need_a_token_one_fetches_it_and_all_use_it() -> None:
    point = SignIn()

    async def slowly(request: httpx2.Request) -> httpx2.Response:
        await asyncio.sleep(0)
        return point(request)

    async def ask() -> list[bool]:
        async with AsyncInzage(URL, CREDENTIALS, transport=httpx2.MockTransport(slowly)) as client:
            return await asyncio.gather(*(client.allowed(CARLA, VIEW, ANNA) for _ in range(8)))

    assert asyncio.run(ask()) == [True] * 8
    assert (point.fetched, set(point.used)) == (1, {"t1"})


def test_of_threads_whose_token_is_refused_one_fetches_the_next() -> None:
    point, all_there = SignIn(refused=("t1",)), threading.Barrier(4)

    def ask(_number: int) -> bool:
        all_there.wait(timeout=30)
        return bool(client.may(CARLA, VIEW, ANNA, within=30))

    with (
        Inzage(URL, CREDENTIALS, transport=httpx2.MockTransport(point)) as client,
        ThreadPoolExecutor(4) as threads,
    ):
        assert all(threads.map(ask, range(4)))
    assert point.fetched == 2


def test_who_can_not_wait_for_a_token_that_another_fetches_has_no_answer() -> None:
    point, fetching, goes_on = SignIn(), threading.Event(), threading.Event()

    def held(request: httpx2.Request) -> httpx2.Response:
        if request.url.host != "inzage.example":
            fetching.set()
            assert goes_on.wait(timeout=30)
        return point(request)

    with (
        Inzage(URL, CREDENTIALS, transport=httpx2.MockTransport(held)) as client,
        ThreadPoolExecutor(1) as threads,
    ):
        first = threads.submit(client.may, CARLA, VIEW, ANNA, within=30)
        assert fetching.wait(timeout=30)
        with pytest.raises(NoAnswer, match="no token in time"):
            client.may(CARLA, VIEW, ANNA, within=0.05)
        goes_on.set()
        assert first.result(timeout=30)


def test_a_task_that_can_not_wait_for_a_token_has_no_answer_and_leaves_the_others_theirs() -> None:
    point = SignIn()

    async def ask() -> tuple[bool, bool]:
        goes_on = asyncio.Event()

        async def held(request: httpx2.Request) -> httpx2.Response:
            if request.url.host != "inzage.example":
                await goes_on.wait()
            return point(request)

        async with AsyncInzage(URL, CREDENTIALS, transport=httpx2.MockTransport(held)) as client:
            first = asyncio.create_task(client.allowed(CARLA, VIEW, ANNA, within=30))
            await asyncio.sleep(0)
            hurried = await client.allowed(CARLA, VIEW, ANNA, within=0.05)
            goes_on.set()
            return await first, hurried

    assert asyncio.run(ask()) == (True, False)
