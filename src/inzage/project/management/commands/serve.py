"""`inzage serve`: the web application."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from inzage.portal.checks import LOOPBACK
from inzage.project.command import InzageCommand, Wrong
from inzage.project.failures import refuse_unless_migrated
from inzage.project.serving import listening, serve


class Command(InzageCommand):
    help = "Start the web application."
    shown = "serve"
    requires_system_checks = "__all__"  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.DEMO and options["host"] not in LOOPBACK:
            raise Wrong("In demo mode anybody signs in as anyone: it listens on 127.0.0.1 only.")
        refuse_unless_migrated()
        with listening(options["host"], options["port"]) as bound:
            self.stdout.write(f"Inzage listens on http://{options['host']}:{options['port']}/")
            self.stdout.flush()
            serve(bound)
