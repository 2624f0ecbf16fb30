"""One draft: what it changes, its text, what was proposed and decided, and what can be done now."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inzage.partners.models import Person
from inzage.portal.doors import Official, for_role
from inzage.portal.entering import wrong_of
from inzage.portal.language import spoken
from inzage.portal.rule_manager.drafts.acts import Deed, about_draft, about_proposal, is_own, sent_about
from inzage.portal.rule_manager.drafts.comparing import Comparison, compared
from inzage.portal.rule_manager.drafts.rehearsed import reports_behind
from inzage.portal.rule_manager.drafts.standing import Told, states_of, told
from inzage.portal.rule_manager.people import names_of
from inzage.rule_books.in_force import refresh
from inzage.rule_books.models import Act, Draft
from inzage.rules.gaps import Gap, gap_among
from inzage.rules.periods import eve
from inzage.rules.reading_books import read_kept
from inzage.rules.rulebook import RuleBook
from inzage.rules.tables import lines_of
from inzage.view_rights.changes_in_words import gap_in_words


class Shown(NamedTuple):
    """A proposal, what can be done with it, the number of its rehearsal, and whether a colleague must look at it."""

    told: Told
    deeds: list[Deed]
    report: int | None
    waits_for_a_colleague: bool


@for_role(Person.Role.RULE_MANAGER)
def draft(request: HttpRequest, manager: Official, number: int) -> HttpResponse:
    """Sent twice, a deed is done once: the second is told that it was."""
    found = Draft.objects.prefetch_related("proposals__editions").filter(pk=number).first()
    if found is None:
        raise Http404
    sent = sent_about(request, found)
    if sent is not None and sent.is_valid() and sent.carry_out(manager.origin):
        messages.success(request, sent.done)
        return redirect("draft", number)
    if sent is not None:  # what was decided meanwhile shows
        found = Draft.objects.prefetch_related("proposals__editions").get(pk=number)
    shown = _shown(found, sent, manager)
    return render(request, "portal/rule_manager/drafts/one.html", shown)


def _shown(found: Draft, sent: Deed | None, manager: Official) -> dict[str, Any]:
    proposals, signature = told(found, manager.today), manager.person.signature
    deeds = [_as_sent(deed, sent) for deed in about_draft(found, proposals, manager.today)]
    reports = reports_behind(found, (one.proposal for one in proposals))
    shown = [_with_deeds(one, sent, signature, reports.get(one.proposal.pk)) for one in proposals]
    offered = [*deeds, *(deed for one in shown for deed in one.deeds)]
    if sent is not None:
        sent.is_offered = sent in offered
    comparison, base, gap = compare(found, proposals)
    return {
        "draft": found,
        "author": names_of([found.author])[found.author],
        "states": states_of(found, manager.today),
        "is_late": found.starts_on <= manager.today,
        "comparison": comparison,
        "base": base,
        "gap": gap_in_words(gap, spoken()) if gap else "",
        "lines": lines_of(found.text),
        "proposals": shown,
        "moving": [one for one in proposals if _moves_terms(one)],
        "deeds": deeds,
        "wrong": wrong_of(sent),
    }


def compare(found: Draft, proposals: list[Told]) -> tuple[Comparison, RuleBook, Gap | None]:
    """With the book that would be in force on its first day without it; and the gap for which it can't be proposed."""
    published = [one for one in proposals if one.proposal.act == Act.PUBLISH]
    is_there = any(one.state.code in ("approved", "in_force") for one in published)
    books, book = refresh(), read_kept(found.text, name=found.name)
    base = books.on(eve(found.starts_on) if is_there else found.starts_on)
    gap = None if is_there else gap_among(book, found.text, books)
    return compared(base, book), base, gap


def _moves_terms(one: Told) -> bool:
    """Whether it is decided that running terms move to this book."""
    return one.proposal.act == Act.MIGRATE and one.state.code in ("approved", "in_force")


def _with_deeds(one: Told, sent: Deed | None, signature: str, report: int | None) -> Shown:
    own = one.state.code == "proposed" and is_own(one.proposal, signature)
    return Shown(one, [_as_sent(deed, sent) for deed in about_proposal(one, signature)], report, own)


def _as_sent(deed: Deed, sent: Deed | None) -> Deed:
    """The form as it was filled in, where it is this one."""
    return sent if sent is not None and sent.name == deed.name else deed
