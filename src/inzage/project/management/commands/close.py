"""`inzage close`: the nightly closing run (S22)."""

import json
import time
from typing import Any

from django.core.management.base import CommandParser

from inzage.project.command import InzageCommand, a_day, now, stoppable, today
from inzage.rule_books.in_force import books
from inzage.rules.rulebook import OWNER
from inzage.view_rights.running import (
    OLD_REQUEST_MONTHS,
    Report,
    at_once,
    rehearse,
    requests_older_than,
    run,
)


class Command(InzageCommand):
    help = "Close every right whose last day lies before DAY, each judged again; missed nights are caught up."
    shown = "close"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--day", type=a_day, metavar="DAY", help="the day that begins (today where absent)"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be closed and opened")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        day = options["day"] or today()
        if day > today() and not options["dry_run"]:
            self.stderr.write(
                f"Note: {day} is still to come; rights that end before it are closed ahead of their day. That is for "
                "a copy of the register: what happens before that day no longer ends the rights it closed ahead."
            )
        started = time.perf_counter()
        with stoppable():
            report = (
                rehearse(day, clock=now) if options["dry_run"] else run(day, clock=now, threads=at_once())
            )
        took_ms = round((time.perf_counter() - started) * 1000)
        if options["json"]:
            self.stdout.write(_json(report, took_ms))
            return
        self.stdout.write(in_words(report, dry_run=options["dry_run"]))
        if waiting := len(requests_older_than(OLD_REQUEST_MONTHS, today=day)):
            self.stdout.write(
                f"  {waiting} requests older than six months keep a right open: inzage requests"
            )


def _json(report: Report, took_ms: int) -> str:
    return json.dumps(
        {
            "day": str(report.day),
            "examined": report.examined,
            "closed": report.closed,
            "held": report.held,
            "by_rule": report.by_rule,
            "rule_gaps": report.rule_gaps,
            "took_ms": took_ms,
        }
    )


def in_words(report: Report, *, dry_run: bool = False) -> str:
    """The report for people."""
    closed, opened = ("would close", "would open") if dry_run else ("closed", "opened")
    lines = [
        f"Closing for {report.day}: examined {report.examined}, {closed} {report.closed}, {opened} {report.opened}."
    ]
    lines += [f"  {count:>7}  {rule}" for rule, count in report.by_rule.items()]
    if report.held:
        lines.append(f"  {report.held} held at their end: they wait for a person, 30 days at most.")
    if report.unverified:
        lines.append(
            f"  {report.unverified} by a rule that is an assumption, not verified (docs/decisions/0013)."
        )
    if without_rule := services_without_rule(report):
        lines.append(
            f"  Alert: the rule book in force has no rule for {', '.join(without_rule)}: the fallback was used. "
            "Add a rule for each (docs/decisions/0013)."
        )
    if report.rule_gaps:
        lines.append(
            f"  {report.rule_gaps} with trajectory activities only: the page has no rule (docs/decisions/0010)."
        )
    return "\n".join(lines)


def services_without_rule(report: Report) -> list[str]:
    """The services under whose name rights were closed, while the book in force on that day has no row for them."""
    book = books().on(report.day)
    services = [rule.removeprefix(OWNER) for rule in report.by_rule if rule.startswith(OWNER)]
    return [service for service in services if not book.knows(service)]
