"""`inzage manual`: the manual for partners, from the rules in force."""

from typing import Any

from django.core.management.base import CommandParser

from inzage.portal.manual.as_html import as_html
from inzage.project.command import InzageCommand, a_day, today
from inzage.rule_books.in_force import books
from inzage.view_rights.explaining import LANGUAGES
from inzage.view_rights.manual.as_markdown import as_markdown
from inzage.view_rights.manual.composing import manual


class Command(InzageCommand):
    help = (
        "Print the manual for partners (how to get, use and lose a view right), as Markdown or as one page of HTML: "
        "made from the policy, the rule book in force and the settings, each sentence with its source and worked "
        "examples; what is assumed is marked."
    )
    shown = "manual"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--lang", choices=LANGUAGES, default="nl")
        parser.add_argument(
            "--html", action="store_true", help="as one page that stands alone and prints well"
        )
        parser.add_argument(
            "--day", type=a_day, metavar="DAY", help="by the rules of that day (today where absent)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        made = manual(books(), options["day"] or today(), options["lang"])
        self.stdout.write(as_html(made) if options["html"] else as_markdown(made), ending="")
