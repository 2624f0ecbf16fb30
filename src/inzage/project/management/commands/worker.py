"""`inzage worker`: the closing run every night at 00:05 in Brussels, and the mails in between."""

import signal
import threading
from datetime import datetime, time, timedelta
from typing import Any

import structlog
from django.db import DatabaseError, connection

from inzage.notices.sending import send_mails
from inzage.project.command import InzageCommand, now
from inzage.rules.days import BRUSSELS, day_of
from inzage.view_rights.running import at_once, run

log = structlog.get_logger()
NIGHTLY = time(0, 5)
PAUSE_SECONDS = 30


class Command(InzageCommand):
    help = "Run the closing every night at 00:05 Europe/Brussels (and once at the start, to catch up), and send mails."
    shown = "worker"

    def handle(self, *_args: Any, **_options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        due = now()
        while not stop.is_set():
            due = _work(due)
            stop.wait(PAUSE_SECONDS)


def _work(due: datetime) -> datetime:
    """Do what is due; returns when the next run is. A database that is away is tried again."""
    moment = now()
    try:
        if moment >= due:
            report = run(day_of(moment), clock=now, threads=at_once())
            log.info(
                "closing run",
                day=str(report.day),
                closed=report.closed,
                rule_gaps=report.rule_gaps,
                unverified=report.unverified,
            )
            due = next_run(moment)
        if sent := send_mails(now()):
            log.info("mails sent", count=sent)
    except (DatabaseError, OSError) as error:
        log.error("will try again", error=str(error).strip())
        connection.close()
    return due


def next_run(after: datetime) -> datetime:
    """The first 00:05 in Brussels after this moment."""
    tonight = datetime.combine(day_of(after), NIGHTLY, BRUSSELS)
    return (
        tonight if tonight > after else datetime.combine(day_of(after) + timedelta(days=1), NIGHTLY, BRUSSELS)
    )
