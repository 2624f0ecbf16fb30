"""What people enter: forms in our own markup, numbers as they are typed, days."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django import forms

from inzage.partners.models import Unit
from inzage.portal.refusing import sentence_of

SEPARATORS = re.compile(r"[\s.\-/]")


class Entry(forms.Form):
    """A form on a page; each field with label, help and error, tied together for whoever listens to it."""

    template_name = "portal/form.html"
    use_required_attribute = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    @contextmanager
    def refusing(self, *refusals: type[Exception]) -> Iterator[None]:
        """Show a refusal at the form as a sentence; what was entered stays."""
        try:
            yield
        except refusals as refusal:
            self.add_error(None, sentence_of(refusal))


class Day(forms.DateField):
    """A day, chosen or typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault("error_messages", {"invalid": "Vul een dag in die bestaat, zoals 28/02/2026."})
        super().__init__(validators=[_of_these_times], **kwargs)


def _of_these_times(day: date) -> None:
    """The years that register files take as well: others are typing errors, or stand for "no end"."""
    if not 1900 <= day.year < 2200:
        raise forms.ValidationError("Kijk het jaar na: het ligt niet tussen 1900 en 2199.")


class PersonNumber(forms.CharField):
    """A client number or an INSZ number; never offered again by the browser."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "off", "spellcheck": "false"}
        kwargs.setdefault("label", "INSZ of klantnummer")
        kwargs.setdefault("help_text", "Het hele nummer; punten en streepjes mogen.")
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attributes), **kwargs)


class UnitByNumber(forms.CharField):
    """An organisation, named by its OE number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> Unit | None:
        """The unit; none where nothing was entered and nothing is required."""
        number = super().clean(value)
        if not number:
            return None
        if unit := Unit.objects.filter(oe_number=number).first():
            return unit
        raise forms.ValidationError("Deze organisatie kennen wij niet. Kijk het OE-nummer na.")


def without_separators(number: str) -> str:
    """A number as it is stored: without spaces, dots, dashes and slashes."""
    return SEPARATORS.sub("", number)
