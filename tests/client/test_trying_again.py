"""The same question is asked again only where that is allowed, and never for longer than the caller waits."""

from collections.abc import Sequence
from datetime import UTC, datetime

import httpx2
import pytest

from inzage.client import VIEW, NoAnswer
from inzage.client.exchanging import FIRST, TRIES, Lost, Received, Request, Send, Wait, exchange
from tests.client.asking import ANNA, CARLA, Connect, Point, yes

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ASKED = Request("POST", "https://inzage.example/x", {"X-Request-ID": "one"}, b"{}")
FINE = Received(200, {}, b"{}", AT, 5)


def came(status: int, *, left: float = 5, **headers: str) -> Received:
    """An answer with that status, and with so many seconds left."""
    return Received(status, {name.replace("_", "-"): value for name, value in headers.items()}, b"", AT, left)


def lost(*, again: bool, left: float = 5) -> Lost:
    """No answer."""
    return Lost("no whole answer", again, left)


def tried(outcomes: Sequence[Received | Lost], chance: float = 1.0) -> tuple[list[float], int | str]:
    """The pauses before each next try, and the status in the end, or why there is none."""
    steps, pauses, rest = exchange(ASKED, lambda: chance), list[float](), list(outcomes)
    step = next(steps)
    while True:
        assert step == Send(ASKED), "it is the same each time, its id too"
        try:
            step = steps.send(rest.pop(0))
        except StopIteration as end:
            assert rest == []
            return pauses, end.value.status
        except NoAnswer as failed:
            assert rest == []
            return pauses, str(failed)
        assert isinstance(step, Wait)
        pauses.append(step.seconds)
        step = next(steps)


def test_an_answer_at_once_is_not_asked_for_again() -> None:
    assert tried([FINE]) == ([], 200)


@pytest.mark.parametrize("status", [502, 503, 504])
def test_what_stands_between_is_asked_again(status: int) -> None:
    assert tried([came(status), FINE]) == ([FIRST], 200)


@pytest.mark.parametrize("status", [307, 400, 401, 403, 408, 413, 425, 500, 501, 505])
def test_a_refusal_is_not_asked_again(status: int) -> None:
    assert tried([came(status)]) == ([], status)


def test_a_connection_that_fails_is_tried_again_and_slowness_is_not() -> None:
    assert tried([lost(again=True), FINE]) == ([FIRST], 200)
    assert tried([lost(again=False)]) == ([], "no whole answer")


def test_pauses_double_and_are_left_to_chance() -> None:
    failing = [lost(again=True)] * (TRIES - 1)
    assert tried([*failing, FINE]) == ([FIRST, 2 * FIRST, 4 * FIRST], 200)
    assert tried([*failing, FINE], chance=0.5) == ([FIRST / 2, FIRST, 2 * FIRST], 200)
    assert tried([*failing, FINE], chance=0) == ([0, 0, 0], 200)


def test_after_the_last_try_that_is_the_answer() -> None:
    assert tried([came(503)] * TRIES)[1] == 503
    assert tried([lost(again=True)] * TRIES)[1] == "no whole answer"


@pytest.mark.parametrize(("left", "waits"), [(FIRST + 0.01, True), (FIRST, False), (0, False)])
def test_a_pause_that_does_not_fit_in_the_time_left_is_not_begun(left: float, waits: bool) -> None:
    outcomes = [came(503, left=left), FINE] if waits else [came(503, left=left)]
    assert tried(outcomes) == (([FIRST], 200) if waits else ([], 503))


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("said", ["2", "Mon, 02 Mar 2026 09:00:02 GMT"])
def test_asked_to_wait_it_waits_that_long(status: int, said: str) -> None:
    assert tried([came(status, retry_after=said), FINE], chance=0) == ([2], 200)
    assert tried([came(status, retry_after=said), FINE]) == ([2 + FIRST], 200)


@pytest.mark.parametrize("said", ["60", "Mon, 02 Mar 2026 09:01:00 GMT", "9" * 400])
def test_asked_to_wait_for_longer_than_there_is_time_it_gives_up_at_once(said: str) -> None:
    assert tried([came(429, retry_after=said)]) == ([], 429)


@pytest.mark.parametrize("said", ["", "soon", "-1", "1.5", "²"])
def test_too_many_without_a_wait_that_can_be_read_is_not_asked_again(said: str) -> None:
    assert tried([came(429, retry_after=said)]) == ([], 429)
    assert tried([came(429)]) == ([], 429)


def test_a_moment_to_wait_for_that_is_past_is_now() -> None:
    past = "Mon, 02 Mar 2026 08:59:00 GMT"
    assert tried([came(429, retry_after=past), FINE], chance=0) == ([0], 200)


def test_the_request_keeps_its_id_from_try_to_try(connect: Connect) -> None:
    point = Point(httpx2.Response(503), httpx2.ConnectError("nobody"), httpx2.ReadError("broken"), yes())
    assert connect(point).may(CARLA, VIEW, ANNA)
    assert len(point.requests) == 4
    assert len({request.headers["x-request-id"] for request in point.requests}) == 1
    assert len({request.content for request in point.requests}) == 1


@pytest.mark.parametrize(
    "error", [httpx2.ReadTimeout, httpx2.WriteTimeout, httpx2.PoolTimeout, httpx2.LocalProtocolError]
)
def test_who_is_slow_is_not_asked_the_same_once_more(connect: Connect, error: type[httpx2.HTTPError]) -> None:
    point = Point(error("carla"))
    with pytest.raises(NoAnswer, match=error.__name__) as failed:
        connect(point).may(CARLA, VIEW, ANNA)
    assert len(point.requests) == 1
    assert "carla" not in str(failed.value)


def test_too_many_questions_say_when_to_ask_again(connect: Connect) -> None:
    point = Point(httpx2.Response(429, headers={"retry-after": "60"}))
    with pytest.raises(NoAnswer) as failed:
        connect(point).may(CARLA, VIEW, ANNA)
    assert (failed.value.status, failed.value.wait) == (429, 60)
    assert len(point.requests) == 1
