"""Fields for what is entered again and again: days, hours, numbers of people and of organisations."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import keep_lazy_text
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from stdnum.be import ssn
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as NotANumber

from inzage.partners.models import Unit
from inzage.portal import clock
from inzage.portal.language import Word
from inzage.rules.periods import last_day_after

SEPARATORS = re.compile(r"[\s.\-/]")
WAYS_TO_WRITE_A_DAY = ("%Y-%m-%d", "%d-%m-%Y", "%d-%m-%y", "%d/%m/%Y", "%d/%m/%y", "%Y/%m/%d")
"""The same in every language: the day comes before the month, as people here write it."""
HOURS = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")


class Day(forms.DateField):
    """A day, chosen or typed: from 1900, and at most one year ahead; or, where it must have come, up to today."""

    def __init__(self, *, to_come: bool = True, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        invalid = _("Vul een dag in die bestaat, zoals 28/02/2026.")
        kwargs.setdefault("error_messages", {"invalid": invalid, "required": _("Vul een dag in.")})
        kwargs.setdefault("input_formats", WAYS_TO_WRITE_A_DAY)
        bound = _within_a_year if to_come else _has_come
        super().__init__(validators=[_of_these_times, bound], **kwargs)


def _of_these_times(day: date) -> None:
    """The years that register files take as well: others are typing errors, or stand for "no end"."""
    if not 1900 <= day.year < 2200:
        raise ValidationError(_("Kijk het jaar na: het ligt niet tussen 1900 en 2199."))


def _within_a_year(day: date) -> None:
    if last_day_after(clock.today(), months=12) < day < date(2200, 1, 1):
        raise ValidationError(_("Kijk het jaar na: die dag ligt meer dan een jaar vooruit."))


def _has_come(day: date) -> None:
    if clock.today() < day < date(2200, 1, 1):
        raise ValidationError(_("Die dag moet nog komen: vul een dag in tot en met vandaag."))


class HoursOfDay(forms.DecimalField):
    """Hours on a day, with a comma or a point: 1,5 and 1.5 are the same."""

    def __init__(self, *, label: Word, **kwargs: Any) -> None:
        attributes = {"inputmode": "decimal", "autocomplete": "off", "class": "hours"}
        invalid = _("Vul een aantal uren in, zoals 7 of 1,5.")
        missing = format_lazy(_("Vul in: {label}."), label=_lower(label))
        super().__init__(
            label=label,
            localize=True,
            min_value=0,
            max_value=24,
            max_digits=4,
            decimal_places=2,
            widget=forms.TextInput(attrs=attributes),
            error_messages={"invalid": invalid, "required": missing},
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        """The number; what is neither digits nor digits with one comma or point is none."""
        if not isinstance(value, str):
            return super().to_python(value)
        if value.strip() and not HOURS.fullmatch(value.strip()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value.replace(",", "."))


@keep_lazy_text
def _lower(label: Word) -> str:
    return str(label).lower()


class PersonNumber(forms.CharField):
    """A client number or an INSZ number; never offered again by the browser."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "off", "spellcheck": "false"}
        kwargs.setdefault("label", _("INSZ of klantnummer"))
        kwargs.setdefault(
            "help_text", _("Het hele nummer. In een INSZ mogen punten, streepjes en spaties staan.")
        )
        kwargs.setdefault("error_messages", {"required": _("Vul het INSZ- of klantnummer in.")})
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> str:
        """The number as it was typed; eleven digits that can't be an INSZ number are said to be wrong."""
        number = str(super().clean(value))
        if _miscopied(without_separators(number)):
            raise ValidationError(
                _("Dit INSZ klopt niet: de controlecijfers passen niet bij de rest. Kijk het na.")
            )
        return number


def _miscopied(insz: str) -> bool:
    """Whether it looks like an INSZ number with wrong check digits. The number alone tells; nothing is looked up."""
    if not re.fullmatch(r"[0-9]{11}", insz):
        return False
    try:
        ssn.validate(insz)
    except InvalidChecksum:
        return True
    except NotANumber:
        return False
    return False


def without_separators(number: str) -> str:
    """An INSZ number as it is kept: without points, dashes and spaces."""
    return SEPARATORS.sub("", number)


class UnitByNumber(forms.CharField):
    """An organisation, named by its OE number, in capitals or not."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": _("Vul het OE-nummer van de organisatie in.")})
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> Unit | None:
        """The unit; none where nothing was entered and nothing is required."""
        number = super().clean(value)
        if not number:
            return None
        if unit := unit_numbered(number):
            return unit
        raise ValidationError(_("Deze organisatie kennen wij niet. Kijk het OE-nummer na."))


def unit_numbered(number: str) -> Unit | None:
    """The unit whose OE number is written exactly so; or else the only one that differs in capitals alone."""
    if exactly := Unit.objects.filter(oe_number=number).first():
        return exactly
    alike = list(Unit.objects.filter(oe_number__iexact=number)[:2])
    return alike[0] if len(alike) == 1 else None
