"""Days written as iCalendar (RFC 5545): whole-day events."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

import icalendar

REFRESH = timedelta(hours=6)
"""How often a calendar program does well to ask again."""


class Event(NamedTuple):
    """A whole day: the same `uid` on another day is the same event, moved."""

    uid: str
    on: date
    changed_at: datetime
    summary: str
    description: str
    url: str


class Calendar(NamedTuple):
    """What a calendar holds, in one language."""

    name: str
    language: str
    events: tuple[Event, ...]


def as_icalendar(calendar: Calendar) -> bytes:
    """A calendar as it is sent; older programs read the second name and the second interval."""
    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//Inzage//Agenda//{calendar.language.upper()}")
    made.add("calscale", "GREGORIAN")
    for title in ("name", "x-wr-calname"):
        made.add(
            title, icalendar.vText(calendar.name)
        )  # of these the library does not know that they are text
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", icalendar.vDuration(REFRESH))
    for event in calendar.events:
        made.add_component(_whole_day(event))
    return bytes(made.to_ical(sorted=False))


def _whole_day(event: Event) -> icalendar.Event:
    return icalendar.Event.new(
        uid=event.uid,
        stamp=event.changed_at,
        last_modified=event.changed_at,
        start=event.on,
        end=event.on + timedelta(days=1),
        summary=event.summary,
        description=event.description or None,
        url=event.url,
        transparency=icalendar.TRANSP.TRANSPARENT,
    )
