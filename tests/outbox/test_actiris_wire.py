"""The line to Actiris over HTTP: every way to fail, and only where we are told to send (S13)."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from inzage.adapters.actiris import where, wire
from inzage.adapters.actiris.where import Place, place
from inzage.adapters.actiris.wording import asked_pause, page_of, verdict_on
from inzage.outbox.answers import TAKEN, Answer, Verdict
from inzage.outbox.models import Delivery
from inzage.rules.days import day_of
from tests.outbox.conftest import OtherSide
from tests.simulated import SECRET, Simulated, simulated

NO_CONTENT = b"HTTP/1.1 204 OK\r\nConnection: close\r\n\r\n"
AT = datetime(2025, 3, 1, 11, tzinfo=UTC)


@pytest.fixture(scope="module")
def actiris(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulated]:
    """An Actiris of our own."""
    with simulated("actiris", tmp_path_factory.mktemp("actiris")) as side:
        yield side


@contextmanager
def opened(url: str, secret: str = SECRET) -> Iterator[wire.Line]:
    """A line to that address."""
    line = wire.Line(Place(url, secret))
    try:
        yield line
    finally:
        line.close()


@pytest.fixture
def line(actiris: Simulated) -> Iterator[wire.Line]:
    """A line to it; it fails no more afterwards."""
    with opened(actiris.url) as line:
        yield line
    actiris.fail(0)
    actiris.control("answer", {})


@pytest.fixture
def message(other_side: OtherSide, request: pytest.FixtureRequest) -> Delivery:
    """A message in a stream of its own, first of its stream."""
    other_side.queue(request.node.name[-40:])
    return Delivery.objects.get()


def sent(line: wire.Line, message: Delivery) -> Answer:
    """Send it now."""
    return line.send(message, datetime.now(UTC))


def test_a_message_is_taken_and_taken_again_under_the_same_id(
    line: wire.Line, message: Delivery, actiris: Simulated
) -> None:
    assert sent(line, message) == sent(line, message) == TAKEN
    rows = actiris.listed("/messages", day="2025-03-01")
    assert [(row["received"], row["applied"]) for row in rows if row["id"] == str(message.event_id)] == [
        (2, 1)
    ]


@pytest.mark.parametrize("kind", ["refused", "reset", "reset_after", "error", "error_after", "cut_off"])
def test_what_goes_wrong_on_the_way_is_tried_again(
    line: wire.Line, message: Delivery, actiris: Simulated, kind: str
) -> None:
    actiris.fail(1, kind, refused_seconds=0.05)
    assert sent(line, message).verdict is Verdict.AGAIN


def test_nobody_there_is_tried_again(message: Delivery) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        with opened(f"http://127.0.0.1:{bound.getsockname()[1]}") as nobody:
            assert sent(nobody, message) == Answer(Verdict.AGAIN, "ConnectError: no whole answer")


def test_an_answer_that_does_not_come_is_not_waited_for(
    line: wire.Line, message: Delivery, actiris: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "TIMEOUT", 0.1)
    actiris.fail(1, "slow", seconds=3)
    with opened(actiris.url) as hasty:
        assert sent(hasty, message) == Answer(Verdict.AGAIN, "ReadTimeout: no whole answer")


def test_too_many_says_until_when(line: wire.Line, message: Delivery, actiris: Simulated) -> None:
    actiris.fail(1, "too_many", retry_after=7)
    now = datetime.now(UTC)
    assert line.send(message, now) == Answer(Verdict.LATER, "HTTP 429", until=now + timedelta(seconds=7))


def test_a_redirect_is_a_failure_and_is_never_followed(
    line: wire.Line, message: Delivery, actiris: Simulated, tmp_path: Path
) -> None:
    with listening(lambda _asked: NO_CONTENT) as (elsewhere, asked):
        for status in (301, 302, 303, 307, 308):
            actiris.control("answer", {"status": status, "headers": {"Location": f"{elsewhere}/messages"}})
            assert sent(line, message) == Answer(Verdict.AGAIN, f"HTTP {status}")
        assert asked == []


def test_a_wrong_secret_is_no_fault_of_the_message(message: Delivery, actiris: Simulated) -> None:
    with opened(actiris.url, "whsec_c29tZXRoaW5nIGVsc2U=") as stranger:
        assert sent(stranger, message) == Answer(
            Verdict.AGAIN, "HTTP 401: not signed with the secret we share: No matching signature found"
        )


def test_an_answer_without_end_is_not_read_to_the_end(message: Delivery) -> None:
    endless = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + b"x" * (wire.ANSWER_BYTES + 1)
    with listening(lambda _asked: endless) as (address, _asked), opened(address) as line:
        answer = sent(line, message)
    assert answer == Answer(Verdict.AGAIN, f"HTTP 200: an answer of more than {wire.ANSWER_BYTES} bytes")


def test_each_try_is_signed_anew_and_the_message_stays_what_it_is(message: Delivery) -> None:
    with listening(lambda _asked: NO_CONTENT) as (address, asked), opened(address) as line:
        line.send(message, AT)
        line.send(message, AT + timedelta(hours=1))
    first, second = (
        dict(row.lower().split(": ", 1) for row in each.split("\r\n\r\n")[0].split("\r\n")[1:])
        for each in asked
    )
    assert first["webhook-id"] == second["webhook-id"] == str(message.event_id)
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == 3600
    assert first["webhook-signature"] != second["webhook-signature"]
    assert first["content-type"] == "application/cloudevents+json; charset=utf-8"
    assert asked[0].startswith("POST /messages HTTP/1.1\r\n")
    assert asked[0].split("\r\n\r\n")[1] == asked[1].split("\r\n\r\n")[1] == message.body


def test_what_it_holds_of_a_day_is_read_page_by_page(actiris: Simulated, other_side: OtherSide) -> None:
    with opened(actiris.url) as line:
        other_side.now = datetime.now(UTC)
        other_side.queue(*(f"many{number}" for number in range(600)))
        for each in Delivery.objects.all():
            line.send(each, datetime.now(UTC))
        ours = {str(each.event_id) for each in Delivery.objects.all()}
        lost, doubled, *_ = sorted(ours)
        actiris.control("messages", {"lose": [lost], "apply_again": [doubled]})
        held = dict(line.held_of(day_of(other_side.now), datetime.now(UTC)))
    assert held == dict.fromkeys(ours - {lost}, 1) | {doubled: 2}


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"messages": [{}], "next": null}', b'{"messages": []}', b"[" * 50_000]
)
def test_a_list_that_can_not_be_read_is_said(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        page_of(body)


@contextmanager
def listening(answer: Callable[[str], bytes]) -> Iterator[tuple[str, list[str]]]:
    """Somebody on loopback who answers every request with these bytes; the address, and what was asked."""
    asked: list[str] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = bound.accept()
            except OSError:
                return
            with connection:
                request = b""
                while b"\r\n\r\n" not in request or not request.endswith(b"}"):
                    request += connection.recv(65_536)
                asked.append(request.decode())
                connection.sendall(answer(asked[-1]))

    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen()
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}", asked
        finally:
            bound.shutdown(socket.SHUT_RDWR)
            thread.join()


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
        ("0", 0),
        ("120", 120),
        ("Sat, 01 Mar 2025 11:02:00 GMT", 120),
        ("Sat, 01 Mar 2025 12:02:00 +0100", 120),
        ("Sat, 01 Mar 2025 10:00:00 GMT", 0),  # past already
        ("", 60),
        ("soon", 60),
        ("-5", 60),
        ("99999999999999999999", 86_400),
        ("Sat, 01 Mar 2125 11:02:00 GMT", 86_400),
    ],
)
def test_until_when_to_wait(asked: str, seconds: int) -> None:
    assert asked_pause(asked, at=AT) == AT + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "url",
    [
        "http://actiris.example",
        "ftp://127.0.0.1",
        "https://somebody:secret@actiris.example",
        "https://actiris.example?to=elsewhere",
        "https://",
        "actiris.example",
        "http://127.0.0.1.actiris.example",
    ],
)
def test_an_address_is_https_or_on_loopback(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv(f"{where.NAME}_URL", url)
    monkeypatch.setenv(f"{where.NAME}_SECRET", SECRET)
    with pytest.raises(ImproperlyConfigured, match="INZAGE_ACTIRIS_URL"):
        place()


@pytest.mark.parametrize(
    "url", ["https://actiris.example/inzage/", "http://127.0.0.1:8081", "http://[::1]:8081"]
)
def test_a_good_address_with_a_secret_is_used_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str
) -> None:
    monkeypatch.setenv(f"{where.NAME}_URL", url)
    for wrong in ("", "whsec_", "whsec_no base64"):
        monkeypatch.setenv(f"{where.NAME}_SECRET", wrong)
        with pytest.raises(ImproperlyConfigured, match="INZAGE_ACTIRIS_SECRET"):
            place()
    (tmp_path / "secret").write_text(SECRET + "\n")
    monkeypatch.setenv(f"{where.NAME}_SECRET_FILE", str(tmp_path / "secret"))
    assert place() == Place(url.rstrip("/"), SECRET)
    assert SECRET not in repr(place())
    monkeypatch.delenv(f"{where.NAME}_URL")
    assert place() is None
