"""`inzage explain`: why a right stands, and until when."""

from typing import Any

from django.core.management.base import CommandParser

from inzage.project.command import InzageCommand, Wrong, by_operator, today
from inzage.view_rights.explaining import LANGUAGES, explain
from inzage.view_rights.looking import look
from inzage.view_rights.models import ViewRight


class Command(InzageCommand):
    help = "Say in plain sentences why a right stands, until when, by which event and rule, and what would move it."
    shown = "explain"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--client", required=True, metavar="NUMBER", help="the client number")
        parser.add_argument("--partner", required=True, metavar="OE", help="the unit's OE number")
        parser.add_argument("--lang", choices=LANGUAGES, default="nl")

    def handle(self, *_args: Any, **options: Any) -> None:
        rights = ViewRight.objects.filter(
            dossier__client__client_number=options["client"], unit__oe_number=options["partner"]
        )
        right = rights.select_related("unit", "dossier").order_by("-granted_on", "-pk").first()
        if right is None:
            raise Wrong(
                f"{options['partner']} never had a view right on the dossier of client {options['client']}. "
                "Check both numbers; `inzage rights` lists all rights."
            )
        sentences = look(
            right.dossier,
            by_operator("inzage explain"),
            lambda _right: explain(right, today=today(), language=options["lang"]),
        )
        for sentence in sentences:
            self.stdout.write(sentence)
