"""A right from under which consents are taken: does it end, or stay? Judged beforehand, and done by that judgement."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from inzage.consents.models import FormState
from inzage.journal.models import Origin
from inzage.notices.sending import tell
from inzage.rule_books.in_force import books
from inzage.rules.closing import Outcome, outcome_of
from inzage.rules.days import day_of
from inzage.rules.facts import Case
from inzage.rules.history import grants_at_all
from inzage.rules.holding import outcome_with_holds
from inzage.rules.names import ClosingReason, Ground
from inzage.rules.periods import eve
from inzage.view_rights.catching_up import open_right
from inzage.view_rights.closing import close_at_once
from inzage.view_rights.gathering import gather
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.recording import record
from inzage.view_rights.scopes import these
from inzage.view_rights.watching import watch_enrolment


class Withdrawal(NamedTuple):
    """What taking consents away on a day does to the right that they opened or extended: does it end?

    `opens_anew`: another ground was given that very day. On one day ends go before beginnings, so it opens the
    next right at once, and the partner goes on seeing the dossier. `left` are the grounds on which the unit goes on,
    and `last_day` the last day that the right then has, as far as is known: none while nothing ends it.
    """

    right: ViewRight | None
    ends: bool
    opens_anew: bool = False
    left: tuple[Ground, ...] = ()
    last_day: date | None = None


def foresee(right: ViewRight, lost: Collection[Grant], *, on: date, today: date) -> Withdrawal:
    """What the right, which stands, comes to without these of its grounds from day `on`, today or later."""
    case = _without(gather(these(right.dossier_id)).case_of(right), lost, on)
    outcome = _outcome(right, case, since=max(right.granted_on, eve(today)), today=today)
    ends = outcome is None or (outcome.reason is ClosingReason.WITHDRAWN and outcome.closed_on() == on)
    last_day = eve(on) if outcome is None else outcome.last_day
    counting = [
        one
        for one in case.grants
        if one.granted_on <= on and (one.withdrawn_on is None or one.withdrawn_on > on)
        if not (ends and one.ground is Ground.RESTORED)  # what a person kept or restored ends with the right
    ]
    given_that_day = any(one.granted_on == on for one in counting)
    left = tuple(dict.fromkeys(one.ground for one in counting))
    return Withdrawal(right, ends, ends and given_that_day, left, last_day)


def _outcome(right: ViewRight, case: Case, *, since: date, today: date) -> Outcome | None:
    """How the right, which stood on day `since`, ends now; none where it has lost the ground that it stood on."""
    if not any(one.granted_on <= since for one in case.grants):
        return None
    if right.proposed_last_day is None:
        return outcome_of(case, books(), since=since)
    waits = right.proposed_last_day
    held_since = max(right.granted_on, min(since, waits))
    return outcome_with_holds(case, books(), since=held_since, holds=(waits,), today=today).outcome


def _without(case: Case, lost: Collection[Grant], on: date) -> Case:
    """The case with those grounds withdrawn on day `on`, and without those that then grant nothing at all."""
    grants = list(case.grants)
    for grant in lost:
        place = grants.index((Ground(grant.ground), grant.granted_on, grant.withdrawn_on))  # type: ignore[arg-type]
        grants[place] = grants[place]._replace(withdrawn_on=on)
    return case._replace(grants=tuple(one for one in grants if grants_at_all(one, None)))


def lost_with(forms: Collection[int], dossier_id: int, unit_id: int, *, on: date) -> list[Grant]:
    """The grounds of the unit's restored right that go with these consents, by their ids, where no other bears it.

    A restored right rests on what the closed one rested on: an assignment, or consents that still count on that day.
    """
    restored = Grant.objects.filter(right__closed_on=None, right__restored_by__isnull=False)
    restored = restored.filter(dossier=dossier_id, unit=unit_id, ground=Ground.RESTORED)
    found = list(restored.select_related("right__unit", "right__dossier__client").order_by("pk"))
    if not found:
        return []
    others = bearing(dossier_id, on=on).filter(unit=unit_id).exclude(form__in=forms)
    return [] if others.exists() else found


def bearing(dossier_id: int, *, on: date) -> QuerySet[Grant]:
    """The grounds on which a restored right can rest that day: assignments, IBIS, and consents that still count."""
    still = Q(form__withdrawn_on=None) | Q(form__withdrawn_on__gt=on)
    counting = Q(form=None) | Q(form__state=FormState.GRANTED) & still
    grounds = Grant.objects.filter(counting, dossier=dossier_id, right__isnull=False)
    return grounds.exclude(ground=Ground.RESTORED)


def borne_until(dossier_id: int, unit_id: int, *, on: date) -> date | None:
    """The first day without what a right restored on day `on` rests on; none where no such day is announced."""
    bears = bearing(dossier_id, on=on).filter(unit=unit_id)
    days: list[date | None] = list(bears.values_list("form__withdrawn_on", flat=True))
    return None if None in days else max(filter(None, days), default=on)


def restored_upon_consents(dossier_id: int, *, on: date) -> dict[int, ViewRight]:
    """The open rights, by their unit's id, that were restored and end with the last of the unit's consents."""
    borne = bearing(dossier_id, on=on).filter(form=None).values("unit")
    rights = ViewRight.objects.filter(dossier=dossier_id, closed_on=None, restored_by__isnull=False)
    return {right.unit_id: right for right in rights.exclude(unit__in=borne)}


def close_without(
    right: ViewRight, lost: Collection[Grant], reason: ClosingReason, *, origin: Origin
) -> None:
    """Close the right today. On one day ends go before beginnings: other grounds given today open the next right."""
    today = day_of(origin.at)
    left = Q(withdrawn_on=None) | Q(withdrawn_on__gt=today)
    of_today = Grant.objects.filter(left, right=right, granted_on=today)
    opening = list(of_today.exclude(ground=Ground.RESTORED).exclude(pk__in=[grant.pk for grant in lost]))
    close_at_once(right, reason, origin=origin)
    tell("closed", unit=right.unit, dossier=right.dossier, on=today, at=origin.at, right=right.pk)
    for grant in opening:
        grant.right = open_right(right.dossier, right.unit, on=today, origin=origin)
        record(grant, holds_from=today, origin=origin)
    watch_enrolment(right.dossier, origin=origin)


def rests_on_assignment(right: ViewRight, on: date) -> bool:
    """Whether an assignment, running, ended or to begin by day `on`, bears the right too."""
    of_right = Q(right=right) | Q(right=None, dossier=right.dossier_id, unit=right.unit_id)
    return Grant.objects.filter(of_right, ground=Ground.ASSIGNMENT, granted_on__lte=on).exists()
