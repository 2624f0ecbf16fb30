"""`inzage simulate`: Actiris, IBIS or VDAB as a process of its own, made up, to try and to test with."""

import os
import sys
from argparse import REMAINDER
from typing import Any

from django.core.management.base import CommandParser

from inzage.project.command import InzageCommand


class Command(InzageCommand):
    help = "Start the other side, made up, on loopback: actiris, ibis or vdab, with --port and --storage."
    shown = "simulate"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=["actiris", "ibis", "vdab"])
        parser.add_argument("rest", nargs=REMAINDER, help="--port N --storage FILE [--to URL]")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Become that process: the other side shares no code with us, and nothing of our settings is loaded in it."""
        arguments = [options["name"], *options["rest"]]
        os.execv(sys.executable, [sys.executable, "-m", "inzage_simulators", *arguments])
