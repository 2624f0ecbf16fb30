"""Days written as iCalendar (RFC 5545): whole-day events, escaped and folded as its sections 3.1 and 3.3.11 ask."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

MOST = 75
"""Octets in a line, its end not counted (3.1)."""


class Event(NamedTuple):
    """A whole day: the same `uid` on another day is the same event, moved."""

    uid: str
    on: date
    changed_at: datetime
    summary: str
    description: str
    url: str


def written(events: Iterable[Event], *, name: str, language: str) -> str:
    """A calendar of this name."""
    return "".join(f"{folded(line)}\r\n" for line in _calendar(events, name, language))


def _calendar(events: Iterable[Event], name: str, language: str) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Inzage//Agenda//{language.upper()}")
    yield from ("CALSCALE:GREGORIAN", f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}")
    yield from ("REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H")
    for event in events:
        yield from _event(event)
    yield "END:VCALENDAR"


def _event(event: Event) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{_moment(event.changed_at)}")
    yield f"LAST-MODIFIED:{_moment(event.changed_at)}"
    yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    yield from (f"URL:{event.url}", "TRANSP:TRANSPARENT", "END:VEVENT")


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """A text as a value; what ends a line in it becomes `\\\\n`."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def folded(line: str) -> str:
    """The line in pieces of 75 octets at most, the later ones after a space; no character is cut in two."""
    pieces, piece, length = [], "", 0
    for sign in line:
        size = len(sign.encode())
        if length + size > MOST:
            pieces.append(piece)
            piece, length = "", 1  # the space before it
        piece, length = piece + sign, length + size
    return "\r\n ".join([*pieces, piece])
