"""Whether a draft can ever open or lengthen a right: asked for here, looked for by the worker, and read here."""

from datetime import date
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.journal.models import Origin
from inzage.oversight.books_with import NotRehearsed
from inzage.oversight.draft_checks import ask_for_check, is_overtaken, last_check_of
from inzage.oversight.models import DraftChecked
from inzage.partners.models import Person
from inzage.portal.doors import Official, for_role
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.fields import Day
from inzage.portal.language import spoken
from inzage.portal.rule_manager.rehearsal_entry import REFUSED
from inzage.rule_books.models import Draft
from inzage.rules.comparing import UNASKED, Change

OPENING = frozenset({Change.OPENS, Change.LENGTHENS_RUNNING, Change.LENGTHENS})


class Told(NamedTuple):
    """What the draft does in one example, on which day that shows first, and the sentences that tell it."""

    change: str
    day: date
    sentences: list[str]


class Check(Entry):
    """Whether running terms would move, and from which day on."""

    on = Day(
        label=_("Lopende termijnen verschuiven vanaf"),
        help_text=_("Vult u niets in, dan verschuiven ze niet."),
        required=False,
    )

    def ask(self, draft: Draft, origin: Origin) -> bool:
        """Queue it; where it is refused, the form says why."""
        try:
            ask_for_check(draft, self.cleaned_data["on"], origin=origin)
        except NotRehearsed as refusal:
            self.add_error("on" if refusal.reason.startswith("moves") else None, str(REFUSED[refusal.reason]))
        return self.is_valid()


@for_role(Person.Role.RULE_MANAGER)
def check_draft(request: HttpRequest, manager: Official, number: int) -> HttpResponse:
    """The check of this draft that was asked for last: waiting, under way, failed, or what it found."""
    draft = Draft.objects.filter(pk=number).first()
    if draft is None:
        raise Http404
    asked = Check(request.POST if request.method == "POST" else None)
    if asked.is_valid() and asked.ask(draft, manager.origin):
        return redirect("check-draft", number)
    check = last_check_of(draft)
    shown = {"draft": draft, "entered": asked, "wrong": wrong_of(asked), "check": check}
    return render(request, "portal/rule_manager/drafts/checked.html", {**shown, **_found(check)})


def _found(check: DraftChecked | None) -> dict[str, Any]:
    """What it found: that of which somebody should see whether it is meant, and what the draft shortens."""
    if check is None or not check.found:
        return {"failed": REFUSED.get(check.failed, "") if check else ""}
    told = [(one["change"] in UNASKED, _told(one)) for one in check.found["examples"]]
    return {
        "found": check.found,
        "answer": _answer({one["change"] for one in check.found["examples"]}),
        "is_overtaken": is_overtaken(check),
        "unasked": [one for is_unasked, one in told if is_unasked],
        "shortened": [one for is_unasked, one in told if not is_unasked],
    }


def _answer(changes: set[str]) -> str:
    """Whether it opens or lengthens anything, which was the question; and what else it does that matters as much."""
    takes_days = Change.SHORTENS_RUNNING in changes
    if changes & OPENING:
        also = gettext("Ja, en het neemt ook dagen af van een termijn die al loopt")
        return also if takes_days else gettext("Ja: het kan een recht openen of verlengen")
    if takes_days:
        return gettext("Nee, maar het neemt dagen af van een termijn die al loopt")
    return gettext("Nee: het verkort enkel") if changes else gettext("Nee: alle dagen blijven gelijk")


def _told(example: dict[str, Any]) -> Told:
    change, *sentences = example["said"][spoken()]
    return Told(change, date.fromisoformat(example["day"]), sentences)
