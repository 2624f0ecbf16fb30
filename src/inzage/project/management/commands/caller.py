"""`inzage caller`: which systems may ask for decisions, and what about."""

from collections.abc import Collection
from typing import Any

from django.core.management.base import CommandParser

from inzage.decision_api.callers import keeping
from inzage.decision_api.callers.keeping import ALL_UNITS, CallerRefused, Wanted
from inzage.decision_api.models import Caller
from inzage.project.command import InzageCommand, Wrong, by_operator
from inzage.rules.names import Part


class Command(InzageCommand):
    help = (
        "Say which systems may ask for decisions, known by the client id in their tokens, and about which units and "
        "parts of a dossier. What is changed counts from the next question on."
    )
    shown = "caller"

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="list|add|change|stop")
        what.add_parser("list", help="show them, and what they may ask about")
        add = what.add_parser("add", help="let a system ask, or one that was stopped ask again")
        _add_wanted(add, required=True)
        change = what.add_parser("change", help="change what a system may ask about")
        _add_wanted(change, required=False)
        what.add_parser("stop", help="no yes any more, whatever its tokens say").add_argument("client_id")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["what"] == "list":
            callers = list(Caller.objects.order_by("client_id"))
        else:
            callers = [_changed(options["what"], options["client_id"], options)]
        for caller in callers:
            self.stdout.write(_line(caller))


def _changed(what: str, client_id: str, options: dict[str, Any]) -> Caller:
    origin = by_operator("inzage caller").origin
    try:
        if what == "stop":
            return keeping.stop(client_id, origin)
        act = keeping.add if what == "add" else keeping.change
        return act(client_id, _wanted(options), origin)
    except CallerRefused as refused:
        raise Wrong(f"{refused}\nNothing was changed.") from refused


def _add_wanted(parser: CommandParser, *, required: bool) -> None:
    parser.add_argument("client_id", metavar="CLIENT_ID", help="as in its tokens")
    parser.add_argument("--name", required=required, help="what people call it")
    units = parser.add_mutually_exclusive_group(required=required)
    units.add_argument("--all-units", action="store_true", help="every unit, also those still to come")
    units.add_argument("--units", nargs="+", metavar="OE", help="the OE numbers of the units, all of them")
    parts = [part.value for part in Part]
    parser.add_argument(
        "--parts", nargs="+", required=required, choices=parts, metavar="PART", help=", ".join(parts)
    )


def _wanted(options: dict[str, Any]) -> Wanted:
    units: Collection[str] | None = ALL_UNITS if options["all_units"] else options["units"]
    parts = options["parts"] and [Part(part) for part in options["parts"]]
    wanted = Wanted(options["name"], units, parts)
    if wanted == Wanted():
        raise Wrong("Say what is to change: --name, --units or --all-units, --parts.")
    return wanted


def _line(caller: Caller) -> str:
    units = "all units" if caller.all_units else f"units {' '.join(keeping.units_of(caller)) or '-'}"
    parts = " ".join(part for part in Part if part in caller.parts)
    stopped = "" if caller.is_active else ", stopped"
    return f"{caller.client_id:<20} {caller.name}: {units}, parts {parts}{stopped}"
