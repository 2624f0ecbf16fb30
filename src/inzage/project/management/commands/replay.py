"""`inzage replay`: do the decisions of a day come out the same, judged again?"""

import sys
from typing import Any

from django.core.management.base import CommandParser

from inzage.oversight.rejudging import Difference, Judged, replay
from inzage.project.command import InzageCommand, Wrong, a_day, today


class Command(InzageCommand):
    help = (
        "Judge the decisions that other systems were given on a day again, from the facts as they were known at each "
        "moment; exit code 1 where one comes out differently."
    )
    shown = "replay"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("day", type=a_day, metavar="DAY")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["day"] > today():
            raise Wrong(f"{options['day']} is still to come; expected today, or a day before it.")
        judged, overtaken, left, differences = replay(options["day"])
        for difference in differences:
            self.stdout.write(_in_words(difference))
        self.stdout.write(
            f"{judged} decisions judged again, {len(differences)} come out differently; {overtaken} were given while "
            f"a change was being written; {left} were left: not on a right, or about another moment."
        )
        sys.exit(1 if differences else 0)


def _in_words(difference: Difference) -> str:
    record, position, at, recorded, again = difference
    return f"{at:%Y-%m-%d %H:%M:%S} {record} {position}: recorded {_judged(recorded)}; judged again {_judged(again)}"


def _judged(judged: Judged) -> str:
    reason, right, rule, version, last_day = judged
    until = f" until {last_day}" if last_day else ""
    return f"{reason} (right {right}, {rule} {version}{until})" if right else reason
