"""`inzage decide`: decisions for other systems, in processes of their own."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from inzage.portal.checks import LOOPBACK
from inzage.project.command import InzageCommand, Wrong
from inzage.project.deciding import serve_decisions
from inzage.project.failures import refuse_unless_migrated
from inzage.project.serving import listening


class Command(InzageCommand):
    help = "Answer other systems over OpenID AuthZEN 1.0: may this person see this dossier now, why, and until when?"
    shown = "decide"
    requires_system_checks = "__all__"  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8010)
        parser.add_argument(
            "--processes", type=int, default=1, help="how many answer on that port (default: 1)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.DEMO and options["host"] not in LOOPBACK:
            raise Wrong("In demo mode anybody may ask anything: it listens on 127.0.0.1 only.")
        if not 1 <= options["processes"] <= 64:
            raise Wrong(f"--processes is {options['processes']}; expected a number from 1 to 64.")
        refuse_unless_migrated()
        with listening(options["host"], options["port"]) as bound:
            self.stdout.write(f"Decisions at http://{options['host']}:{options['port']}/access/v1/evaluation")
            self.stdout.flush()
            serve_decisions(bound, processes=options["processes"])
