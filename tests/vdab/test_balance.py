"""What VDAB says it sent, under the names that the inbox has."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.utils import timezone

from inzage.adapters.failing import Failed
from inzage.adapters.vdab.wire import sent_on
from inzage.inbox.models import Received
from inzage.oversight.balancing import Sent
from inzage.rules.days import day_of
from tests.adapters.lines import answering, line_to, listing
from tests.simulated import Simulated, simulated
from tests.vdab.saying import SOURCE, assigned, tell
from tests.world import World, noon

NOW = noon("2025-03-01")


@pytest.fixture
def vdab(tmp_path: Path) -> Iterator[Simulated]:
    """A made-up VDAB that pushes to nobody."""
    with simulated("vdab", tmp_path) as side:
        yield side


def test_what_was_told_on_a_day_is_listed_page_by_page(vdab: Simulated) -> None:
    vdab.control("history", {"clients": 101, "units": ["OE1", "OE2"], "service": "TIBB4"})
    today = day_of(timezone.now())
    with closing(line_to(vdab.url)) as line, closing(line_to(vdab.url, key=b"another key")) as stranger:
        sent = list(sent_on(line, today, clock=timezone.now))
        with pytest.raises(Failed, match="it answers 401") as refused:
            list(sent_on(stranger, today, clock=timezone.now))
    assert len({each.message_id for each in sent}) == 505
    assert {(each.revision, each.arrived) for each in sent} == {(None, False)}
    assert not refused.value.again


def test_the_inbox_knows_an_event_by_the_same_name(world: World) -> None:
    said = assigned("2025-01-10")
    tell(said)
    row = {"source": SOURCE, "id": said["id"], "sent": 2, "acknowledged": True}
    with answering(lambda _request: listing({"messages": [row], "next": None})) as line:
        (sent,) = sent_on(line, day_of(NOW), clock=lambda: NOW)
    assert sent == Sent(Received.objects.get().message_id, None, arrived=True)
