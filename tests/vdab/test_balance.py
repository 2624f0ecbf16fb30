"""What VDAB says it sent, asked of the made-up one and of one that answers nonsense."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from django.utils import timezone

from inzage.adapters.vdab.where import Place
from inzage.adapters.vdab.wire import Failed, Sent, sent_on
from inzage.inbox.models import Received
from inzage.rules.days import day_of
from tests.simulated import Simulated, simulated
from tests.vdab.saying import KEY, SOURCE, assigned, tell
from tests.world import World, noon

NOW = noon("2025-03-01")


def whole(body: bytes) -> httpx2.Response:
    """An answer that is read as it comes."""
    return httpx2.Response(200, stream=httpx2.ByteStream(body))


def listing(said: Any) -> httpx2.Response:
    """An answer in JSON."""
    return whole(json.dumps(said).encode())


@pytest.fixture
def vdab(tmp_path: Path) -> Iterator[Simulated]:
    """A made-up VDAB that pushes to nobody."""
    with simulated("vdab", tmp_path) as side:
        yield side


def test_what_was_told_on_a_day_is_listed_page_by_page(vdab: Simulated) -> None:
    vdab.control("history", {"clients": 101, "units": ["OE1", "OE2"], "service": "TIBB4"})
    today = day_of(timezone.now())
    with httpx2.Client() as client:
        sent = list(sent_on(today, Place(vdab.url, KEY), client, clock=timezone.now))
        with pytest.raises(Failed, match="it answers 401") as refused:
            list(sent_on(today, Place(vdab.url, b"another key"), client, clock=timezone.now))
    assert len({each.message_id for each in sent}) == 505
    assert {each[1:] for each in sent} == {(0, False)}
    assert not refused.value.again


def test_the_inbox_knows_an_event_by_the_same_name(world: World) -> None:
    said = assigned("2025-01-10")
    tell(said)
    row = {"source": SOURCE, "id": said["id"], "sent": 2, "acknowledged": True}
    (sent,) = asked(lambda _request: listing({"messages": [row], "next": None}))
    assert sent == Sent(Received.objects.get().message_id, 2, True)


@pytest.mark.parametrize(
    ("answer", "again"),
    [
        (httpx2.Response(503), True),
        (httpx2.Response(302, headers={"Location": "https://elsewhere.example"}), False),
        (httpx2.Response(404), False),
        (listing("nee"), True),
        (listing({"messages": [{}], "next": None}), True),
        (whole(b"\xff"), True),
        (whole(b" " * 4_194_305), False),
    ],
)
def test_what_is_no_list_says_whether_asking_again_helps(answer: httpx2.Response, again: bool) -> None:
    with pytest.raises(Failed) as failed:
        asked(lambda _request: answer)
    assert failed.value.again is again


def test_a_line_that_breaks_is_asked_again() -> None:
    def breaks(_request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("nobody there")

    with pytest.raises(Failed, match="ConnectError") as failed:
        asked(breaks)
    assert failed.value.again


def asked(answer: Callable[[httpx2.Request], httpx2.Response]) -> list[Sent]:
    """The list, as this other side gives it."""
    with httpx2.Client(transport=httpx2.MockTransport(answer)) as client:
        return list(sent_on(day_of(NOW), Place("https://vdab.example", KEY), client, clock=lambda: NOW))
