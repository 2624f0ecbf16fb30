"""The line to another institution: nowhere else, nothing without end; and lists of a day."""

import socket
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx2
import pytest

from inzage.adapters import line as lines
from inzage.adapters.actiris.wire import PATIENCE
from inzage.adapters.failing import Failed, asked_wait, refusal
from inzage.adapters.line import Answered, Line, Patience, list_of_day
from inzage.outbox.claiming import LEASE
from inzage.outbox.delivering import MARGIN
from tests.adapters.lines import NO_CONTENT, answering, dripping, line_to, listening, listing, whole

AT = datetime(2025, 3, 1, 11, tzinfo=UTC)
DAY = date(2025, 3, 1)


def posted(line: Line) -> Answered:
    """An empty object is sent."""
    return line.send("/x", "{}", "application/json", at=AT)


def test_nobody_there_is_tried_again() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        nobody = line_to(f"http://127.0.0.1:{bound.getsockname()[1]}")
        with closing(nobody), pytest.raises(Failed, match="ConnectError: no whole answer") as failed:
            posted(nobody)
    assert failed.value.again


@pytest.mark.parametrize("error", [httpx2.ConnectError, httpx2.ReadTimeout, httpx2.RemoteProtocolError])
def test_a_line_that_breaks_is_tried_again(error: type[httpx2.HTTPError]) -> None:
    def broken(_request: httpx2.Request) -> httpx2.Response:
        raise error("broken")

    with answering(broken) as line, pytest.raises(Failed, match=error.__name__) as failed:
        line.ask("/x", at=AT)
    assert failed.value.again


def test_an_answer_without_end_is_not_read_to_the_end() -> None:
    endless = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + b"x" * (lines.ANSWER_BYTES + 1)
    said = f"HTTP 200: an answer of more than {lines.ANSWER_BYTES} bytes"
    with (
        listening(lambda _asked: endless) as (address, _asked),
        closing(line_to(address)) as line,
        pytest.raises(Failed, match=said) as failed,
    ):
        posted(line)
    assert not failed.value.again


def test_an_answer_that_drips_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(range(0, 1000, 40))
    monkeypatch.setattr(time, "monotonic", lambda: next(moments))

    def drips(_request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=iter([b"x"] * 10))

    with answering(drips) as line, pytest.raises(Failed, match="more than 60 seconds") as failed:
        posted(line)
    assert failed.value.again


BEGUN = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
DRIPS = [(BEGUN + b"X-Long: ", b"\r\n\r\n"), (BEGUN + b"\r\n", b"")]


@pytest.mark.parametrize(("first", "end"), DRIPS, ids=["in its headers", "in its body"])
def test_an_answer_that_keeps_coming_a_byte_at_a_time_is_over_at_the_deadline(
    first: bytes, end: bytes
) -> None:
    """Each part comes soon enough: it is the whole exchange that may not last."""
    with (
        listening(lambda _asked: dripping(first, 5, end)) as (address, _asked),
        closing(line_to(address, patience=Patience(part=5, whole=0.2))) as line,
        pytest.raises(Failed, match=r"an answer of more than 0.2 seconds") as failed,
    ):
        posted(line)
    assert failed.value.again


@pytest.mark.parametrize(("first", "end"), DRIPS, ids=["in its headers", "in its body"])
def test_an_answer_that_drips_and_ends_in_time_is_taken(first: bytes, end: bytes) -> None:
    with (
        listening(lambda _asked: dripping(first, 0.1, end)) as (address, _asked),
        closing(line_to(address)) as line,
    ):
        assert posted(line).status == 200


def test_an_exchange_of_a_delivery_is_over_before_another_worker_may_take_the_message() -> None:
    assert PATIENCE.connect < PATIENCE.whole < MARGIN.total_seconds() < LEASE.total_seconds()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_never_followed(status: int) -> None:
    with listening(lambda _asked: NO_CONTENT) as (elsewhere, asked):
        moved = f"HTTP/1.1 {status} Moved\r\nLocation: {elsewhere}/x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        with listening(lambda _asked: moved.encode()) as (address, _), closing(line_to(address)) as line:
            assert posted(line).status == status
        assert asked == []


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(lambda _asked: NO_CONTENT) as (proxy, through):
        monkeypatch.setenv("HTTP_PROXY", proxy)
        monkeypatch.setenv("ALL_PROXY", proxy)
        with listening(lambda _asked: NO_CONTENT) as (address, asked), closing(line_to(address)) as line:
            assert posted(line).status == 204
    assert (len(asked), through) == (1, [])


