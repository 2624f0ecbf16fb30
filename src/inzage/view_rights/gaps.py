"""The days without a right before one that was restored after an error: for everyone to see."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from inzage.rules.facts import Case
from inzage.rules.names import Ground
from inzage.view_rights.held import RestorationAnswer
from inzage.view_rights.models import ViewRight


class Gap(NamedTuple):
    """From the first day without the right up to the day on which it was restored, for what reason."""

    first: date
    restored_on: date
    reason: str


def gaps_of(rights: Iterable[ViewRight]) -> dict[int, Gap]:
    """Of those of these rights that were restored; one question for them all."""
    answers = RestorationAnswer.objects.filter(opened__in=rights).select_related(
        "restoration__right", "opened"
    )
    gaps = {}
    for answer in answers:
        closed_on, opened = answer.restoration.right.closed_on, answer.opened
        assert closed_on is not None
        assert opened is not None
        gaps[opened.pk] = Gap(closed_on, opened.granted_on, answer.restoration.reason)
    return gaps


def gap_before(right: ViewRight, case: Case) -> Gap | None:
    """Of one right. Only one that was opened by a restoration is asked about."""
    if any(one.ground is Ground.RESTORED and one.granted_on == right.granted_on for one in case.grants):
        return gaps_of([right]).get(right.pk)
    return None
