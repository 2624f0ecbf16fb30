"""A calendar as it is written: whatever it holds, every calendar program reads it back."""

from datetime import UTC, date

from inzage.portal.calendar.as_icalendar import Calendar, Event, as_icalendar
from tests.portal.office import NOON, TODAY, Office

STRANGE = "Huis; tuin, keuken\\zolder\r\nBEGIN:VEVENT " + "é€" * 60


def test_whatever_a_text_holds_a_calendar_program_reads_it_back_and_no_line_is_too_long() -> None:
    event = Event("inzagerecht-1@inzage.example", TODAY, NOON, STRANGE, STRANGE, "https://inzage.example/d/")
    written = as_icalendar(Calendar(STRANGE, "nl", (event,)))
    lines = [line.decode() for line in written.split(b"\r\n")]  # no character is cut in two
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = written.replace(b"\r\n ", b"").decode()
    expected = STRANGE.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\\n")
    for name in ("NAME", "X-WR-CALNAME", "SUMMARY", "DESCRIPTION"):
        assert f"\r\n{name}:{expected}\r\n" in unfolded


def test_what_is_written_is_what_calendar_programs_were_sent_before(office: Office) -> None:
    """Line by line: a program that has the calendar finds its events again by UID, and nothing new in them."""
    event = Event(
        "inzagerecht-1@inzage.example", date(2026, 3, 2), NOON, "Eindigt", "", "https://inzage.example/d/"
    )
    written = as_icalendar(Calendar("Einden", "fr", (event,))).decode()
    moment = f"{NOON.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    expected = f"""\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Inzage//Agenda//FR
CALSCALE:GREGORIAN
NAME:Einden
X-WR-CALNAME:Einden
REFRESH-INTERVAL;VALUE=DURATION:PT6H
X-PUBLISHED-TTL:PT6H
BEGIN:VEVENT
UID:inzagerecht-1@inzage.example
DTSTAMP:{moment}
LAST-MODIFIED:{moment}
DTSTART;VALUE=DATE:20260302
DTEND;VALUE=DATE:20260303
SUMMARY:Eindigt
URL:https://inzage.example/d/
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
"""
    assert sorted(written.splitlines()) == sorted(expected.splitlines())
    assert written.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert written.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
