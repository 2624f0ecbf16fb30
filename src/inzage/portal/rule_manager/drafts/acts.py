"""What a rule manager can do with a draft and its proposals; each is refused in a sentence at its own form."""

from abc import abstractmethod
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from inzage.journal.models import Origin
from inzage.portal.entering import Entry
from inzage.portal.fields import Day
from inzage.portal.language import Word, spoken
from inzage.portal.rule_manager.drafts.rehearsed import rehearsal_of
from inzage.portal.rule_manager.drafts.standing import Told
from inzage.portal.rule_manager.drafts.words import NOT_PUBLISHED, TAKEN_BACK
from inzage.rule_books.models import Act, Draft, Proposal
from inzage.rule_books.publishing import (
    NotPublished,
    approve,
    propose_migration,
    propose_publication,
    refuse,
    take_back,
)
from inzage.rules.periods import day_after
from inzage.view_rights.changes_in_words import gap_in_words


class Deed(Entry):
    """Something to do: `name` is what its form sends, about the draft or about one of its proposals."""

    verb = ""
    button: Word = ""
    done: Word = ""
    is_grave = False

    def __init__(self, about: Any, data: Any = None, **kwargs: Any) -> None:
        self.about = about
        self.name = f"{self.verb}-{about.pk}"
        super().__init__(data, auto_id=f"id_{self.name}_%s", **kwargs)

    def carry_out(self, origin: Origin) -> bool:
        """Do it; refused, the form says why."""
        try:
            self.act(origin)
        except NotPublished as refusal:
            self.add_error(None, _said(refusal))
        return self.is_valid()

    @abstractmethod
    def act(self, origin: Origin) -> None:
        """What is done. Raises NotPublished."""


def _said(refusal: NotPublished) -> str:
    return gap_in_words(refusal.gap, spoken()) if refusal.gap else str(NOT_PUBLISHED[refusal.reason])


class Publish(Deed):
    """Propose that the book comes into force."""

    verb, button = "publish", _("Stel voor om het in te voeren")
    done = _("Het is voorgesteld. Een collega moet het bekijken en goedkeuren.")

    def act(self, origin: Origin) -> None:
        """With what a rehearsal found, where there was one."""
        draft: Draft = self.about
        propose_publication(draft, rehearsal_of(draft, draft.starts_on), origin=origin)


class Migrate(Deed):
    """Propose that running terms move to the book."""

    verb, button = "migrate", _("Stel voor om ze te verschuiven")
    done = Publish.done
    on = Day(
        label=_("Vanaf welke dag"),
        help_text=_("Reken het ontwerp eerst door voor deze dag. Geen enkele termijn eindigt vóór die dag."),
    )

    def act(self, origin: Origin) -> None:
        """With what the rehearsal for that day found."""
        draft, on = self.about, self.cleaned_data["on"]
        propose_migration(draft, on, rehearsal_of(draft, on), origin=origin)


class Approve(Deed):
    """Agree with a colleague's proposal."""

    verb, button = "approve", _("Keur goed")
    done = _("Het voorstel is goedgekeurd.")

    def act(self, origin: Origin) -> None:
        """Once approved, it has effect from its day on."""
        approve(self.about, origin=origin)


class WithRemark(Deed):
    """What needs a reason that colleagues read."""

    is_grave = True
    remark = forms.CharField(
        label=_("Waarom"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Uw collega's lezen dit. Schrijf geen gegevens van klanten."),
        error_messages={"required": _("Schrijf waarom.")},
    )


class Refuse(WithRemark):
    """Say no to a proposal."""

    verb, button = "refuse", _("Wijs af")
    done = _("Het voorstel is afgewezen. De tekst blijft staan.")

    def act(self, origin: Origin) -> None:
        """The text stays."""
        refuse(self.about, self.cleaned_data["remark"], origin=origin)


class Withdraw(Refuse):
    """Say no to what one proposed oneself."""

    verb, button = "withdraw", _("Neem uw voorstel terug")
    done = _("Uw voorstel is teruggenomen. De tekst blijft staan.")


class TakeBack(WithRemark):
    """What was approved has no effect after all."""

    verb, button = "take-back", _("Trek in")

    def __init__(self, about: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(about, *args, **kwargs)
        self.done = TAKEN_BACK[Act(about.act)]

    def act(self, origin: Origin) -> None:
        """Until the eve of its day."""
        take_back(self.about, self.cleaned_data["remark"], origin=origin)


def sent_about(request: HttpRequest, draft: Draft) -> Deed | None:
    """The deed that was sent in, offered still or not; another draft's proposal is none of it."""
    if request.method != "POST":
        return None
    verb, _dash, number = request.POST.get("act", "").rpartition("-")
    about: dict[str, Draft | Proposal] = {str(one.pk): one for one in draft.proposals.all()}
    for deed in (Publish, Migrate):
        if (verb, number) == (deed.verb, str(draft.pk)):
            return deed(draft, request.POST)
    for decision in (Approve, Refuse, Withdraw, TakeBack):
        if verb == decision.verb and number in about:
            return decision(about[number], request.POST)
    raise Http404


def about_draft(draft: Draft, told: list[Told], today: date) -> list[Deed]:
    """What can be proposed: the book; where that stands, to move running terms to it. Not what waits or stands."""
    under_way = {one.proposal.act for one in told if one.state.code in ("proposed", "approved", "in_force")}
    stands = any(
        one.proposal.act == Act.PUBLISH and one.state.code in ("approved", "in_force") for one in told
    )
    if stands and Act.MIGRATE not in under_way:
        return [Migrate(draft, initial={"on": max(draft.starts_on, day_after(today))})]
    if Act.PUBLISH in under_way or draft.starts_on <= today:
        return []
    return [Publish(draft)]


def is_own(proposal: Proposal, signature: str) -> bool:
    """Whether this person proposed it, or wrote the text."""
    return signature in (proposal.proposed_by, proposal.draft.author)


def about_proposal(told: Told, signature: str) -> list[Deed]:
    """What this person can decide on it: nobody approves an own proposal."""
    if told.state.code == "proposed":
        approve = [] if is_own(told.proposal, signature) else [Approve(told.proposal)]
        refuse = Withdraw if told.proposal.proposed_by == signature else Refuse
        return [*approve, refuse(told.proposal)]
    return [TakeBack(told.proposal)] if told.state.code == "approved" else []
