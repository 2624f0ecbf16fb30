"""The evening check: what would end tonight by a rule that nobody verified, or in unusual numbers, is held.

A held right stays usable until a person answers (`answering_held.py`), for 30 days at most. Only this check holds, and
what goes on with it after it has looked (`holding_at_once.py`): where it did not run, rights end as they stand. It goes
by batches, each one transaction; killed and run again, or run twice, it ends the same.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from inzage.journal.models import Origin
from inzage.notices.models import OfficialMail
from inzage.notices.officials import tell_officials, were_told
from inzage.partners.models import Person
from inzage.rules.days import day_of
from inzage.rules.holding import UNANSWERED, held_until
from inzage.rules.names import ClosingReason, Held, Status
from inzage.rules.thresholds import Limits
from inzage.view_rights.catching_up import lock
from inzage.view_rights.closing import has_ended, judged, put, save
from inzage.view_rights.gathering import gather
from inzage.view_rights.held import EveningCheck, Part
from inzage.view_rights.models import ViewRight, ViewRightVersion
from inzage.view_rights.scopes import Scope, these
from inzage.view_rights.usual_nights import parts_above

BATCH = 2500
TOLD_OF_HELD = (Person.Role.RULE_MANAGER, Person.Role.OPERATOR)
HELD = F("held_by_rule") + F("held_by_threshold")
UNVERIFIED = ~Q(rule_status=Status.VERIFIED)


class TooLate(Exception):
    """The evening of that day is past: its rights have ended, and nothing holds them any more."""


class TooEarly(Exception):
    """That evening is not yet: until then facts may move what ends on it."""


class Holding(NamedTuple):
    """What is held: of the rights that end on a day those to which `which` applies, and why."""

    day: date
    which: Q
    why: Held
    record: EveningCheck
    origin: Origin
    clock: Callable[[], datetime]


class EveningReport(NamedTuple):
    """What a check did: how many rights would end tonight, how many of them are held now, and the parts above."""

    day: date
    examined: int
    held_by_rule: int
    held_by_threshold: int
    above: list[Part]

    @property
    def held(self) -> int:
        """All that were held."""
        return self.held_by_rule + self.held_by_threshold


def check_evening(day: date, *, clock: Callable[[], datetime]) -> EveningReport:
    """Hold what must wait of the rights whose last day is `day`. Raises TooLate once that day is over, TooEarly before
    it begins.
    """
    origin = Origin(by="run", at=clock(), source="evening")
    if day > day_of(origin.at):
        raise TooEarly(f"the evening of {day} is not yet: what ends on it may still move.")
    _refuse_after(day, clock)
    record, _new = EveningCheck.objects.get_or_create(day=day, defaults={"started_at": origin.at})
    examined = ending_on(day).count()
    by_rule = 0
    if settings.REQUIRE_VERIFIED_RULES:
        by_rule = _hold(Holding(day, UNVERIFIED, Held.RULE, record, origin, clock))
    above = unusual_parts(day)
    by_threshold = 0
    if above:
        by_threshold = _hold(Holding(day, of_parts(above), Held.THRESHOLD, record, origin, clock))
    _finish(record, examined, above, at=clock())
    tell_what_is_held(at=clock())
    return EveningReport(day, examined, by_rule, by_threshold, above)


def check_late(*, clock: Callable[[], datetime]) -> None:
    """After something that moved many days: what now ends tonight is looked at, where the check has been."""
    today = day_of(clock())
    if EveningCheck.objects.filter(day=today).exclude(finished_at=None).exists():
        with suppress(TooLate):
            check_evening(today, clock=clock)
    tell_what_is_held(at=clock())


def ends_by_term() -> QuerySet[ViewRight]:
    """The open rights that their term ends, and that are not held."""
    return ViewRight.objects.filter(closed_on=None, ends_by=ClosingReason.TERM, held="")


def ending_on(day: date) -> QuerySet[ViewRight]:
    """The open rights that end by their term on that day, but for those that were held on it once: a person answered,
    or facts did.
    """
    before = ViewRightVersion.objects.filter(
        dossier=OuterRef("dossier"), right=OuterRef("pk"), proposed_last_day=day
    )
    return ends_by_term().filter(last_day=day, granted_on__lte=day).exclude(Exists(before))


def unusual_parts(day: date) -> list[Part]:
    """The parts of which unusually many end on that day."""
    return parts_above(day, ending_on(day), limits=Limits(**settings.EVENING_LIMITS))


def of_parts(above: list[Part]) -> Q:
    """The rights of these parts."""
    if any(part.kind == "all" for part in above):
        return Q()
    units = [part.id for part in above if part.kind == "unit"]
    rules = [part.id for part in above if part.kind == "rule"]
    return Q(unit__in=units) | Q(rule__in=rules)


def _hold(what: Holding) -> int:
    """All at once are asked for: to find the first by id of a day among millions takes as long as to find them all."""
    dossiers = list(
        ending_on(what.day).filter(what.which).order_by("pk").values_list("dossier_id", flat=True)
    )
    held = 0
    for first in range(0, len(dossiers), BATCH):
        held += _hold_batch(dossiers[first : first + BATCH], what)
    return held


@transaction.atomic
def _hold_batch(dossier_ids: list[int], what: Holding) -> int:
    """Hold what of these dossiers still ends on that day now that they are locked; returns how many."""
    scope = these(*lock(dossier_ids))
    held = hold_locked(scope, what)
    _refuse_after(what.day, what.clock)
    return held


def hold_locked(scope: Scope, what: Holding) -> int:
    """Hold what ends on that day of these dossiers, which are locked; returns how many."""
    rights = list(ending_on(what.day).filter(what.which, **scope.on("dossier_id")))
    gathered = gather(these(*(right.dossier_id for right in rights)))
    for right in rights:
        right.held, right.proposed_last_day, right.last_day = what.why, what.day, held_until(what.day)
        put(right, *judged(right, gathered.case_of(right), on=day_of(what.origin.at)))
    save(rights, origin=what.origin)
    held = sum(bool(right.held) for right in rights)
    column = "held_by_rule" if what.why is Held.RULE else "held_by_threshold"
    EveningCheck.objects.filter(pk=what.record.pk).update(**{column: F(column) + held})
    return held


def _refuse_after(day: date, clock: Callable[[], datetime]) -> None:
    """No right comes back that ended at midnight, however long the check took."""
    if day_of(clock()) > day:
        raise TooLate(f"{day} is over: its rights have ended, and a right that has ended is not held.")


@transaction.atomic
def _finish(record: EveningCheck, examined: int, above: list[Part], *, at: datetime) -> None:
    locked = EveningCheck.objects.select_for_update().get(pk=record.pk)
    locked.note(above, examined)
    locked.finished_at = at
    locked.save(update_fields=["above", "examined", "finished_at"])


def tell_what_is_held(*, at: datetime) -> None:
    """Rule managers and operators are told how many are held since they were told last, whoever held them."""
    for day in EveningCheck.objects.exclude(told=HELD).order_by("day").values_list("day", flat=True):
        _tell_of(day, at=at)


@transaction.atomic
def _tell_of(day: date, *, at: datetime) -> None:
    record = EveningCheck.objects.select_for_update().get(day=day)
    if more := record.held - record.told:
        tell_officials(OfficialMail.Kind.HELD, TOLD_OF_HELD, more, about=day, at=at)
        record.told = record.held
        record.save(update_fields=["told"])


def look_again_at_held(day: date, *, origin: Origin) -> None:
    """Each held right whose proposed day is past, judged anew as of `day`: what happened since may have moved it."""
    for dossier_ids in _held_before(day):
        _look_again(dossier_ids, day, origin=origin)


def _held_before(day: date) -> Iterator[list[int]]:
    held = waiting().filter(proposed_last_day__lt=day).order_by("pk")
    last = 0
    while batch := list(held.filter(pk__gt=last).values_list("pk", "dossier_id")[:BATCH]):
        yield [dossier for _right, dossier in batch]
        last = batch[-1][0]


@transaction.atomic
def _look_again(dossier_ids: list[int], day: date, *, origin: Origin) -> None:
    scope = these(*lock(dossier_ids))
    gathered = gather(scope)
    rights = waiting().filter(**scope.on("dossier_id"))
    standing = [right for right in rights if not has_ended(right, day)]
    moved = [right for right in standing if put(right, *judged(right, gathered.case_of(right), on=day))]
    save(moved, origin=origin)


def tell_unanswered(day: date, *, at: datetime) -> None:
    """The data protection officer is told, of each day once, what waits since twenty days without an answer."""
    long_ago = unanswered(day).order_by().values("proposed_last_day").annotate(number=Count("pk"))
    for row in long_ago.order_by("proposed_last_day"):
        about = row["proposed_last_day"]
        if about and not were_told(OfficialMail.Kind.UNANSWERED, about):
            roles = (Person.Role.DATA_PROTECTION_OFFICER,)
            tell_officials(OfficialMail.Kind.UNANSWERED, roles, row["number"], about=about, at=at)


def unanswered(day: date) -> QuerySet[ViewRight]:
    """The rights that on `day` wait twenty days or longer."""
    return waiting().filter(proposed_last_day__lte=day - timedelta(days=UNANSWERED))


def waiting() -> QuerySet[ViewRight]:
    """The rights that are held and wait for a person."""
    return ViewRight.objects.filter(closed_on=None).exclude(held="")
