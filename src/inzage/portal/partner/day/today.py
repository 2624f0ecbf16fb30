"""A counsellor's day: what ends soon and what would keep it, and what waits to be done (S12, S16, S20, S21)."""

import json
from typing import NamedTuple

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from inzage.access_log.models import AccessLine
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.partner.day.at_hand import ENDING, KINDS, LATER, MOST, SENT_BACK, AtHand, at_hand
from inzage.portal.reasons import Reason, days_left, reason_of
from inzage.rules.granting import BRUSSELS
from inzage.view_rights.explaining import what_keeps
from inzage.view_rights.gathering import gather
from inzage.view_rights.looking import write
from inzage.view_rights.models import ViewRight
from inzage.view_rights.scopes import these
from inzage.view_rights.viewing import open_to

SOON = (ENDING, LATER)


class Thing(NamedTuple):
    """One thing at hand, with the right on its dossier where one stands: without it no name and no link."""

    it: AtHand
    right: ViewRight | None

    @property
    def missing(self) -> list[str]:
        """What a form that was sent back lacks."""
        named: list[str] = json.loads(self.it.words or "[]")
        return named

    @property
    def is_for_brussels(self) -> bool:
        """Whether the form has a page of its own."""
        return self.it.route in BRUSSELS


class Ending(NamedTuple):
    """A right that ends soon, and what would keep it."""

    right: ViewRight
    reason: Reason
    days_left: str
    keeps: list[str]


@for_counsellors
@transaction.atomic
def today(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """The page that opens the day; the line in the log names each dossier on it."""
    found = at_hand(counsellor.unit, on=counsellor.today)
    dossiers = {thing.dossier_id for thing in found}
    standing = open_to(counsellor.unit.pk, on=counsellor.today).filter(dossier_id__any=dossiers)
    rights = {right.dossier_id: right for right in standing.select_related("dossier__client")}
    write(AccessLine.Kind.LIST, counsellor.look(), [(pk, rights.get(pk)) for pk in sorted(dossiers)])
    things = {kind: [_thing(one, rights) for one in found if one.kind == kind] for kind in KINDS}
    ending = [thing.right for kind in SOON for thing in things[kind] if thing.right]
    keeps = _what_keeps(ending, counsellor)
    counts = {kind: things[kind][0].it.of if things[kind] else 0 for kind in KINDS}
    shown = {
        **{kind: [thing for thing in things[kind] if kind == SENT_BACK or thing.right] for kind in KINDS},
        **{
            kind: [_ending(thing.right, keeps, counsellor) for thing in things[kind] if thing.right]
            for kind in SOON
        },
        "counts": counts,
        "near_in_all": sum(counts[kind] for kind in SOON),
        "most": MOST,
        "on": counsellor.today,
    }
    return render(request, "portal/partner/day/today.html", shown)


def _thing(one: AtHand, rights: dict[int, ViewRight]) -> Thing:
    return Thing(one, rights.get(one.dossier_id))


def _ending(right: ViewRight, keeps: dict[int, list[str]], counsellor: Counsellor) -> Ending:
    return Ending(right, reason_of(right), days_left(right.last_day, counsellor.today), keeps[right.pk])


def _what_keeps(rights: list[ViewRight], counsellor: Counsellor) -> dict[int, list[str]]:
    """For each of these rights what would keep it; the facts of all are gathered at once."""
    if not rights:
        return {}
    facts = gather(
        these(*(right.dossier_id for right in rights)), dossiers=[right.dossier for right in rights]
    )
    language = get_language() or "nl"
    return {
        right.pk: what_keeps(right, facts.case_of(right), today=counsellor.today, language=language)
        for right in rights
    }
