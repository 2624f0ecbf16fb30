"""What is done with a form at a desk, each act carried out by its use case (S05, S06, S11)."""

from abc import abstractmethod
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from inzage.consents.informing import told_for
from inzage.consents.models import ConsentForm, FormState
from inzage.journal.models import Origin
from inzage.portal.entering import Entry, Radios
from inzage.portal.fields import Day
from inzage.portal.language import Word
from inzage.portal.refusing import AlreadyThere, NotReceived
from inzage.portal.words import LANGUAGES, REFUSALS, choices
from inzage.rules.granting import BRUSSELS, Refusal
from inzage.view_rights.catching_up import locked
from inzage.view_rights.consenting import refuse, send_back, take_in
from inzage.view_rights.granting import grant_by_form


class Act(Entry):
    """What an act asks, and what it does. `form` is the client's consent form, not this one."""

    name: ClassVar[str]
    button: Word
    done: Word

    def __init__(self, form: ConsentForm, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=self.name, **kwargs)
        self.consent = form

    def carry_out(self, origin: Origin) -> None:
        """Do it on the form as it is now, in a transaction: two desks at once take turns."""
        locked(self.consent.dossier_id, origin=origin)
        self.consent.refresh_from_db()
        self.act(origin)

    @abstractmethod
    def act(self, origin: Origin) -> None:
        """Call the use case; it raises NotGranted where the form was handled or the rules refuse."""


class TakeIn(Act):
    """What stands on the form, as filled in as it is."""

    name, button, done = "take_in", _("In ontvangst nemen"), _("Het formulier is in ontvangst genomen.")
    completed_on = Day(
        label=_("Ingevuld op"),
        required=False,
        to_come=False,
        help_text=_("Laat dit leeg als het er niet op staat."),
    )
    informed = forms.BooleanField(
        label=_("Op het formulier staat dat de klant weet dat VDAB en Actiris gegevens uitwisselen"),
        required=False,
    )

    language = forms.ChoiceField(label=_("Taal van het formulier"), choices=choices(LANGUAGES), widget=Radios)

    def __init__(self, form: ConsentForm, *args: Any, **kwargs: Any) -> None:
        known: dict[str, Any] = {
            "completed_on": form.completed_on,
            "informed": form.informed_of_actiris,
            "language": "nl",
        }
        if told := told_for(form):
            known["language"] = told.language
        super().__init__(form, *args, initial=known, **kwargs)
        self.fields["language"].required = False
        if form.route not in BRUSSELS:
            del self.fields["informed"], self.fields["language"]
        if form.state == FormState.RECEIVED:
            self.button, self.done = _("Verbeteren wat erop staat"), _("Het formulier is verbeterd.")

    def act(self, origin: Origin) -> None:
        completed_on, informed = self.cleaned_data["completed_on"], self.cleaned_data.get("informed", False)
        now = (self.consent.state, self.consent.completed_on, self.consent.informed_of_actiris)
        if now == (FormState.RECEIVED, completed_on, informed):
            raise AlreadyThere(_("Het formulier was al zo in ontvangst genomen. Er is niets gewijzigd."))
        take_in(
            self.consent.pk,
            completed_on=completed_on,
            informed_of_actiris=informed,
            language=self.cleaned_data.get("language") or "nl",
            origin=origin,
        )


class Grant(Act):
    """The unit on the form gets its right today."""

    name, button, done = "grant", _("Inzagerecht toekennen"), _("Het inzagerecht is toegekend.")

    def act(self, origin: Origin) -> None:
        grant_by_form(self.consent.pk, origin=origin)


class SendBack(Act):
    """With the list of what is missing, which the rules make."""

    name, button, done = "send_back", _("Terugsturen"), _("Het formulier is teruggestuurd.")
    remark = forms.CharField(
        label=_("Opmerking voor de partner"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("De partner ziet al wat er ontbreekt. Noem geen namen."),
    )

    def act(self, origin: Origin) -> None:
        if self.consent.state == FormState.ASKED:
            raise NotReceived(_("Dit formulier is nog niet ontvangen: er is niets om terug te sturen."))
        if self.consent.state == FormState.SENT_BACK:
            raise AlreadyThere(_("Het formulier was al teruggestuurd. Er is niets gewijzigd."))
        send_back(self.consent.pk, remark=self.cleaned_data["remark"], origin=origin)


class Refuse(Act):
    """With the reason; nothing is granted on the form any more."""

    name, button, done = "refuse", _("Weigeren"), _("Het formulier is geweigerd.")
    reason = forms.CharField(
        label=_("Reden van de weigering"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": REFUSALS[Refusal.NO_REASON]},
    )

    def act(self, origin: Origin) -> None:
        refuse(self.consent.pk, reason=self.cleaned_data["reason"], origin=origin)


HANDLED = (FormState.GRANTED, FormState.REFUSED)
ACTS: dict[str, type[Act]] = {act.name: act for act in (TakeIn, Grant, SendBack, Refuse)}
"""In the order in which the page offers them."""


def acts_for(form: ConsentForm, missing: list[str]) -> list[type[Act]]:
    """What can be done now; what can't is not offered: only what was received can be sent back."""
    if form.state in HANDLED:
        return []
    if not missing:
        return [Grant, TakeIn, Refuse]
    return [TakeIn, SendBack, Refuse] if form.state == FormState.RECEIVED else [TakeIn, Refuse]
