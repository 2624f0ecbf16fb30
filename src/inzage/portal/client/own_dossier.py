"""Who may see the client's own dossier, why, until when, and what would change that (S01, S03, S18 to S21)."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inzage.dossiers.models import Dossier
from inzage.partners.models import Unit
from inzage.portal.client.sentences import NO_GROUND, because, doubts, grounds, moved, said, withdrawing
from inzage.portal.doors import OwnClient, for_clients
from inzage.portal.paging import LatestEnd, page_of
from inzage.rules.facts import Case
from inzage.view_rights.bearing import borne_by
from inzage.view_rights.explaining import every_move
from inzage.view_rights.gathering import gather
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.scopes import these
from inzage.view_rights.viewing import standing


class Card(NamedTuple):
    """An organisation that may see the dossier today: what the client should know of its right."""

    unit: Unit
    since: str
    grounds: list[str]
    last_day: str
    because: str
    doubts: list[str]
    changes: list[str]


class Over(NamedTuple):
    """A right that ended."""

    unit: Unit
    since: str
    last_day: str
    because: str


def with_grounds(dossier: Dossier) -> "Prefetch[Any, Any, Any]":
    """The grounds of rights on this dossier: found by the dossier, as those of one right have no index."""
    grants = Grant.objects.filter(dossier=dossier).select_related("form", "assignment__service")
    return Prefetch("grants", grants.order_by("pk"))


@for_clients
def own_dossier(request: HttpRequest, own: OwnClient) -> HttpResponse:
    """The rights that stand today, by organisation, and those that ended, the latest first."""
    today, after = own.today, request.GET.get("na", "")
    rights = ViewRight.objects.filter(dossier=own.dossier).select_related("unit")
    open_now = list(
        rights.filter(standing(today))
        .select_related("restored_by")
        .prefetch_related(with_grounds(own.dossier))
        .order_by("unit__name", "pk")
    )
    ended = page_of(rights.exclude(pk__in=[right.pk for right in open_now]), LatestEnd(), after)
    shown = {
        "cards": _cards(open_now, today),
        "over": [_over(right) for right in ended.rows],
        "after": ended.after,
        "started": after,
    }
    return render(request, "portal/client/own_dossier.html", shown)


def _cards(rights: list[ViewRight], today: date) -> list[Card]:
    """The facts of them all are gathered at once."""
    if not rights:
        return []
    gathered = gather(these(rights[0].dossier_id))
    borne = borne_by(rights, on=today)
    return [_card(right, gathered.case_of(right), borne[right.pk], today) for right in rights]


def _card(right: ViewRight, case: Case, bears: Collection[str], today: date) -> Card:
    grants = right.grants.all()
    return Card(
        right.unit,
        said(right.granted_on),
        grounds(grants, today) or [str(NO_GROUND)],
        said(right.last_day) if right.last_day else "",
        because(right),
        list(doubts(right)),
        _changes(bears, case, today),
    )


def _changes(bears: Collection[str], case: Case, today: date) -> list[str]:
    """What would end the right, or move its last day."""
    sentences = [
        withdrawing(bears),
        *(moved(move.code, move.last_day) for move in every_move(case, today)),
    ]
    return [sentence for sentence in sentences if sentence]


def _over(right: ViewRight) -> Over:
    """Given and ended on one day, it was of use on that day."""
    assert right.last_day is not None
    last_day = max(right.last_day, right.granted_on)
    return Over(right.unit, said(right.granted_on), said(last_day), because(right))
