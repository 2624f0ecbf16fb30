"""`inzage requests`: requests that have waited long, and keep a right open."""

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from inzage.access_log.models import AccessLine
from inzage.project.command import InzageCommand, a_day, by_operator, today
from inzage.view_rights.looking import write
from inzage.view_rights.running import OLD_REQUEST_MONTHS, requests_older_than


class Command(InzageCommand):
    help = "List the requests (aanvragen) older than six months that keep a right open: work for a person."
    shown = "requests"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=a_day, metavar="DAY", help="the day (today where absent)")

    def handle(self, *_args: Any, **options: Any) -> None:
        waiting = requests_older_than(OLD_REQUEST_MONTHS, today=options["on"] or today())
        with transaction.atomic():
            dossiers = dict.fromkeys(line.dossier_id for line in waiting)
            write(AccessLine.Kind.LIST, by_operator("inzage requests"), [(one, None) for one in dossiers])
        for line in waiting:
            client = line.dossier.client.client_number
            self.stdout.write(f"{client:<12} {line.unit.oe_number:<10} {line.requested_on}  {line}")
