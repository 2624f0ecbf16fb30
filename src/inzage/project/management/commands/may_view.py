"""`inzage may-view`: the decision, from the shell."""

import json
import sys
from typing import Any

from django.core.management.base import CommandParser

from inzage.project.command import InzageCommand, a_day, today
from inzage.view_rights.answering import may_view


class Command(InzageCommand):
    help = "May this partner view this client's dossier on a day? Exit code 0 for yes, 1 for no, 2 for bad arguments."
    shown = "may-view"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--client", required=True, metavar="NUMBER", help="the client number")
        parser.add_argument("--partner", required=True, metavar="OE", help="the unit's OE number")
        parser.add_argument("--on", type=a_day, metavar="DAY", help="the day (today where absent)")
        parser.add_argument("--json", action="store_true", help="print the answer as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        answer = may_view(options["client"], options["partner"], on=options["on"] or today())
        if options["json"]:
            self.stdout.write(json.dumps(answer._asdict()))
        else:
            until = f", until {answer.last_day}" if answer.last_day else ""
            rule = f" ({answer.rule}{until})" if answer.rule else ""
            self.stdout.write(f"{'yes' if answer.decision else 'no'}: {answer.reason}{rule}")
        sys.exit(0 if answer.decision else 1)
