"""`inzage may-view`: the decision, from the shell."""

import json
import sys
from datetime import date
from typing import Any

from django.core.management.base import CommandParser

from inzage.project.command import InzageCommand, a_day, how_sure, today
from inzage.rule_books.in_force import books
from inzage.view_rights.answering import may_view
from inzage.view_rights.models import ViewRight


class Command(InzageCommand):
    help = "May this partner view this client's dossier on a day? Exit code 0 for yes, 1 for no, 2 for bad arguments."
    shown = "may-view"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--client", required=True, metavar="NUMBER", help="the client number")
        parser.add_argument("--partner", required=True, metavar="OE", help="the unit's OE number")
        parser.add_argument(
            "--on",
            type=a_day,
            metavar="DAY",
            help="the day, told from what had happened by then (absent: today, as the register stores it)",
        )
        parser.add_argument("--json", action="store_true", help="print the answer as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        on = options["on"] or today()
        answer = may_view(options["client"], options["partner"], on=on, as_stored=options["on"] is None)
        if options["json"]:
            self.stdout.write(json.dumps(answer._asdict()))
        else:
            until = f", until {answer.last_day}" if answer.last_day else ""
            rule = f" ({answer.rule}{_doubt(answer.rule, options, on)}{until})" if answer.rule else ""
            self.stdout.write(f"{'yes' if answer.decision else 'no'}: {answer.reason}{rule}")
        sys.exit(0 if answer.decision else 1)


def _doubt(rule: str, options: dict[str, Any], on: date) -> str:
    """How sure the rule is, as it was when the right was judged; of another rule, as the book in force has it."""
    rights = ViewRight.objects.filter(
        dossier__client__client_number=options["client"], unit__oe_number=options["partner"], rule=rule
    )
    stored = (
        rights.filter(granted_on__lte=on).order_by("-granted_on", "-pk").values_list("rule_status", flat=True)
    )
    return how_sure(stored.first() or books().on(on).rule(rule).status)
