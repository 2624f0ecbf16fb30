"""`inzage as-of`: who could see what on a past day, from what was known then and from what is known now."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.db.models import Max, Min

from inzage.access_log.models import AccessLine
from inzage.dossiers.models import Dossier
from inzage.oversight.past_days import Compared, Stood, compared
from inzage.oversight.recorded import Late
from inzage.partners.models import Unit
from inzage.project.command import InzageCommand, Wrong, a_day, a_moment, by_operator, today
from inzage.view_rights.looking import Look, write
from inzage.view_rights.scopes import Scope, between, these

CHUNK = 2000
"""Dossiers at a time: bounds the memory, and what one line of the access log names."""


class Command(InzageCommand):
    help = (
        "Say who could see which dossier on a day: from what was known at the end of that day, and from what is known "
        "now. What was registered late shows as a difference, with what was registered."
    )
    shown = "as-of"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("day", type=a_day, metavar="DAY")
        parser.add_argument("--client", metavar="NUMBER", help="only this client's dossier")
        parser.add_argument("--partner", metavar="OE", help="only this unit")
        parser.add_argument(
            "--known-at",
            type=a_moment,
            metavar="MOMENT",
            help="from what was known at this moment, in place of the end of the day",
        )
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *_args: Any, **options: Any) -> None:
        day: date = options["day"]
        if day > today():
            raise Wrong(f"{day} is still to come; expected today, or a day before it.")
        if options["partner"] and not Unit.objects.filter(oe_number=options["partner"]).exists():
            raise Wrong(f"there is no unit {options['partner']}. Check its OE number.")
        if not self._say(options) and not options["json"]:
            self.stdout.write(_nobody(options))

    def _say(self, options: dict[str, Any]) -> int:
        """Print each right that stood; how many there were."""
        said, day, at = 0, options["day"], by_operator("inzage as-of")
        for scope in [_of_client(options["client"])] if options["client"] else _all():
            for told in _told(scope, day, options["known_at"], options["partner"], at):
                self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else _line(told))
                said += 1
        return said


def _nobody(options: dict[str, Any]) -> str:
    """That there is nothing to print, and of whom that was asked."""
    of = f" of {options['partner']}" if options["partner"] else ""
    on = f" on the dossier of client {options['client']}" if options["client"] else ""
    return f"nobody: on {options['day']} no view right{of}{on} stood, by what was known then or by what is known now"


def _of_client(number: str) -> Scope:
    dossier = Dossier.objects.filter(client__client_number=number).values_list("pk", flat=True).first()
    if dossier is None:
        raise Wrong(f"there is no client {number}. Check the number; `inzage rights` lists all rights.")
    return these(dossier)


def _all() -> Iterator[Scope]:
    ends = Dossier.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is not None:
        for first in range(ends["first"], ends["last"] + 1, CHUNK):
            yield between(first, min(first + CHUNK - 1, ends["last"]))


@transaction.atomic
def _told(
    scope: Scope, day: date, known_at: datetime | None, partner: str | None, at: Look
) -> list[dict[str, Any]]:
    """What is printed of these dossiers, with the line in the access log that names them."""
    pairs = [
        pair for pair in compared(scope, day, known_at) if partner is None or pair.either.oe_number == partner
    ]
    shown = list(dict.fromkeys(pair.either.dossier for pair in pairs))
    if shown:
        write(AccessLine.Kind.EXPORT, at, [(dossier, None) for dossier in shown])
    named = Dossier.objects.filter(pk__any=shown).values_list("pk", "client__client_number")
    numbers = dict(named)
    return [_pair(pair, numbers[pair.either.dossier], day) for pair in pairs]


def _pair(pair: Compared, client: str, day: date) -> dict[str, Any]:
    return {
        "client_number": client,
        "oe_number": pair.either.oe_number,
        "day": str(day),
        "then": _right(pair.then),
        "now": _right(pair.now),
        "differs": pair.differs,
        "recorded_late": [_recorded(one) for one in pair.behind_it],
    }


def _right(stood: Stood | None) -> dict[str, Any] | None:
    return stood and {
        "granted_on": str(stood.granted_on),
        "grounds": [str(ground) for ground in stood.grounds],
        "relation": stood.relation,
        "rule": stood.rule,
        "last_day": str(stood.last_day) if stood.last_day else None,
    }


def _recorded(one: Late) -> dict[str, str]:
    return {
        "what": one.what,
        "holds_from": str(one.holds_from),
        "recorded_at": one.recorded_at.isoformat(timespec="seconds"),
    }


def _line(told: dict[str, Any]) -> str:
    """One unit and dossier for people."""
    who = f"{told['client_number']:<12} {told['oe_number']:<10}"
    if not told["differs"]:
        return f"{who} then and now {_words(told['then'])}"
    causes = "; ".join(
        f"{one['what']} of {one['holds_from']}, recorded {one['recorded_at']}"
        for one in told["recorded_late"]
    )
    because = f" ({causes})" if causes else ""
    return f"{who} DIFFERS: then {_words(told['then'])}; now {_words(told['now'])}{because}"


def _words(right: dict[str, Any] | None) -> str:
    if right is None:
        return "no"
    until = right["last_day"] or "open"
    return f"yes, {right['granted_on']} → {until} {'+'.join(right['grounds']) or '-'} {right['rule']}"
