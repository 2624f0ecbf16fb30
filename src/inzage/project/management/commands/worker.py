"""`inzage worker`: the duties of `project/duties.py`, until it is told to stop."""

import signal
import threading
from typing import Any

from django.core.management.base import CommandParser

from inzage.oversight.signs import Signing
from inzage.project.command import InzageCommand, Wrong, now
from inzage.project.duties import duties
from inzage.project.working import work


class Command(InzageCommand):
    help = "Stay running: close every night at 00:05 Europe/Brussels (and once at the start), send mails and messages."
    shown = "worker"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", nargs="+", metavar="DUTY", help="these duties, and no others")

    def handle(self, *_args: Any, **options: Any) -> None:
        wanted, every = options["only"], duties()
        names = [duty.name for duty in every]
        if unknown := set(wanted or names) - set(names):
            raise Wrong(f"There is no duty {sorted(unknown)[0]!r}; the worker has {', '.join(names)}.")
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        work([duty for duty in every if not wanted or duty.name in wanted], stop, said=Signing(now))
