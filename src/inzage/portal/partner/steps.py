"""What is entered on a line in Stappen naar werk, each entry carried out by its use case (S12)."""

from abc import abstractmethod
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from inzage.dossiers.models import Activity, Performance
from inzage.portal.entering import Entry
from inzage.portal.fields import Day, HoursOfDay
from inzage.portal.language import Word, spoken
from inzage.portal.refusing import AlreadyThere
from inzage.rules.lines import Step, first_start
from inzage.view_rights.catching_up import locked
from inzage.view_rights.explaining import in_words
from inzage.view_rights.performing import Hours, perform
from inzage.view_rights.registering import Actor, cancel, close, reopen, start, take_back_end


class StepEntry(Entry):
    """What a step asks, and what it does."""

    step: ClassVar[Step]
    done: ClassVar[Word]
    to_come: ClassVar[Word] = ""
    """What is said instead where the day is still to come."""

    def said(self, today: date) -> str:
        """That it was done; or, where the day entered is still to come, that it will be."""
        on: date | None = self.cleaned_data.get("on")
        if on is not None and on > today and self.to_come:
            return str(self.to_come).format(day=in_words(on, spoken()))
        return str(self.done)

    @abstractmethod
    def carry_out(self, activity: Activity, actor: Actor) -> None:
        """Call the use case; it raises NotRegistered where it refuses."""


class Start(StepEntry):
    """From aanvraag to bezig."""

    step, done = Step.START, _("De actie is gestart.")
    to_come = _("De actie start op {day}.")
    on = Day(label=_("Gestart op"))

    def carry_out(self, activity: Activity, actor: Actor) -> None:
        start(activity.pk, on=self.cleaned_data["on"], actor=actor)


class StartFromIbis(Start):
    """A line that comes from IBIS is filled in with its title when it starts (S16)."""

    title = forms.CharField(
        label=_("Titel van de actie"),
        max_length=200,
        help_text=_("Wat uit IBIS komt, krijgt bij de start een titel of een betere."),
        error_messages={"required": _("Vul de titel van de actie in.")},
    )

    def carry_out(self, activity: Activity, actor: Actor) -> None:
        entered = self.cleaned_data
        start(activity.pk, on=entered["on"], title=entered["title"], actor=actor)


class Close(StepEntry):
    """The day it is closed, and the day the work ended beside it."""

    step, done = Step.CLOSE, _("De actie is afgesloten.")
    to_come = _("De actie wordt afgesloten op {day}.")
    on = Day(label=_("Afgesloten op"))
    work_ended_on = Day(
        label=_("Laatste dag van de actie zelf"),
        required=False,
        to_come=False,
        help_text=_("Als de actie eerder eindigde dan ze afgesloten wordt."),
    )

    def clean(self) -> dict[str, Any]:
        """The work ends on the day of the closing or before it."""
        entered = self.cleaned_data
        closed_on, ended_on = entered.get("on"), entered.get("work_ended_on")
        if closed_on and ended_on and ended_on > closed_on:
            self.add_error("work_ended_on", _("Deze dag ligt na de dag waarop de actie afgesloten wordt."))
        return entered

    def carry_out(self, activity: Activity, actor: Actor) -> None:
        entered = self.cleaned_data
        close(activity.pk, on=entered["on"], work_ended_on=entered["work_ended_on"], actor=actor)


class Cancel(StepEntry):
    """If it never ran it never counted."""

    step, done = Step.CANCEL, _("De actie is geannuleerd.")
    to_come = _("De actie wordt geannuleerd op {day}.")
    on = Day(label=_("Geannuleerd op"))

    def carry_out(self, activity: Activity, actor: Actor) -> None:
        cancel(activity.pk, on=self.cleaned_data["on"], actor=actor)


class Reopen(StepEntry):
    """A closed or cancelled line runs again."""

    step, done = Step.REOPEN, _("De actie is heropend.")
    on = Day(label=_("Heropend op"))

    def carry_out(self, activity: Activity, actor: Actor) -> None:
        reopen(activity.pk, on=self.cleaned_data["on"], actor=actor)


class TakeBackEnd(StepEntry):
    """An end that is still to come, and won't."""

    step, done = Step.TAKE_BACK_END, _("Het aangekondigde einde is geschrapt: de actie loopt door.")

    def carry_out(self, activity: Activity, actor: Actor) -> None:
        take_back_end(activity.pk, actor=actor)


class Perform(StepEntry):
    """The hours of one day. Entered again, the day is corrected, and the earlier entry is kept."""

    step, done = Step.PERFORM, _("De prestaties zijn geregistreerd.")
    on = Day(
        label=_("Dag"),
        help_text=_("Is de dag al ingevuld, dan verbetert u hem; de vorige invoer blijft bewaard."),
    )
    present = HoursOfDay(label=_("Uren aanwezig"))
    absent = HoursOfDay(label=_("Uren afwezig"), required=False, initial=0)
    absence_reason = forms.CharField(label=_("Reden van de afwezigheid"), max_length=200, required=False)

    def carry_out(self, activity: Activity, actor: Actor) -> None:
        entered = self.cleaned_data
        hours = Hours(
            entered["on"], entered["present"], entered["absent"] or Decimal(0), entered["absence_reason"]
        )
        locked(activity.dossier_id, origin=actor.origin)
        if (last := standing_entry(activity, hours)) and _says(last) == hours:
            raise AlreadyThere(_("Deze dag stond al zo ingevuld. Er is niets gewijzigd."))
        perform(activity.pk, hours, actor=actor)


def standing_entry(activity: Activity, hours: Hours) -> Performance | None:
    """What was entered last for that day."""
    return activity.performances.filter(day=hours.day, replaced_by=None).first()


def _says(entry: Performance) -> Hours:
    return Hours(entry.day, entry.hours_present, entry.hours_absent, entry.absence_reason)


ENTRIES: dict[Step, type[StepEntry]] = {
    entry.step: entry for entry in (Perform, Start, Close, Cancel, TakeBackEnd, Reopen)
}
"""In the order in which the page offers them."""


def starts_from(line: Activity) -> date | None:
    """From which day a line that comes from IBIS can be set to bezig (S16)."""
    return first_start(line.ibis_registered_on) if line.ibis_registered_on else None


def offered(allowed: frozenset[Step], line: Activity, today: date) -> list[Step]:
    """Of the steps that its state allows those that can be done today, in the order of the page."""
    first = starts_from(line)
    too_soon = first is not None and today < first
    return [step for step in ENTRIES if step in allowed and not (too_soon and step is Step.START)]


def entry_of(step: Step, line: Activity) -> type[StepEntry]:
    """What a step asks for this line."""
    return StartFromIbis if step is Step.START and line.ibis_registered_on else ENTRIES[step]
