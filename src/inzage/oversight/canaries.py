"""A canary: a made-up right that ends today, made by the use cases, asked for around midnight, and then undone.

It is never committed. So it stands in no list, figure, file or search, nobody gets a mail and no other institution a
message of it; and yet the database, the use cases, the rules and the decision are those of everyone
(docs/decisions/0058).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from inzage.dossiers.models import Client, Dossier
from inzage.journal.models import Origin
from inzage.journal.turns import take_turn_if_free
from inzage.oversight.models import CanaryWatch
from inzage.partners.models import Membership, Person, Unit
from inzage.rule_books.in_force import refresh
from inzage.rules.days import day_of, midnight
from inzage.rules.names import Part, Purpose, Route
from inzage.rules.periods import day_after, eve
from inzage.rules.rulebook import RuleBooks
from inzage.rules.viewing import Verb
from inzage.view_rights.consenting import Asked as AskedForm
from inzage.view_rights.consenting import ask_right, take_in
from inzage.view_rights.deciding import decide_all
from inzage.view_rights.granting import grant_by_form
from inzage.view_rights.models import ViewRight
from inzage.view_rights.questions import Asked, Subject, When
from inzage.view_rights.viewing import standing_right
from inzage.view_rights.withdrawing import withdraw

READY = timedelta(seconds=2)
"""Before midnight: time enough to make the canary."""
BEFORE, AFTER = timedelta(seconds=1), timedelta(seconds=2)
EVERY = timedelta(milliseconds=50)
"""From when until when it is asked for, and how often."""
NAME = "KANARIE"
TURN = "canary"
BORN = "600101000"
INSZ = f"{BORN}{97 - int(BORN) % 97:02}"
"""Well-formed, and nobody's: no one was the 0th to be born on a day."""
LONGEST = 800
"""Days: no term from a grant is longer."""


class Canary(NamedTuple):
    """Who is asked about: a counsellor of the unit that has the right."""

    dossier: int
    reference: UUID
    unit: Unit
    person: Person
    last_day: date


@contextmanager
def canary(last_day: date) -> Iterator[Canary]:
    """A right whose last day is this one, there for nobody else, and gone afterwards."""
    with transaction.atomic():
        try:
            yield _made(last_day)
        finally:
            transaction.set_rollback(True)


def watch(
    day: date, *, clock: Callable[[], datetime], wait: Callable[[timedelta], None]
) -> CanaryWatch | None:
    """Watch over the midnight at which `day` ends, and keep what was heard; nothing where another process does.

    On SQLite the other had to be waited for, and what it heard is there already. Made too late to be asked for, a
    canary says nothing, and nothing is kept.
    """
    with transaction.atomic():
        if not take_turn_if_free(TURN) or CanaryWatch.objects.filter(day=day).exists():
            return None
        with canary(day) as made:
            heard = listen(day, lambda: says_yes(made, clock()), clock=clock, wait=wait)
        if heard.asked:
            heard.save(force_insert=True)
    return heard


def listen(
    day: date,
    ask: Callable[[], bool],
    *,
    clock: Callable[[], datetime],
    wait: Callable[[timedelta], None],
) -> CanaryWatch:
    """Ask from a second before the end of `day` until two after it. An answer counts from when it was asked for."""
    ends = midnight(day_after(day))
    heard = CanaryWatch(day=day, asked=0, overrun=0, early=0)
    while (at := clock()) <= ends + AFTER:
        if at >= ends - BEFORE:
            _note(heard, ask(), at, ends)
        wait(EVERY)
    return heard


def _note(heard: CanaryWatch, yes: bool, at: datetime, ends: datetime) -> None:
    heard.asked += 1
    if yes:
        heard.last_yes_at = at
        heard.overrun = max(heard.overrun, _microseconds(at - ends))
    elif heard.first_no_at is None:
        heard.first_no_at = at
        heard.early = _microseconds(ends - at)


def _microseconds(late: timedelta) -> int:
    return max(late // timedelta(microseconds=1), 0)


def says_yes(made: Canary, at: datetime) -> bool:
    """The decision of pages and that of other systems; before the last day is over both must say yes, then neither."""
    today = day_of(at)
    asked = Asked(
        kind=Subject.PARTNER_USER,
        name=made.person.subject,
        issuer=made.person.issuer,
        unit=made.unit.oe_number,
        dossier=made.reference,
        verb=Verb.VIEW,
        part=Part.GENERAL,
    )
    (decided,) = decide_all([asked], When(today))
    answers = {decided.allowed, standing_right(made.dossier, made.unit.pk, on=today) is not None}
    return answers.pop() if len(answers) == 1 else today > made.last_day


def _made(last_day: date) -> Canary:
    unit = Unit.objects.create(oe_number=NAME, name=NAME, kind="partner")
    person = Person.objects.create(issuer=NAME, subject=NAME, name=NAME, role=Person.Role.COUNSELLOR)
    Membership.objects.create(person=person, unit=unit)
    client = Client.objects.create(client_number=NAME, insz=INSZ, family_name=NAME, given_name=NAME)
    dossier = Dossier.objects.create(client=client)
    _grant(dossier.pk, unit, last_day)
    return Canary(dossier.pk, dossier.reference, unit, person, last_day)


def _grant(dossier: int, unit: Unit, last_day: date) -> None:
    """By a form of so long ago that its term ends then; where none does, by one of the day before, withdrawn."""
    on = granted_to_end_on(last_day, refresh()) or eve(last_day)
    origin = _entered(on)
    form = ask_right(dossier, AskedForm(unit, Route.FORM, Purpose.GUIDANCE), origin=origin)
    take_in(form.pk, completed_on=on, informed_of_actiris=True, origin=origin)
    if grant_by_form(form.pk, origin=origin).last_day != last_day:
        withdraw(form.pk, withdrawn_on=day_after(last_day), origin=_entered(last_day))
    assert ViewRight.objects.get(dossier=dossier).last_day == last_day


def _entered(on: date) -> Origin:
    return Origin("system:canary", midnight(on), "canary")


def granted_to_end_on(last_day: date, by: RuleBooks) -> date | None:
    """The latest day on which a grant without any activity ends then; none for a 29 or 30 August, say."""
    for back in range(1, LONGEST):
        on = last_day - timedelta(days=back)
        if by.governing(on, on=last_day).no_activity.last_day(on) == last_day:
            return on
    return None
