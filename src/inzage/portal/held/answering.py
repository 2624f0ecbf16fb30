"""An answer about one held right, or about all of a rule or an organisation: they end, or they go on. Given once."""

from hashlib import sha256
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from inzage.partners.models import Person, Unit
from inzage.portal.doors import Official, for_role
from inzage.portal.entering import Entry, Radios, wrong_of
from inzage.portal.held.rows import rows_of
from inzage.portal.paging import a_number
from inzage.portal.rule_manager.book import LANGUAGE, mark_of
from inzage.portal.rule_manager.words import label_of
from inzage.rule_books.in_force import books
from inzage.view_rights.answering_held import answer_held
from inzage.view_rights.held import Answer
from inzage.view_rights.holding import waiting
from inzage.view_rights.models import ViewRight

CHOICES = [
    (str(Answer.CONFIRMED), _("Bevestigen: het einde klopt")),
    (str(Answer.KEPT), _("Behouden: dit had niet mogen eindigen")),
]


class Answering(Entry):
    """The answer, why, and which rights it was about when the page was shown."""

    answer = forms.ChoiceField(
        label=_("Uw antwoord"),
        choices=CHOICES,
        widget=Radios,
        error_messages={"required": _("Kies of het einde klopt.")},
    )
    reason = forms.CharField(
        label=_("Waarom"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dit blijft bij het antwoord bewaard. Schrijf geen gegevens van klanten."),
        error_messages={"required": _("Schrijf waarom.")},
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput(attrs={"id": False}))


class About(NamedTuple):
    """What the answer is about: one right, or the part that has this label."""

    rights: QuerySet[ViewRight]
    label: str
    is_one: bool


@for_role(Person.Role.RULE_MANAGER)
def answer_held_rights(request: HttpRequest, manager: Official) -> HttpResponse:
    """Told beforehand what it does and to how many. Where those are others meanwhile, it is told anew, nothing done."""
    about = _about(request)
    ids = list(about.rights.order_by("pk").values_list("pk", flat=True))
    these = digest_of(ids)
    entered = Answering(request.POST or None, initial={"seen": these})
    if entered.is_valid() and ids and entered.cleaned_data["seen"] == these:
        given = entered.cleaned_data
        done = answer_held(ids, Answer(given["answer"]), given["reason"], origin=manager.origin)
        _say(request, Answer(given["answer"]), done.taken, done.left)
        return redirect("held-rights")
    if entered.is_bound and entered.data.get("seen") != these:
        entered = _changed(entered, these, len(ids))
    rows = rows_of(about.rights.select_related("unit", "dossier")[:1], manager.today) if about.is_one else []
    shown: dict[str, Any] = {"about": about, "count": len(ids), "row": rows[0] if rows else None}
    shown |= {"entered": entered, "wrong": wrong_of(entered) if ids else None}
    return render(request, "portal/held/answer.html", shown)


def _about(request: HttpRequest) -> About:
    """What the address names: `recht`, `regel` or `organisatie`."""
    asked = request.GET
    if number := asked.get("recht"):
        return About(waiting().filter(pk=a_number(number)), "", is_one=True)
    if rule := asked.get("regel"):
        language = get_language() or LANGUAGE
        status = waiting().filter(rule=rule).order_by("pk").values_list("rule_status", flat=True).first()
        mark = mark_of(status, language) if status else ""
        label = gettext("regel %(rule)s") % {"rule": label_of(_a_rule(rule), mark)}
        return About(waiting().filter(rule=rule), label, is_one=False)
    unit = Unit.objects.filter(oe_number=asked.get("organisatie", "")).first()
    if unit is None:
        raise Http404
    return About(waiting().filter(unit=unit), f"{unit.name} ({unit.oe_number})", is_one=False)


def _a_rule(rule: str) -> str:
    """The id, where any book has such a rule; else the page is not there."""
    try:
        return books().every()[-1].rule(rule).id
    except TypeError as error:
        raise Http404 from error


def digest_of(ids: list[int]) -> str:
    """Stands for exactly these rights: a number would be the same where one was answered and another held."""
    return sha256(",".join(map(str, ids)).encode()).hexdigest()


def _changed(entered: Answering, these: str, count: int) -> Answering:
    """The form again, with what was filled in and the rights as they are now."""
    again = Answering({**entered.data.dict(), "seen": these})  # type: ignore[attr-defined]
    again.is_valid()
    told = ngettext(
        "De lijst is intussen veranderd: er wacht nu {of} recht. "
        "Er is nog niets gewijzigd; kijk na en verstuur opnieuw.",
        "De lijst is intussen veranderd: er wachten nu {of} rechten. "
        "Er is nog niets gewijzigd; kijk na en verstuur opnieuw.",
        count,
    )
    again.add_error(None, told.format(of=count))
    return again


def _say(request: HttpRequest, answer: Answer, taken: int, left: int) -> None:
    if taken and answer is Answer.CONFIRMED:
        text = ngettext("{of} einde is bevestigd.", "{of} eindes zijn bevestigd.", taken)
        messages.success(request, text.format(of=taken))
    elif taken:
        text = ngettext("{of} recht is behouden.", "{of} rechten zijn behouden.", taken)
        messages.success(request, text.format(of=taken))
    if left:
        text = ngettext(
            "{of} recht wachtte intussen niet meer, of de klant sloot de organisatie uit. Daaraan is niets gewijzigd.",
            "{of} rechten wachtten intussen niet meer, of de klant sloot de organisatie uit. "
            "Daaraan is niets gewijzigd.",
            left,
        )
        messages.info(request, text.format(of=left))
