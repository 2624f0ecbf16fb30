"""A right from under which consents are taken: does it end, or stay? Judged beforehand, and done by that judgement."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from inzage.consents.models import ConsentForm
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
from inzage.view_rights.bearing import RESTORED, bearing, not_over, without_any
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


class Lost(NamedTuple):
    """What goes with consents that are withdrawn: the grounds, each with the first day without it, if one is known.

    A restored ground goes with the last of what bears it; `bears` is what then bears it still.
    """

    days: dict[Grant, date | None]
    bears: Sequence[Ground] = ()


Forms = Collection[int] | QuerySet[ConsentForm, int]
"""The ids of consents, or the question for them: asked by itself only where a right was restored."""


def lost_with(forms: Forms, dossier_id: int, unit_id: int, *, on: date, today: date) -> Lost:
    """What the unit loses with these consents from day `on`: their own grounds, of the open right or to come; and where
    they bear a restored right, its ground has another last day, or the same.
    """
    grants = Grant.objects.filter(RESTORED | Q(form__in=forms), not_over(today))
    grants = grants.filter(dossier=dossier_id, unit=unit_id).order_by("pk")
    found = list(grants.select_related("right__unit", "right__dossier__client"))
    days: dict[Grant, date | None] = {grant: on for grant in found if grant.form_id}
    restored = {grant: grant.right_id for grant in found if grant.right_id and not grant.form_id}
    if not restored:
        return Lost(days)
    bears = bearing(dossier_id)[max(restored.values())]
    left = [one for one in bears if one.form not in forms]
    if len(left) < len(bears):
        days |= dict.fromkeys(restored, without_any(left, on=on))
    return Lost(days, [one.ground for one in left if one.counts(on)])


def end_on(days: Mapping[Grant, date | None], *, origin: Origin) -> None:
    """Record the first day without each of these grounds, where it is another than it was."""
    for grant, day in days.items():
        if grant.withdrawn_on != day:
            grant.withdrawn_on = day
            record(grant, holds_from=day or day_of(origin.at), origin=origin)


def foresee(right: ViewRight, lost: Lost, *, on: date, today: date) -> Withdrawal:
    """What the right, which stands, comes to where this is lost from day `on`, today or later."""
    case = _without(gather(these(right.dossier_id)).case_of(right), lost.days)
    outcome = _outcome(right, case, since=max(right.granted_on, eve(today)), today=today)
    ends = outcome is None or (outcome.reason is ClosingReason.WITHDRAWN and outcome.closed_on() == on)
    last_day = eve(on) if outcome is None else outcome.last_day
    counting = [
        one
        for one in case.grants
        if one.granted_on <= on and (one.withdrawn_on is None or one.withdrawn_on > on)
        if one.ground is not Ground.RESTORED
    ]
    given_that_day = any(one.granted_on == on for one in counting)
    left = [one.ground for one in counting] + ([] if ends else list(lost.bears))
    return Withdrawal(right, ends, ends and given_that_day, tuple(dict.fromkeys(left)), last_day)


def _outcome(right: ViewRight, case: Case, *, since: date, today: date) -> Outcome | None:
    """How the right, which stood on day `since`, ends now; none where it has lost the ground that it stood on."""
    if not any(one.granted_on <= since for one in case.grants):
        return None
    if right.proposed_last_day is None:
        return outcome_of(case, books(), since=since)
    waits = right.proposed_last_day
    held_since = max(right.granted_on, min(since, waits))
    return outcome_with_holds(case, books(), since=held_since, holds=(waits,), today=today).outcome


def _without(case: Case, lost: Mapping[Grant, date | None]) -> Case:
    """The case with those grounds withdrawn on those days, and without those that then grant nothing at all."""
    grants = list(case.grants)
    for grant, day in lost.items():
        place = grants.index((Ground(grant.ground), grant.granted_on, grant.withdrawn_on))  # type: ignore[arg-type]
        grants[place] = grants[place]._replace(withdrawn_on=day)
    return case._replace(grants=tuple(one for one in grants if grants_at_all(one, None)))


def close_without_ground(right: ViewRight, reason: ClosingReason, *, origin: Origin) -> None:
    """Close the right today, its grounds being withdrawn. On one day ends go before beginnings: those given today that
    are left open the next right.
    """
    today = day_of(origin.at)
    left = Q(withdrawn_on=None) | Q(withdrawn_on__gt=today)
    of_today = Grant.objects.filter(left, right=right, granted_on=today)
    opening = list(of_today.exclude(ground=Ground.RESTORED))
    close_at_once(right, reason, origin=origin)
    tell("closed", unit=right.unit, dossier=right.dossier, on=today, at=origin.at, right=right.pk)
    for grant in opening:
        grant.right = open_right(right.dossier, right.unit, on=today, origin=origin)
        record(grant, holds_from=today, origin=origin)
    watch_enrolment(right.dossier, origin=origin)
