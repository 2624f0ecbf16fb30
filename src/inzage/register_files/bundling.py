"""The staged lines, client by client: four tables in the order of their client numbers, merged."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import Any

from inzage.register_files.checks import Bad, as_date
from inzage.register_files.lines import ActivityLine, AssignmentLine, Bundle, ClientLine, ConsentLine

SERVICE = 4
"""The place of the service in a row of assignments: after line, id, client and unit."""


def bundles(
    database: sqlite3.Connection,
    tendered: Mapping[str, bool],
    set_aside: Callable[[AssignmentLine, Bad], None],
) -> Iterator[Bundle]:
    """Everything about one client after the other. Assignments that overlap another unit's are set aside."""
    tables = [_Rows(database, table) for table in ("clients", "assignments", "consents", "activities")]
    while numbers := [table.next for table in tables if table.next is not None]:
        number = min(numbers)
        client, assignments, consents, activities = rows = [table.of(number) for table in tables]
        yield Bundle(
            number,
            _client(client[0]) if client else None,
            _without_overlap([_assignment(row) for row in assignments], tendered, set_aside),
            tuple(map(_consent, consents)),
            tuple(map(_activity, activities)),
            digest=_digest(rows, [tendered[row[SERVICE]] for row in assignments]),
        )


class _Rows:
    """The rows of one table, handed out client by client. `next` is the client number that comes next."""

    def __init__(self, database: sqlite3.Connection, table: str) -> None:
        ordered = database.execute(f"SELECT * FROM {table} ORDER BY client_number, 2")
        column = [name for name, *_ in ordered.description].index("client_number")
        self._groups = groupby(ordered, key=itemgetter(column))
        self.next: str | None = None
        self._rows: Iterator[tuple[Any, ...]] = iter(())
        self._advance()

    def _advance(self) -> None:
        self.next, self._rows = next(self._groups, (None, iter(())))

    def of(self, number: str) -> list[tuple[Any, ...]]:
        """The rows of this client; the next call is for a later one."""
        if self.next != number:
            return []
        rows = list(self._rows)
        self._advance()
        return rows


def _client(row: Any) -> ClientLine:
    _line, number, insz, family_name, given_name, nis_code, deceased_on = row
    return ClientLine(number, insz, family_name, given_name, nis_code, as_date(deceased_on))


def _assignment(row: Any) -> AssignmentLine:
    _line, number, client, unit, service, assigned_on, ended_on, end_reason = row
    day = as_date(assigned_on)
    assert day is not None  # checked when it was read
    return AssignmentLine(number, client, unit, service, day, as_date(ended_on), end_reason)


def _consent(row: Any) -> ConsentLine:
    _line, number, client, unit, purpose, route, completed_on, granted_on, informed, withdrawn_on = row
    days = (as_date(completed_on), as_date(granted_on))
    told = informed.lower() == "yes"
    return ConsentLine(number, client, unit, purpose, route, *days, told, as_date(withdrawn_on))


def _activity(row: Any) -> ActivityLine:
    _line, *what, requested_on, started_on, closed_on, cancelled_on = row
    number, client, unit, kind, title, course, outsourcing = what
    begun, ended = (as_date(requested_on), as_date(started_on)), (as_date(closed_on), as_date(cancelled_on))
    return ActivityLine(number, client, unit, kind, title, course, outsourcing, *begun, *ended)


def _without_overlap(
    assignments: list[AssignmentLine],
    tendered: Mapping[str, bool],
    set_aside: Callable[[AssignmentLine, Bad], None],
) -> tuple[AssignmentLine, ...]:
    """One owner at a time: of two units' assignments that overlap, the later (by day, then id) is bad."""
    if len(assignments) < 2:
        return tuple(assignments)
    kept: list[AssignmentLine] = []
    for line in sorted(assignments, key=lambda line: (line.assigned_on, line.assignment_id)):
        other = next((one for one in kept if tendered[line.service] and _overlap(one, line, tendered)), None)
        if other is None:
            kept.append(line)
        else:
            set_aside(line, overlapping(line, by=f"{other.assignment_id} of {other.oe_number}"))
    return tuple(sorted(kept, key=lambda line: line.assignment_id))


def _overlap(one: AssignmentLine, later: AssignmentLine, tendered: Mapping[str, bool]) -> bool:
    """Whether two owners would own on one day; an assignment of no days overlaps nothing."""
    if one.oe_number == later.oe_number or not tendered[one.service]:
        return False
    if later.ended_on == later.assigned_on or one.ended_on == one.assigned_on:
        return False
    return one.ended_on is None or one.ended_on > later.assigned_on


def overlapping(line: AssignmentLine, *, by: str) -> Bad:
    """Why an assignment that overlaps another unit's is a bad line."""
    return Bad(
        f"overlaps assignment {by}",
        "let one end before the other begins: a dossier has one owner at a time",
        column="assigned_on",
        value=str(line.assigned_on),
    )


def _digest(rows: list[list[tuple[Any, ...]]], owning: list[bool]) -> bytes:
    """Of what the lines say, not of where they stand in the file."""
    said = [[row[1:] for row in table] for table in rows]
    return blake2b(repr((said, owning)).encode(), digest_size=32).digest()
