"""`inzage requests`: requests that have waited long, and keep a right open."""

from typing import Any

from django.core.management.base import CommandParser

from inzage.project.command import InzageCommand, a_day, today
from inzage.view_rights.running import OLD_REQUEST_MONTHS, requests_older_than


class Command(InzageCommand):
    help = "List the requests (aanvragen) older than six months that keep a right open: work for a person."
    shown = "requests"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=a_day, metavar="DAY", help="the day (today where absent)")

    def handle(self, *_args: Any, **options: Any) -> None:
        for line in requests_older_than(OLD_REQUEST_MONTHS, today=options["on"] or today()):
            client = line.dossier.client.client_number
            self.stdout.write(f"{client:<12} {line.unit.oe_number:<10} {line.requested_on}  {line}")
