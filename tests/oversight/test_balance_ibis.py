"""`inzage balance ibis`, asked of a process: what is lost or in quarantine is found, and nothing else (S14)."""

import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.utils import timezone

from inzage.adapters.ibis import wire, wording
from inzage.adapters.line import Line
from inzage.inbox.keeping import keep, position_of
from inzage.inbox.models import Received
from inzage.project.command import Wrong
from inzage.rules.days import day_of
from inzage.tasks.models import Task
from inzage.view_rights.receiving import apply_waiting
from inzage.view_rights.training_records import SOURCE
from inzage.view_rights.training_requests import applying
from tests.ibis import a_request
from tests.simulated import SECRET, Simulated, simulated
from tests.world import World


def drawn_up(name: str, *arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the balance."""
    out = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("balance", name, "--json", *arguments, stdout=out)
    return int(left.value.code or 0), json.loads(out.getvalue())


@pytest.fixture
def ibis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulated]:
    """An IBIS of our own, whose address we have."""
    with simulated("ibis", tmp_path) as side:
        monkeypatch.setenv("INZAGE_IBIS_URL", side.url)
        monkeypatch.setenv("INZAGE_IBIS_SECRET", SECRET)
        yield side


def registered(ibis: Simulated, *lines: str) -> None:
    """These are there too."""
    ibis.post("/control/training-requests", "\n".join(lines))


def test_of_ibis_what_is_lost_or_in_quarantine_is_found_and_what_waits_is_not(
    world: World, ibis: Simulated
) -> None:
    registered(
        ibis,
        *(json.dumps(a_request(each)) for each in ("R1", "R2")),
        json.dumps(a_request("R3", remark="A1")),
    )
    registered(ibis, json.dumps(a_request("R1", revision=2, status="corrected")), "{half of it")
    line = wire.line()
    assert line is not None
    wire.Pulling(line, timezone.now).act()
    apply_waiting(SOURCE, applying(wording.read), clock=timezone.now)
    _read_and_forgotten(ibis, line)
    line.close()
    registered(ibis, json.dumps(a_request("R5")))
    unreadable = Received.objects.get(message_id__startswith="?")

    today = day_of(timezone.now())
    code, balance = drawn_up("ibis", "--day", str(today))

    assert code == 1
    assert balance["faults"] == {
        f"{unreadable.message_id}:1": "quarantined",
        "R3:1": "quarantined",
        "R4:1": "lost",
    }
    assert [balance[each] for each in ("sent", "received", "applied", "under_way")] == [7, 5, 3, 1]
    assert "staat in quarantaine" in Task.objects.get(subject="ibis:R3:1:quarantined").detail
    assert drawn_up("ibis", "--day", str(today))[1]["new_tasks"] == 0
    assert drawn_up("ibis")[0] == 0


def _read_and_forgotten(ibis: Simulated, line: Line) -> None:
    """IBIS served R4, and it never reached our inbox."""
    registered(ibis, json.dumps(a_request("R4")))
    page = wire.page_after(line, position_of(SOURCE), most=10, at=timezone.now())
    keep(SOURCE, [], at=timezone.now(), position=page.cursor)


def test_what_can_not_be_drawn_up_is_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="INZAGE_VDAB_URL is not set"):
        call_command("balance", "vdab")
    tomorrow = day_of(timezone.now()) + timedelta(days=1)
    with pytest.raises(Wrong, match="still to come"):
        call_command("balance", "vdab", "--day", str(tomorrow))
