"""`inzage balance`: every message of a day matched one to one with what the other side holds (S13, S14)."""

import json
import sys
from datetime import date, timedelta
from typing import Any

from django.core.management.base import CommandParser

from inzage.oversight.balancing import WHAT_TO_DO, Balance, ask_about
from inzage.oversight.checked import keep_balance
from inzage.project.balances import LINES, drawn_up
from inzage.project.command import InzageCommand, Wrong, a_day, now, today


class Command(InzageCommand):
    help = (
        "Match every message of a day one to one with the other side: sent, received, applied. Each difference becomes "
        "a task, once; exit code 1 where there is one."
    )
    shown = "balance"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("institution", choices=list(LINES))
        parser.add_argument("--day", type=a_day, metavar="DAY", help="the day (yesterday where absent)")
        parser.add_argument("--json", action="store_true", help="print the balance as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        name, day = options["institution"], options["day"] or today() - timedelta(days=1)
        if day > today():
            raise Wrong(f"{day} is still to come; expected today, or a day before it.")
        balance = drawn_up(name, day)
        tasks = ask_about(balance, name, at=now())
        keep_balance(balance, name, day=day, at=now())
        self.stdout.write((_json if options["json"] else _in_words)(balance, name, day, tasks))
        sys.exit(1 if balance.faults else 0)


def _json(balance: Balance, name: str, day: date, tasks: int) -> str:
    counts = {**balance._asdict(), "faults": balance.faults, "new_tasks": tasks}
    return json.dumps({"institution": name, "day": str(day), **counts})


def _in_words(balance: Balance, name: str, day: date, tasks: int) -> str:
    lines = [
        f"{name}, {day}: sent {balance.sent}, received {balance.received}, applied {balance.applied}, "
        f"on their way {balance.under_way}; {len(balance.faults)} differ, {tasks} new tasks."
    ]
    lines += [f"  {message}: {WHAT_TO_DO[fault]}" for message, fault in balance.faults.items()]
    return "\n".join(lines)
