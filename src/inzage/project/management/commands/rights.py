"""`inzage rights`: the state of the register at the end of a day."""

import json
from datetime import date
from typing import Any

from django.core.management.base import CommandParser

from inzage.project.command import InzageCommand, a_day, by_operator, how_sure, today
from inzage.rule_books.in_force import books
from inzage.view_rights.listing import as_the_format_has_it, export


class Command(InzageCommand):
    help = "Print the view rights at the end of a day, sorted by client, unit and day of grant."
    shown = "rights"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=a_day, metavar="DAY", help="the day (today where absent)")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *_args: Any, **options: Any) -> None:
        for state in export(options["on"] or today(), by_operator("inzage rights")):
            self.stdout.write(_json(state) if options["json"] else _line(state))


def _json(state: dict[str, Any]) -> str:
    return json.dumps(as_the_format_has_it(state), ensure_ascii=False)


def _doubt(state: dict[str, Any]) -> str:
    """How sure its rule is, by the book that was in force on the day that is counted from."""
    anchor = state["anchor"]
    book = books().on(date.fromisoformat(anchor["on"]) if anchor else date.max)
    return how_sure(book.rule(state["rule"]).status)


def _line(state: dict[str, Any]) -> str:
    """One right for people: who, since when, on which grounds, until when, by which rule."""
    until = state["last_day"] or "open"
    closed = f", closed on {state['closed_on']} ({state['closing_reason']})" if state["closed_on"] else ""
    grounds = "+".join(state["grounds"]) or "-"
    return (
        f"{state['client_number']:<12} {state['oe_number']:<10} {state['granted_on']} → {until:<10} "
        f"{grounds:<20} {state['rule']}{_doubt(state)}{closed}"
    )
