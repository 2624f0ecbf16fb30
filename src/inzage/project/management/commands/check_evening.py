"""`inzage check-evening`: what would end tonight and must wait for a person is held."""

import json
from typing import Any

from django.core.management.base import CommandParser

from inzage.project.command import InzageCommand, Wrong, a_day, now, stoppable, today
from inzage.view_rights.held import Part
from inzage.view_rights.holding import EveningReport, TooEarly, TooLate, check_evening


class Command(InzageCommand):
    help = (
        "Hold what would end on DAY by a rule that is not verified (where the setting says so), or in unusual numbers; "
        "the worker does this every evening at 22:00."
    )
    shown = "check-evening"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--day",
            type=a_day,
            metavar="DAY",
            help="the day that ends (today where absent; one to come is refused)",
        )
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        day = options["day"] or today()
        try:
            with stoppable():
                report = check_evening(day, clock=now)
        except TooEarly as error:
            raise Wrong(f"{error} Nothing was held. The worker checks each evening by itself.") from None
        except TooLate as error:
            raise Wrong(
                f"{error} Restore what ended by an error with four eyes, from the client's page."
            ) from None
        self.stdout.write(_json(report) if options["json"] else in_words(report))


def _json(report: EveningReport) -> str:
    return json.dumps(
        {
            "day": str(report.day),
            "examined": report.examined,
            "held": report.held,
            "held_by_rule": report.held_by_rule,
            "held_by_threshold": report.held_by_threshold,
            "above": [part._asdict() | {"id": None} for part in report.above],
        }
    )


def in_words(report: EveningReport) -> str:
    """The report for people."""
    lines = [
        f"Evening check of {report.day}: {report.examined} would end, {report.held} held "
        f"({report.held_by_rule} by a rule that is not verified, {report.held_by_threshold} above a threshold)."
    ]
    lines += [f"  {part.number:>7}  {_part(part)}" for part in report.above]
    return "\n".join(lines)


def _part(part: Part) -> str:
    return "in all" if part.kind == "all" else f"{part.kind} {part.name}"
