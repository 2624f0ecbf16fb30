"""The line to Actiris over HTTP: every way to fail, and only where we are told to send (S13)."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inzage.adapters.actiris import wire
from inzage.adapters.actiris.wording import verdict_on
from inzage.adapters.line import ANSWER_BYTES, Line, Patience
from inzage.outbox.answers import TAKEN, Answer, Verdict
from inzage.outbox.models import Delivery
from tests.adapters.lines import NO_CONTENT, line_to, listening
from tests.outbox.conftest import OtherSide
from tests.simulated import Simulated, simulated

AT = datetime(2025, 3, 1, 11, tzinfo=UTC)


@pytest.fixture(scope="module")
def actiris(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulated]:
    """An Actiris of our own."""
    with simulated("actiris", tmp_path_factory.mktemp("actiris")) as side:
        yield side


@pytest.fixture
def line(actiris: Simulated) -> Iterator[Line]:
    """A line to it; it fails no more afterwards."""
    with closing(line_to(actiris.url, patience=wire.PATIENCE)) as line:
        yield line
    actiris.fail(0)
    actiris.control("answer", {})


@pytest.fixture
def message(other_side: OtherSide, request: pytest.FixtureRequest) -> Delivery:
    """A message in a stream of its own, first of its stream."""
    other_side.queue(request.node.name[-40:])
    return Delivery.objects.get()


def sent(line: Line, message: Delivery) -> Answer:
    """Send it now."""
    return wire.send(line, message, datetime.now(UTC))


def test_a_message_is_taken_and_taken_again_under_the_same_id(
    line: Line, message: Delivery, actiris: Simulated
) -> None:
    assert sent(line, message) == sent(line, message) == TAKEN
    rows = actiris.listed("/messages", day="2025-03-01")
    assert [(row["received"], row["applied"]) for row in rows if row["id"] == str(message.event_id)] == [
        (2, 1)
    ]


@pytest.mark.parametrize("kind", ["refused", "reset", "reset_after", "error", "error_after", "cut_off"])
def test_what_goes_wrong_on_the_way_is_tried_again(
    line: Line, message: Delivery, actiris: Simulated, kind: str
) -> None:
    actiris.fail(1, kind, refused_seconds=0.05)
    assert sent(line, message).verdict is Verdict.AGAIN


def test_where_nobody_is_there_the_message_did_not_even_leave(
    line: Line, message: Delivery, actiris: Simulated
) -> None:
    actiris.stop()
    assert sent(line, message).verdict is Verdict.NOBODY
    actiris.start()
    assert sent(line, message).verdict is Verdict.TAKEN


def test_an_answer_that_does_not_come_is_not_waited_for(
    line: Line, message: Delivery, actiris: Simulated
) -> None:
    actiris.fail(1, "slow", seconds=3)
    with closing(line_to(actiris.url, patience=Patience(part=0.1))) as hasty:
        assert sent(hasty, message) == Answer(Verdict.AGAIN, "ReadTimeout: no whole answer")


def test_too_many_says_until_when(line: Line, message: Delivery, actiris: Simulated) -> None:
    actiris.fail(1, "too_many", retry_after=7)
    now = datetime.now(UTC)
    assert wire.send(line, message, now) == Answer(
        Verdict.LATER, "HTTP 429", until=now + timedelta(seconds=7)
    )


def test_a_redirect_is_a_failure_and_is_never_followed(
    line: Line, message: Delivery, actiris: Simulated, tmp_path: Path
) -> None:
    with listening(lambda _asked: NO_CONTENT) as (elsewhere, asked):
        for status in (301, 302, 303, 307, 308):
            actiris.control("answer", {"status": status, "headers": {"Location": f"{elsewhere}/messages"}})
            assert sent(line, message) == Answer(Verdict.AGAIN, f"HTTP {status}")
        assert asked == []


def test_a_wrong_secret_is_no_fault_of_the_message(message: Delivery, actiris: Simulated) -> None:
    with closing(line_to(actiris.url, key=b"something else")) as stranger:
        assert sent(stranger, message) == Answer(
            Verdict.AGAIN, "HTTP 401: not signed with the secret we share: No matching signature found"
        )


def test_an_answer_without_end_is_not_read_to_the_end(message: Delivery) -> None:
    endless = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + b"x" * (ANSWER_BYTES + 1)
    with listening(lambda _asked: endless) as (address, _asked), closing(line_to(address)) as line:
        answer = sent(line, message)
    assert answer == Answer(Verdict.AGAIN, f"HTTP 200: an answer of more than {ANSWER_BYTES} bytes")


def test_a_message_stays_what_it_is_at_each_try(message: Delivery) -> None:
    with listening(lambda _asked: NO_CONTENT) as (address, asked), closing(line_to(address)) as line:
        wire.send(line, message, AT)
        wire.send(line, message, AT + timedelta(hours=1))
    for each in asked:
        assert f"webhook-id: {message.event_id}\r\n" in each
        assert "Content-Type: application/cloudevents+json; charset=UTF-8\r\n" in each
    assert asked[0].startswith("POST /messages HTTP/1.1\r\n")
    assert asked[0].split("\r\n\r\n")[1] == asked[1].split("\r\n\r\n")[1] == message.body


@pytest.mark.parametrize(
    ("statuses", "verdict"),
    [
        ((200, 201, 202, 204), Verdict.TAKEN),
        ((301, 302, 307, 308, 304, 401, 403, 404, 408, 409, 425, 500, 502, 503, 504), Verdict.AGAIN),
        ((400, 413, 415, 422, 451), Verdict.NEVER),
        ((410,), Verdict.NO_MORE),
        ((429,), Verdict.LATER),
    ],
)
def test_what_a_status_comes_to(statuses: tuple[int, ...], verdict: Verdict) -> None:
    assert {verdict_on(status, {}, b"", at=AT).verdict for status in statuses} == {verdict}


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b'{"title": "no such activity"}', "HTTP 422: no such activity"),
        (b'{"title": ' + b'"x' * 500, "HTTP 422"),
        (b"[" * 50_000, "HTTP 422"),
        (b'["title"]', "HTTP 422"),
        (b'{"title": 5}', "HTTP 422"),
        (b"\xff", "HTTP 422"),
    ],
)
def test_the_title_of_a_problem_is_kept(body: bytes, problem: str) -> None:
    assert verdict_on(422, {}, body, at=AT).problem == problem


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("0", 1),
        ("2", 2),
        ("120", 120),
        ("Sat, 01 Mar 2025 10:00:00 GMT", 1),
        ("", 60),
        ("soon", 60),
        ("-5", 60),
        ("99999999999999999999", 86_400),
        ("Sat, 01 Mar 2125 11:02:00 GMT", 86_400),
    ],
)
def test_until_when_to_wait(asked: str, seconds: int) -> None:
    until = verdict_on(429, {"retry-after": asked}, b"", at=AT).until
    assert until == AT + timedelta(seconds=seconds)
