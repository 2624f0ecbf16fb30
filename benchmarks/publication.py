"""`python -m benchmarks.publication`: a book that starts at midnight counts from the first answer after it, everywhere.

Several `inzage decide` with processes of their own live by a wall clock that is set. Shortly before midnight, as late
as that can be, another process publishes a book that starts with the new day. Over many connections all are asked
without a pause what would end a right: the day depends on the book that counts if that happens today. On the server in
INZAGE_BENCH_POSTGRES or INZAGE_TEST_POSTGRES; on SQLite without one.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from functools import partial
from threading import Event
from typing import NamedTuple

from benchmarks.asking import EVALUATION, Line, again_and_again, may_view, partner_user
from benchmarks.decision_point import PATIENCE, DecisionPoint
from benchmarks.measuring import Row, show
from benchmarks.running import script
from benchmarks.wall_clock import WallClock, own_register

MIDNIGHT = datetime(2025, 3, 31, 22, tzinfo=UTC)
"""The end of 31 March in Brussels."""
PUBLISHED = MIDNIGHT - timedelta(seconds=61)
"""A minute before midnight nothing is decided for the new day any more."""
BEFORE, AFTER = date(2025, 9, 30), date(2025, 7, 1)
"""The last day of an executor who stops on 31 March, six months later; and of one who stops on 1 April, after three."""
CONNECTIONS = 16
SECONDS = 2
FILL = """
from datetime import date, timedelta
from inzage.dossiers.models import Client, Dossier
from inzage.journal.models import Origin
from inzage.partners.models import Membership, Person, Unit
from inzage.rules.days import midnight
from inzage.rules.names import Kind, Purpose, Route
from inzage.view_rights.consenting import Asked, ask_right, take_in
from inzage.view_rights.granting import grant_by_form
from inzage.view_rights.registering import Actor, NewActivity, register

on = date(2025, 1, 10)
origin = Origin("person:1", midnight(on) + timedelta(hours=12), "portal")
unit = Unit.objects.create(oe_number="OE1", name="Spoor", kind="partner")
person = Person.objects.create(issuer="test", subject="counsellor", name="Iemand", role="counsellor")
Membership.objects.create(person=person, unit=unit)
insz = f"600101999{97 - 600101999 % 97:02}"
client = Client.objects.create(client_number="BENCH", insz=insz, family_name="V", given_name="A")
dossier = Dossier.objects.create(client=client)
form = ask_right(dossier.pk, Asked(unit, Route.FORM, Purpose.GUIDANCE), origin=origin)
take_in(form.pk, completed_on=on, informed_of_actiris=True, origin=origin)
grant_by_form(form.pk, origin=origin)
register(dossier.pk, NewActivity(unit, Kind.TRAINING, "", started_on=on), actor=Actor(origin))
print(dossier.reference)
"""
PUBLISH = '''
from datetime import datetime
from inzage.journal.models import Origin
from inzage.rule_books.in_force import books
from inzage.rule_books.publishing import approve, keep_draft, propose_publication

SERVICES = "\\n".join(f'{service} = {{ status = "assumption" }}' for service in books().every()[-1].owners)
TERM = 'source = "To measure with"\\nstatus = "verified"'
TEXT = f"""
starts_on = 2025-04-01
[rounding]
months = "nth-to-eve"
days = "after-the-event"
[executor]
months = 3
{TERM}
[no_activity]
months = 6
{TERM}
[owner]
months = 6
{TERM}
[services]
{SERVICES}
"""
at = datetime.fromisoformat(sys.argv[1])
draft = keep_draft(TEXT, "april.toml", origin=Origin("person:1", at, "portal"))
proposal = propose_publication(draft, {}, origin=Origin("person:1", at, "portal"))
approve(proposal, origin=Origin("person:2", at, "portal"))
'''


class Plan(NamedTuple):
    """How many `inzage decide`, and how many processes each."""

    points: int
    processes: int


def publication(environment: Mapping[str, str], clock: WallClock, plan: Plan) -> Counter[str]:
    """How often the books were asked about. The database of the environment is migrated, and empty."""
    reference = script(environment, FILL).strip()
    counted: Counter[str] = Counter()
    clock.set(PUBLISHED)
    with ExitStack() as running:
        points = [
            running.enter_context(
                DecisionPoint({**environment, **clock.environment}, processes=plan.processes)
            )
            for _ in range(plan.points)
        ]
        lines = [Line(point.port) for point in points for _ in range(CONNECTIONS)]
        _ask(lines, reference, counted, clock, until=clock.now())
        script(environment, PUBLISH, PUBLISHED.isoformat())
        clock.set(MIDNIGHT - timedelta(seconds=SECONDS))
        _ask(lines, reference, counted, clock, until=MIDNIGHT + timedelta(seconds=SECONDS))
        for line in lines:
            line.close()
    return counted


def _ask(
    lines: Sequence[Line], reference: str, counted: Counter[str], clock: WallClock, *, until: datetime
) -> None:
    """Ask over all connections until then, and over each at least once; RuntimeError where that takes too long."""
    first = [Event() for _ in lines]
    acts = [partial(_one, line, reference, counted, done) for line, done in zip(lines, first, strict=True)]
    with again_and_again(acts):
        answered = (done.wait(PATIENCE) for done in first)
        if not all(answered):
            raise RuntimeError(f"not answered over each connection: {counted}")
        Event().wait((until - clock.now()).total_seconds())


def _one(line: Line, reference: str, counted: Counter[str], done: Event) -> None:
    answer = line.ask(EVALUATION, {**may_view(partner_user(), reference), "context": {"explain": True}})
    if answer is None or answer.status != 200:
        counted["unanswered"] += 1
        return
    context = answer.content["context"]
    after = datetime.fromisoformat(context["evaluated_at"]) >= MIDNIGHT
    days = {mover["code"]: mover["last_day"] for mover in context["explanation"]["movers"]}
    right = days["activities_close"] == str(AFTER if after else BEFORE)
    counted[f"{'after' if after else 'before'}, by the {'right' if right else 'wrong'} book"] += 1
    done.set()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.publication", description=__doc__)
    parser.add_argument("--points", type=int, default=2, help="how many `inzage decide`")
    parser.add_argument("--processes", type=int, default=2, help="how many processes each")
    plan = Plan(**vars(parser.parse_args()))
    with own_register("publication") as (environment, clock):
        counted = publication(environment, clock, plan)
    rows = _rows(counted)
    show(f"{plan.points} `inzage decide` with {plan.processes} processes each", rows)
    return 0 if all(row.met for row in rows) else 1


def _rows(counted: Counter[str]) -> list[Row]:
    rows = []
    for when in ("before", "after"):
        right, wrong = (counted[f"{when}, by the {book} book"] for book in ("right", "wrong"))
        rows.append(
            Row(
                f"answers {when} midnight by the wrong book",
                str(wrong),
                f"{right:,} by the right one, {counted['unanswered']} unanswered",
                "0",
                wrong == 0 < right,
            )
        )
    return rows


if __name__ == "__main__":
    sys.exit(main())
