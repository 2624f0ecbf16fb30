"""`inzage check-book`: can a draft be carried out, what does it change, and does it ever open anything?"""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from inzage.oversight.books_with import NotRehearsed, books_with
from inzage.project.command import InzageCommand, Wrong, a_book, a_day, a_text, today
from inzage.rule_books.in_force import books
from inzage.rules.changes import Sort, compared
from inzage.rules.comparing import Change, Comparison, compare
from inzage.rules.gaps import gap_among
from inzage.rules.rulebook import RuleBook
from inzage.rules.unreadable import UnreadableBook
from inzage.view_rights.changes_in_words import changes_in_words, gap_in_words
from inzage.view_rights.examples_in_words import example_in_words
from inzage.view_rights.explaining import LANGUAGES, in_words, sentences


class Command(InzageCommand):
    help = (
        "Read a draft of a rule book, say what it changes rule by rule, and judge every combination of facts within "
        "bounds under the books in force and under the draft. Exit code 1 where it ever opens or lengthens a right, or "
        "takes days off a term that runs already, or can't come into force because a service is left out."
    )
    shown = "check-book"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("draft", type=Path, metavar="DRAFT", help="the draft, a TOML file")
        parser.add_argument(
            "--on",
            type=a_day,
            metavar="DAY",
            help="the day on which running terms would move (default: none do)",
        )
        parser.add_argument("--lang", choices=LANGUAGES, default="en")

    def handle(self, *_args: Any, draft: Path, **options: Any) -> None:
        book = a_book(draft)
        if book in books().every():
            raise Wrong(
                f"{draft}: this book is published already, from {book.starts_on} on, and changes nothing by itself. To "
                "see what it does to running terms, rehearse it: inzage rehearse. To check a change, give the draft a "
                "first day that no book has, tomorrow at the earliest."
            )
        try:
            books().with_draft(book)
            books_with(book, books(), on=options["on"], today=today())
        except (UnreadableBook, NotRehearsed) as error:
            raise Wrong(f"{draft}: {error}") from error
        gap = gap_among(book, a_text(draft), books())
        language = options["lang"]
        can = sentences(language)["checked"]["carried_out"].format(day=in_words(book.starts_on, language))
        self.stdout.write(gap_in_words(gap, language) if gap else can)
        self._say_what_changes(book, books().on(book.starts_on), language)
        found = compare(book, books(), moved_on=options["on"])
        self._say_what_was_found(found, language)
        sys.exit(1 if found.unasked or gap else 0)

    def _say_what_changes(self, draft: RuleBook, before: RuleBook, language: str) -> None:
        rules = compared(before, draft)
        differing = sum(rule.sort is not Sort.SAME for rule in rules)
        changes = sentences(language)["checked"]["changes_some" if differing else "changes_none"]
        self.stdout.write(changes.format(differing=differing, all=len(rules)))
        for was, becomes in changes_in_words(draft, before, language):
            self.stdout.write(f"- {was}\n  → {becomes}")

    def _say_what_was_found(self, found: Comparison, language: str) -> None:
        judged = sentences(language)["checked"]["judged"]
        self.stdout.write(judged.format(combinations=found.combinations, differing=found.differing))
        for example in found.of(*Change):
            first, *more = example_in_words(example, language)
            self.stdout.write(f"{first} ({in_words(example.day, language)})")
            self.stdout.writelines(f"    {sentence}\n" for sentence in more)
