"""`{{ right.last_day|day }}`, `{{ line.at|moment }}`: days and moments as people say them; every template has these."""

from datetime import date, datetime

from django import template
from django.utils.formats import date_format

from inzage.portal.language import spoken
from inzage.view_rights.explaining import in_words

register = template.Library()


@register.filter(expects_localtime=True)
def day(value: date | None, weekday: str = "") -> str:
    """A day, or that of a moment in Brussels; empty where there is none. "l" adds the day of the week."""
    if not value:
        return ""
    said = in_words(value, spoken())
    return f"{date_format(value, weekday)} {said}" if weekday else said


@register.filter(expects_localtime=True)
def moment(value: datetime | None, time: str = "H:i") -> str:
    """A moment in Brussels, to the minute, or as `time` asks; empty where there is none."""
    return f"{in_words(value, spoken())} {date_format(value, time)}" if value else ""
