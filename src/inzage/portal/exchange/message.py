"""One message from another institution: what came, why it can't be taken, and what a desk can do about it (S14)."""

import json
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inzage.access_log.models import AccessLine
from inzage.inbox.models import Received, ReceivedState
from inzage.journal.models import Origin
from inzage.partners.models import Person
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.entering import Entry, act_in, wrong_of
from inzage.portal.exchange.institutions import NAMES
from inzage.portal.exchange.quarantine import STACKS, received_at
from inzage.portal.exchange.troubles import trouble_of
from inzage.view_rights.looking import write
from inzage.view_rights.quarantine import NotHandled, correct_and_replay, replay, set_aside

BECAME = {
    ReceivedState.APPLIED: "Het bericht is verwerkt.",
    ReceivedState.OVERTAKEN: "Een latere versie van dit bericht was al verwerkt: er was niets meer te doen.",
    ReceivedState.QUARANTINED: "Het bericht kan nog niet verwerkt worden: zie hieronder waarom.",
    ReceivedState.SET_ASIDE: "Het bericht is ter zijde gelegd.",
}


EMPTY = "Een verbetering is het hele bericht: het kan niet leeg zijn."


class Act(Entry):
    """Something a desk does with a message in quarantine."""

    name: ClassVar[str]
    button: ClassVar[str]

    def __init__(self, message: Received, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=self.name, **kwargs)
        self.message = message

    def carry_out(self, origin: Origin) -> Received:
        """Call the use case; it raises NotHandled where somebody was first."""
        raise NotImplementedError


class Correct(Act):
    """The message as it should have been; what came is kept beside it."""

    name, button = "correct", "Verbeteren en opnieuw verwerken"
    text = forms.CharField(
        label="Het bericht, verbeterd",
        max_length=100_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "class": "code"}),
        error_messages={"required": EMPTY},
    )

    def __init__(self, message: Received, *args: Any, **kwargs: Any) -> None:
        super().__init__(message, *args, initial={"text": readable(message.text)}, **kwargs)

    def clean_text(self) -> str:
        """A correction is a whole message."""
        text = str(self.cleaned_data["text"])
        if not text.strip():
            raise forms.ValidationError(EMPTY)
        return text

    def carry_out(self, origin: Origin) -> Received:
        """Keep the correction, and try again."""
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        return correct_and_replay(self.message.pk, text, origin=origin)


class Replay(Act):
    """As it came: what it needed may be there by now."""

    name, button = "replay", "Opnieuw verwerken"

    def carry_out(self, origin: Origin) -> Received:
        """Try again."""
        return replay(self.message.pk, origin=origin)


class SetAside(Act):
    """For good, with the reason."""

    name, button = "set_aside", "Ter zijde leggen"
    reason = forms.CharField(
        label="Waarom",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Noem geen namen.",
        error_messages={"required": "Schrijf waarom dit bericht ter zijde gelegd wordt."},
    )

    def carry_out(self, origin: Origin) -> Received:
        """Leave it."""
        return set_aside(self.message.pk, self.cleaned_data["reason"], origin=origin)


ACTS: dict[str, type[Act]] = {act.name: act for act in (Correct, Replay, SetAside)}


def readable(text: str) -> str:
    """JSON with each value on a line of its own; any other text as it is."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text


@for_desks
def message(request: HttpRequest, desk: DeskWorker, number: int) -> HttpResponse:
    """A message of this desk; another desk's doesn't exist here."""
    found = received_at(desk).filter(pk=number).first()
    if found is None:
        raise Http404
    entered = act_in(request, ACTS, found)
    if entered is not None and entered.is_valid():
        with entered.refusing(NotHandled):
            handled = entered.carry_out(desk.origin)
        if entered.is_valid():
            messages.success(request, BECAME[ReceivedState(handled.state)])
            return redirect("message", number)
    with transaction.atomic():
        found.refresh_from_db()
        shown = [(found.dossier_id, None)] if found.dossier_id else []
        write(AccessLine.Kind.LOOK, desk.look(f"bericht {found.pk}"), shown)
        return render(request, "portal/exchange/message.html", _shown(found, entered))


def _name(signature: str) -> str:
    """Who signed so, by name."""
    number = signature.removeprefix("person:")
    person = Person.objects.filter(pk=number).first() if number.isdigit() else None
    return person.name if person else signature


def _shown(found: Received, entered: Act | None) -> dict[str, Any]:
    """What the page says of the message."""
    offered = ACTS.values() if found.state == ReceivedState.QUARANTINED else ()
    if entered is not None:
        entered.is_offered = type(entered) in offered
    return {
        "message": found,
        "state": STACKS[found.state],
        "trouble": trouble_of(found),
        "original": readable(found.original),
        "handlings": [(handling, _name(handling.handled_by)) for handling in found.handlings.order_by("pk")],
        "acts": [entered if isinstance(entered, act) else act(found) for act in offered],
        "wrong": wrong_of(entered),
        "names": NAMES,
    }
