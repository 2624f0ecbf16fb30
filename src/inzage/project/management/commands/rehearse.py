"""`inzage rehearse`: what would a draft of a rule book do to the rights that stand?"""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from rich.console import Console
from rich.progress import Progress

from inzage.access_log.models import AccessLine
from inzage.oversight.books_with import NotRehearsed
from inzage.oversight.rehearsal import Rehearsal
from inzage.oversight.rehearsal_files import LOOKS, RIGHTS
from inzage.oversight.rehearsing import rehearse
from inzage.project.command import InzageCommand, Wrong, a_book, a_day, by_operator, processes, today
from inzage.project.rehearsal_in_words import in_words
from inzage.rules.rulebook import RuleBook
from inzage.view_rights.looking import write
from inzage.view_rights.models import ViewRight


class Command(InzageCommand):
    help = (
        "Judge every right by the rule books in force and by DRAFT as well, to which running terms move on a day, and "
        "say which ends move; nothing is changed."
    )
    shown = "rehearse"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("draft", type=Path, metavar="DRAFT", help="a rule book as a TOML file")
        parser.add_argument(
            "--on",
            type=a_day,
            metavar="DAY",
            help="the day on which running terms move (default: the first on which they can)",
        )
        parser.add_argument(
            "--csv", type=Path, metavar="FOLDER", help="write there which rights move and which looks fail"
        )
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        parser.add_argument("--processes", type=processes, default=0, metavar="N", help="how many at once")

    def handle(self, *_args: Any, **options: Any) -> None:
        draft = a_book(options["draft"])
        if options["csv"]:
            write(AccessLine.Kind.EXPORT, by_operator(f"inzage rehearse, {draft.version}"), [])
        found = self._rehearsed(draft, options)
        self.stdout.write(json.dumps(found.figures()) if options["json"] else in_words(found))
        if options["csv"] and not options["json"]:
            self.stdout.write(f"Each by name: {options['csv'] / RIGHTS} and {options['csv'] / LOOKS}")

    def _rehearsed(self, draft: RuleBook, options: dict[str, Any]) -> Rehearsal:
        total = ViewRight.objects.count() if sys.stderr.isatty() else None
        with Progress(console=Console(file=sys.stderr), disable=total is None) as bar:
            task = bar.add_task("rights", total=total)
            try:
                return rehearse(
                    draft,
                    today=today(),
                    on=options["on"],
                    progress=lambda n: bar.advance(task, n),
                    processes=options["processes"],
                    folder=options["csv"],
                    with_numbers=True,
                )
            except NotRehearsed as error:
                raise Wrong(f"{options['draft']}: {error}") from error
