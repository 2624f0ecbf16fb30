"""`inzage worker`: the duties of `project/duties.py`, until it is told to stop."""

import signal
import threading
from typing import Any

from django.core.management.base import CommandParser

from inzage.project.command import InzageCommand
from inzage.project.duties import duties
from inzage.project.working import work


class Command(InzageCommand):
    help = "Stay running: close every night at 00:05 Europe/Brussels (and once at the start), send mails and messages."
    shown = "worker"

    def add_arguments(self, parser: CommandParser) -> None:
        names = [duty.name for duty in duties()]
        parser.add_argument("--only", nargs="+", choices=names, help="these duties, and no others")

    def handle(self, *_args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        wanted = options["only"]
        work([duty for duty in duties() if not wanted or duty.name in wanted], stop)
