"""What a desk does with a message in quarantine: correct it, have it carried out again, or set it aside (S14)."""

import json
from abc import abstractmethod
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inzage.inbox.models import Received
from inzage.journal.models import Origin
from inzage.portal.entering import Entry
from inzage.portal.language import Word
from inzage.view_rights.quarantine import correct_and_replay, replay, set_aside

EMPTY = _("Een verbetering is het hele bericht: het kan niet leeg zijn.")


class Act(Entry):
    """Something a desk does with a message."""

    name: ClassVar[str]
    button: ClassVar[Word]

    def __init__(self, message: Received, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=self.name, **kwargs)
        self.message = message

    @abstractmethod
    def carry_out(self, origin: Origin) -> Received:
        """Call the use case; it raises NotHandled where somebody was first."""


class Correct(Act):
    """The message as it should have been; what came is kept beside it."""

    name, button = "correct", _("Verbeteren en opnieuw verwerken")
    text = forms.CharField(
        label=_("Het bericht, verbeterd"),
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


class CorrectRequest(Act):
    """A training request of IBIS, field by field; what stands in it besides stays as it is."""

    name, button = "correct", _("Verbeteren en opnieuw verwerken")
    remark = forms.CharField(
        label=pgettext_lazy("IBIS", "Opmerking"),
        required=False,
        max_length=200,
        help_text=_("Cursusnummer (5 tekens) of PRJLEW / uitbestedingsnummer (7 tekens) / OE-nummer"),
    )
    title = forms.CharField(label=_("Titel"), required=False, max_length=200)
    registered_on = forms.CharField(label=_("Geregistreerd op"), max_length=10, help_text=_("Jaar-maand-dag"))
    insz = forms.CharField(
        label=_("INSZ"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    family_name = forms.CharField(label=_("Naam"), required=False, max_length=200)
    given_name = forms.CharField(label=_("Voornaam"), required=False, max_length=200)
    nis_code = forms.CharField(label=_("NIS-code van de gemeente"), required=False, max_length=5)
    OF_CLIENT = ("insz", "family_name", "given_name", "nis_code")

    def __init__(self, message: Received, *args: Any, **kwargs: Any) -> None:
        record = request_in(message.source, message.text) or {"client": {}}
        known = {**record, **record["client"]}
        super().__init__(
            message, *args, initial={name: known.get(name) for name in self.base_fields}, **kwargs
        )

    def carry_out(self, origin: Origin) -> Received:
        """Keep the correction, and try again."""
        entered = dict(self.cleaned_data)
        record = request_in(self.message.source, self.message.text) or {"client": {}}
        client = record["client"] | {name: entered.pop(name) for name in self.OF_CLIENT}
        text = json.dumps({**record, **entered, "client": client}, ensure_ascii=False)
        return correct_and_replay(self.message.pk, text, origin=origin)


class Replay(Act):
    """As it came: what it needed may be there by now."""

    name, button = "replay", _("Opnieuw verwerken")

    def carry_out(self, origin: Origin) -> Received:
        """Try again."""
        return replay(self.message.pk, origin=origin)


class SetAside(Act):
    """For good, with the reason."""

    name, button = "set_aside", _("Ter zijde leggen")
    reason = forms.CharField(
        label=_("Waarom"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Noem geen namen."),
        error_messages={"required": _("Schrijf waarom dit bericht ter zijde gelegd wordt.")},
    )

    def carry_out(self, origin: Origin) -> Received:
        """Leave it."""
        return set_aside(self.message.pk, self.cleaned_data["reason"], origin=origin)


def acts_on(message: Received) -> dict[str, type[Act]]:
    """What can be done with a message in quarantine, by name."""
    correct = CorrectRequest if request_in(message.source, message.text) else Correct
    return {act.name: act for act in (correct, Replay, SetAside)}


def request_in(source: str, text: str) -> dict[str, Any] | None:
    """The training request that a message of IBIS holds; none where it can't be taken apart."""
    try:
        found = json.loads(text) if source == "ibis" else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("client"), dict) else None


def readable(text: str) -> str:
    """JSON with each value on a line of its own; any other text as it is."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text
