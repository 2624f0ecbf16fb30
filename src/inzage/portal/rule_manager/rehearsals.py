"""Rehearsing a draft: asking for it, seeing how far it is, and reading what it found. No client is named here."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from inzage.oversight.models import Rehearsed
from inzage.oversight.rehearsal_files import LOOKS, RIGHTS
from inzage.oversight.rehearsals import file_of
from inzage.partners.models import Person
from inzage.portal.doors import Official, for_role
from inzage.portal.entering import wrong_of
from inzage.portal.exporting import csv_of
from inzage.portal.paging import newest_first
from inzage.portal.rule_manager.drafts.acts import about_draft
from inzage.portal.rule_manager.drafts.standing import states_of, told
from inzage.portal.rule_manager.rehearsal_entry import AskForRehearsal
from inzage.portal.rule_manager.rehearsal_report import MOVES, report_of
from inzage.portal.rule_manager.words import words_of

MOVE = 2
"""In which column of a line of rights it stands how the end moves."""


@for_role(Person.Role.RULE_MANAGER)
def rehearsals(request: HttpRequest, manager: Official) -> HttpResponse:
    """Those that were asked for, the latest first, and a form to ask for one."""
    entry = AskForRehearsal(request.POST or None, initial={"draft": request.GET.get("ontwerp")})
    if entry.is_valid() and (asked := entry.ask(manager.origin)):
        return redirect("rehearsal", asked.pk)
    page = newest_first(Rehearsed.objects.select_related("draft").defer("figures"), request.GET.get("na", ""))
    shown = {
        "entry": entry,
        "wrong": wrong_of(entry),
        "has_drafts": entry.fields["draft"].queryset.exists(),  # type: ignore[attr-defined]
        "rehearsals": page.rows,
        "after": page.after,
        "started": request.GET.get("na"),
    }
    return render(request, "portal/rule_manager/rehearsals.html", shown)


@for_role(Person.Role.RULE_MANAGER)
def rehearsal(request: HttpRequest, manager: Official, number: int) -> HttpResponse:
    """One rehearsal: waiting, under way, failed, or with its report."""
    known = Rehearsed.objects.select_related("draft").prefetch_related("draft__proposals__editions")
    asked = get_object_or_404(known, pk=number)
    proposals = told(asked.draft, manager.today)
    report: dict[str, Any] = report_of(asked.figures) if asked.figures else {}
    has_files = file_of(asked, RIGHTS, at=manager.origin.at) is not None
    headings = list(MOVES.values())
    shown = {
        "asked": asked,
        "report": report,
        "has_files": has_files,
        "headings": headings,
        "states": states_of(asked.draft, manager.today),
        "to_propose": about_draft(asked.draft, proposals, manager.today),
    }
    return render(request, "portal/rule_manager/rehearsal.html", shown)


@for_role(Person.Role.RULE_MANAGER)
def moved_rights(_request: HttpRequest, manager: Official, number: int) -> StreamingHttpResponse:
    """Each right of which the end moves, by its dossier's reference."""
    columns = [
        *(_("Dossier"), _("OE-nummer"), _("Wat verandert"), _("Laatste dag nu"), _("Laatste dag dan")),
        *(_("Regel nu"), _("Regel dan")),
    ]
    return csv_of(
        f"doorrekening-{number}-rechten", columns, map(_with_words, _lines(number, RIGHTS, manager))
    )


@for_role(Person.Role.RULE_MANAGER)
def refused_looks(_request: HttpRequest, manager: Official, number: int) -> StreamingHttpResponse:
    """Each real look that would have been refused, by its dossier's reference."""
    columns = [_("Dossier"), _("OE-nummer"), _("Geraadpleegd op"), _("Laatste dag dan")]
    return csv_of(f"doorrekening-{number}-raadplegingen", columns, _lines(number, LOOKS, manager))


def _lines(number: int, name: str, manager: Official) -> Iterator[list[str]]:
    """The lines of a file, read while they are sent; Http404 where it is not there (any more)."""
    asked = get_object_or_404(Rehearsed.objects.defer("figures"), pk=number)
    path = file_of(asked, name, at=manager.origin.at)
    if path is None:
        raise Http404
    return _read(path)


def _read(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines, None)  # the heading, which is told in the language of the page
        yield from lines


def _with_words(line: list[str]) -> list[str]:
    return [*line[:MOVE], words_of(line[MOVE], MOVES), *line[MOVE + 1 :]]
