"""`inzage book show VERSION`: one rule book, rule by rule."""

from datetime import date
from typing import Any

from django.core.management.base import CommandParser

from inzage.project.command import InzageCommand, Wrong, a_day, how_sure
from inzage.rule_books.in_force import refresh
from inzage.rule_books.texts import text_of
from inzage.rules.rulebook import RuleBook
from inzage.view_rights.explaining import LANGUAGES, sentences
from inzage.view_rights.rules_in_words import period_in_words, rule_in_words


class Command(InzageCommand):
    help = (
        "Show a rule book that is or comes into force: its rules in words, with their sources; or its text."
    )
    shown = "book"

    def add_arguments(self, parser: CommandParser) -> None:
        show = parser.add_subparsers(metavar="show", required=True).add_parser("show", help="show one book")
        show.add_argument("version", type=a_day, metavar="VERSION", help="its first day, as YYYY-MM-DD")
        show.add_argument("--lang", choices=LANGUAGES, default="nl")
        show.add_argument("--text", action="store_true", help="the text as it was written")

    def handle(self, *_args: Any, **options: Any) -> None:
        starts_on: date = options["version"]
        book = next((one for one in refresh().every() if one.starts_on == starts_on), None)
        if book is None:
            raise Wrong(f"No rule book starts on {starts_on}. `inzage books` lists those there are.")
        if options["text"]:
            self.stdout.write(text_of(starts_on), ending="")
            return
        self._show(book, options["lang"])

    def _show(self, book: RuleBook, language: str) -> None:
        for rule in book.every_rule():
            self.stdout.write(f"{rule.id}{how_sure(rule.status, language)}")
            self.stdout.write(f"    {rule_in_words(rule, language)}\n    {rule.source}")
        for service, longest in sorted(book.longest.items()):
            named = sentences(language)["rule_book"]["longest"].format(service=service)
            self.stdout.write(f"{named}{how_sure(longest.origin.status, language)}")
            self.stdout.write(f"    {period_in_words(longest.period, language)}\n    {longest.origin.source}")
