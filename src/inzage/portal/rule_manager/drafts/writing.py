"""A new draft: a name and a text, which begins as the book in force; what can't be read is pointed at."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.partners.models import Person
from inzage.portal.doors import Official, for_role
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.paging import a_number
from inzage.portal.rule_manager.drafts.reference import reference
from inzage.portal.rule_manager.drafts.unreadable import refused_in_words
from inzage.rule_books.in_force import books
from inzage.rule_books.models import Draft
from inzage.rule_books.publishing import keep_draft
from inzage.rule_books.texts import text_of
from inzage.rules.reading_books import read_book
from inzage.rules.unreadable import UnreadableBook

LONGEST = 200_000
"""How long a text can be, in characters or, of a file, in bytes: many times a whole rule book."""


class Writing(Entry):
    """A draft as it is written; a file takes the place of the text."""

    name = forms.CharField(
        label=_("Naam van het ontwerp"),
        max_length=60,
        help_text=_("Waaraan uw collega's het herkennen."),
        error_messages={"required": _("Geef het ontwerp een naam.")},
    )
    file = forms.FileField(
        label=_("Een bestand (.toml) in plaats van de tekst"),
        required=False,
        allow_empty_file=True,
        help_text=_("Kiest u een bestand, dan komt de inhoud in de plaats van de tekst hieronder."),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )
    text = forms.CharField(
        label=_("Tekst van het regelboek"),
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 24, "class": "code", "spellcheck": "false"}),
        error_messages={"required": _("Schrijf de tekst van het regelboek.")},
    )

    def clean_file(self) -> None:
        """What the file says stands in the text from here on: there it is read, and can be mended."""
        file = self.cleaned_data["file"]
        if not file:
            return
        if file.size > LONGEST:
            raise ValidationError(_("Dit bestand is te groot voor een regelboek: kijk na welk u koos."))
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValidationError(
                _("Dit bestand is niet te lezen als tekst (UTF-8): kijk na welk u koos.")
            ) from None
        self.data = {**{name: self.data.get(name) for name in self.data}, "text": text}

    def clean_text(self) -> str:
        """The text, if it is a rule book."""
        typed = str(self.data.get("text", ""))
        text = typed.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n") + "\n"
        try:
            read_book(text, name=self.named)
        except UnreadableBook as refusal:
            raise ValidationError(refused_in_words(refusal.refusal, text)) from refusal
        return text

    @property
    def named(self) -> str:
        """How the draft is called, if it is."""
        return self.cleaned_data.get("name") or "?"


@for_role(Person.Role.RULE_MANAGER)
def new_draft(request: HttpRequest, manager: Official) -> HttpResponse:
    """Written and kept; keeping it changes nothing, and the same text again is the same draft, under its first name."""
    entered = Writing(request.POST or None, request.FILES or None, initial=_beginning(request, manager))
    if entered.is_valid():
        written = entered.cleaned_data
        origin = manager.origin
        draft = keep_draft(written["text"], written["name"], origin=origin)
        if (draft.name, draft.author, draft.written_at) == (written["name"], origin.by, origin.at):
            messages.success(request, gettext("Het ontwerp is bewaard. Het verandert nog niets."))
        else:
            was_there = gettext("Deze tekst was al bewaard, als ontwerp %(name)s. Er is niets bijgekomen.")
            messages.info(request, was_there % {"name": draft.name})
        return redirect("draft", draft.pk)
    shown = {"entered": entered, "wrong": wrong_of(entered), "reference": reference()}
    return render(request, "portal/rule_manager/drafts/new.html", shown)


def _beginning(request: HttpRequest, manager: Official) -> dict[str, Any]:
    """The text of the draft that was asked for, or else of the book in force today."""
    if request.method != "GET":
        return {}
    if asked := request.GET.get("van", ""):
        draft = Draft.objects.filter(pk=a_number(asked)).first()
        if draft is not None:
            return {"text": draft.text}
    return {"text": text_of(books().on(manager.today).starts_on)}