AGAIN = (500, 502, 503, 408, 409, 425, 429)
FOR_A_PERSON = (400, 401, 403, 404, 410, 204, 301, 302, 307)


@pytest.mark.parametrize("status", AGAIN + FOR_A_PERSON)
def test_a_refusal_says_whether_trying_again_helps(status: int) -> None:
    def elsewhere(request: httpx2.Request) -> httpx2.Response:
        assert request.url.host == "other.example", "a redirect was followed"
        return httpx2.Response(status, headers={"Location": "https://elsewhere.example/"})

    with answering(elsewhere) as line, pytest.raises(Failed, match=f"it answers {status}") as failed:
        line.ask("/x", at=AT)
    assert failed.value.again is (status in AGAIN)


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("0", 1),  # at once is never: that would be a loop without a pause
        ("1", 1),
        ("2", 2),
        (" 120 ", 120),
        ("Sat, 01 Mar 2025 11:02:00 GMT", 120),
        ("Sat, 01 Mar 2025 12:02:00 +0100", 120),
        ("Sat, 01 Mar 2025 11:02:00 -0000", 120),
        ("Sat, 01 Mar 2025 10:00:00 GMT", 1),  # past already
        ("Sat, 01 Mar 2025 11:00:00 GMT", 1),
        ("Sat, 01 Mar 2025 11:00:02 GMT", 2),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("²", None),
        ("nan", None),
        ("9" * 30, 999_999_999_999),
    ],
)
def test_how_long_to_wait_is_said_in_seconds_or_as_a_date(asked: str, seconds: float | None) -> None:
    assert asked_wait(asked, at=AT) == seconds
    assert refusal(429, {"retry-after": asked}, at=AT).wait == seconds


Row = dict[str, Any]


def listed(answer: Callable[[httpx2.Request], httpx2.Response]) -> list[Any]:
    """The ids in the list of a day, as this other side gives it."""
    with answering(answer) as line:
        ask = lambda target: line.ask(target, at=AT).text  # noqa: E731
        return list(list_of_day("/list", DAY, ask, lambda row: row["id"]))


def test_a_list_is_read_page_after_page() -> None:
    pages = {
        "0": {"messages": [{"id": "a"}, {"id": "b"}], "next": "7"},
        "7": {"messages": [], "next": 9},
        "9": {"messages": [{"id": "c"}], "next": None},
    }

    def page(request: httpx2.Request) -> httpx2.Response:
        assert (request.url.path, request.url.params["day"]) == ("/api/list", "2025-03-01")
        return listing(pages[request.url.params["cursor"]])

    assert listed(page) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("answer", "again"),
    [
        (httpx2.Response(503), True),
        (httpx2.Response(302, headers={"Location": "https://elsewhere.example"}), False),
        (httpx2.Response(404), False),
        (listing("nee"), True),
        (listing({"messages": {}}), True),
        (listing({"messages": [{}], "next": None}), True),
        (listing({"messages": ["x"], "next": None}), True),
        (whole(b"\xff"), True),
        (whole(b" " * (lines.PAGE_BYTES + 1)), False),
    ],
)
def test_what_is_no_list_says_whether_asking_again_helps(answer: httpx2.Response, again: bool) -> None:
    with pytest.raises(Failed) as failed:
        listed(lambda _request: answer)
    assert failed.value.again is again


@pytest.mark.parametrize("following", ["0", "x" * 201])
def test_a_list_that_goes_round_is_not_followed(following: str) -> None:
    with pytest.raises(Failed, match="cursor that can't be used") as failed:
        listed(lambda _request: listing({"messages": [], "next": following}))
    assert not failed.value.again


def test_each_try_is_signed_anew() -> None:
    with listening(lambda _asked: NO_CONTENT) as (address, asked), closing(line_to(address)) as line:
        for moment in (AT, AT + timedelta(hours=1)):
            line.send("/x", "{}", "application/json", at=moment, message_id="m1")
    first, second = (
        dict(row.lower().split(": ", 1) for row in each.split("\r\n\r\n")[0].split("\r\n")[1:])
        for each in asked
    )
    assert first["webhook-id"] == second["webhook-id"] == "m1"
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == 3600
    assert first["webhook-signature"] != second["webhook-signature"]
