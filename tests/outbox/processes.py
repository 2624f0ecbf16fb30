"""Workers in processes of their own that deliver to a made-up Actiris, and what both sides hold in the end."""

import subprocess
from collections import Counter
from typing import Any

from django.db import connection

from tests.shell import Shell
from tests.simulated import Simulated
from tests.view_rights.processes import script

HASTY = """
from datetime import timedelta
from inzage.outbox import claiming, delivering, trying_again
claiming.LEASE, delivering.MARGIN = timedelta(seconds=2.5), timedelta(seconds=0.5)
trying_again.LONGEST = timedelta(seconds=0.5)
from django.core.management import call_command
"""
"""What takes a minute or five between institutions takes half a second here."""
WORKER = HASTY + 'call_command("worker", "--only", "deliver")'
QUEUE = """
from django.utils import timezone
from django.db import transaction
from inzage.outbox.queueing import queue
messages, streams = int(sys.argv[1]), int(sys.argv[2])
kind = "be.inzage.activities.v1.activities.notify.started"
with transaction.atomic():
    for number in range(messages):
        stream, data = f"dossier-{number % streams}", {"activity": str(number)}
        queue("actiris", stream=stream, kind=kind, data=data, at=timezone.now())
"""
IDS = "SELECT {} FROM outbox_delivery WHERE state = 'delivered'"


def queued(shell: Shell, messages: int, streams: int) -> None:
    """Put messages in the queue, spread over streams."""
    process = script(shell, QUEUE, str(messages), str(streams))
    _out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err


def worker(shell: Shell) -> "subprocess.Popen[str]":
    """A worker that delivers, in a hurry."""
    return script(shell, WORKER)


def delivered(shell: Shell) -> int:
    """How many messages count as delivered."""
    return int(shell.asked(IDS.format("count(*)")))


def matched(shell: Shell, side: Simulated, *, day: str) -> dict[str, Any]:
    """Both sides side by side: what was lost, applied twice, or in a wrong place."""
    joined = "group_concat(event_id)" if connection.vendor == "sqlite" else "string_agg(event_id::text, ',')"
    ours = {each.replace("-", "") for each in shell.asked(IDS.format(joined)).split(",")}
    theirs = side.listed("/messages", day=day)
    places = Counter((row["stream"], row["sequence"]) for row in theirs)
    last: dict[str, str] = {}
    disordered = 0
    for row in theirs:  # in the order in which they came
        disordered += row["sequence"] <= last.get(row["stream"], "")
        last[row["stream"]] = row["sequence"]
    return {
        "lost": len(ours - {row["id"].replace("-", "") for row in theirs}),
        "applied twice": sum(row["applied"] != 1 for row in theirs) + places.total() - len(places),
        "out of order": disordered + side.faults(),
    }
