"""A rule book read from TOML; what can't be carried out is refused with file, line, value, expectation, example."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from inzage.rules.names import Event, OwnershipEnd
from inzage.rules.rulebook import (
    EXECUTOR,
    FALLBACK,
    LONGEST_ID,
    NO_ACTIVITY,
    OFF,
    OWNER,
    ClosingRule,
    Longest,
    RuleBook,
    RuleBooks,
    Switch,
)
from inzage.rules.tables import SOURCED, Table, refuse_what_is_too_wide, table_of
from inzage.rules.toml_slips import refused
from inzage.rules.unreadable import Expected, Fault

TERM = ("months", "days", *SOURCED)
MAXIMUM = "maximum"
OF_SERVICE = (*TERM, "after", MAXIMUM)
SECTIONS = ("starts_on", "rounding", "executor", "no_activity", "owner", "services", "prjlew")
SWITCH = "grants_at_once"
ROUNDING = {"months": "nth-to-eve", "days": "after-the-event"}
"""How a term is counted, by its unit: the one way that `rules.periods` carries out for each (docs/decisions/0002)."""
SERVICE = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""A service's code, as the id of its rule takes it."""
EXECUTOR_ENDS = (str(Event.ACTIVITY_CLOSED), str(Event.ACTIVITY_CANCELLED))
OWNER_ENDS = tuple(map(str, OwnershipEnd))


def read_book(text: str, *, name: str, number: int = 1) -> RuleBook:
    """Read one book; raise UnreadableBook, whose message begins with `name`. `number`: of those for its first day."""
    refuse_what_is_too_wide(text, name)
    return _book_of(_parsed(text, name), text, name, number)


def read_kept(text: str, *, name: str, number: int = 1) -> RuleBook:
    """The same of a text on record, as it could be read when it was kept: how a book may be written was limited since.

    Any width; and a longest trajectory beside the terms of executors and of owners, where it never had a meaning.
    """
    data = _parsed(text, name)
    for section in ("executor", "owner"):
        if isinstance(data.get(section), dict):
            data[section].pop(MAXIMUM, None)
    return _book_of(data, text, name, number)


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise refused(error, text, name) from error


def _book_of(data: Mapping[str, Any], text: str, name: str, number: int) -> RuleBook:
    book = table_of(data, text, name)
    book.only(SECTIONS)
    starts_on = book.day("starts_on")
    version = f"{starts_on}.{number}" if number > 1 else str(starts_on)
    for section in ("executor", "no_activity", "owner"):
        book.table(section, example=f'[{section}]\nmonths = 6\nsource = "…"\nstatus = "assumption"')
    rules = {rule.id: rule for rule in _rules(book, version)}
    _state_the_rounding(book, rules.values())
    of_services = {row.key: rules.pop(OWNER + row.key) for row in _services(book)}
    return RuleBook(
        starts_on=starts_on,
        version=version,
        executor=rules.pop(EXECUTOR),
        no_activity=rules.pop(NO_ACTIVITY),
        fallback=rules.pop(FALLBACK),
        owners=of_services,
        after=rules,
        longest={row.key: longest for row in _services(book) if (longest := _longest(row))},
        prjlew_grants_at_once=_switch(book, "prjlew", SWITCH),
    )


def _rules(book: Table, version: str) -> Iterator[ClosingRule]:
    """Every rule of the book: of executors, of who does nothing, the fallback of owners, and of each service."""
    yield from _with_its_ends(book.table("executor"), EXECUTOR, EXECUTOR_ENDS, version)
    alone = book.table("no_activity")
    alone.only(TERM)
    yield _rule(alone, NO_ACTIVITY, version)
    fallback = list(_with_its_ends(book.table("owner"), FALLBACK, OWNER_ENDS, version))
    yield from fallback
    for row in _services(book):
        own = any(row.has(key) for key in ("months", "days", "source", "after"))
        yield from (
            _with_its_ends(row, OWNER + row.key, OWNER_ENDS, version) if own else _pointing(row, fallback)
        )


def _services(book: Table) -> list[Table]:
    """The rows of services; two that differ in capitals alone would be two rules for one service."""
    rows = book.table("services").tables() if book.has("services") else []
    seen: dict[str, str] = {}
    for row in rows:
        if not SERVICE.fullmatch(row.key) or row.key in (*OWNER_ENDS, "fallback"):
            raise row.bad(Fault.NO_SERVICE, Expected.SERVICE, "[services.TIBB4]")
        if other := seen.get(row.key.casefold()):
            raise row.bad(Fault.SECOND_ROW, Expected.ONE_ROW, f"[services.{other}]", value=other)
        seen[row.key.casefold()] = row.key
    return rows


def _with_its_ends(row: Table, rule_id: str, ends: tuple[str, ...], version: str) -> Iterator[ClosingRule]:
    """A row's rule, and its own rules for single kinds of end."""
    row.only((*TERM, "after") if rule_id in (EXECUTOR, FALLBACK) else OF_SERVICE)
    yield _rule(row, rule_id, version)
    if not row.has("after"):
        return
    for after in row.table("after").tables():
        if after.key not in ends:
            example = f"[{row.path}.after.{ends[0]}]"
            raise after.bad(Fault.NO_END, Expected.ONE_OF, example, of=", ".join(ends))
        after.only(TERM)
        if len(f"{rule_id}.{after.key}") > LONGEST_ID:
            raise after.bad(Fault.LONG_NAME, Expected.SHORT, "[services.TIBB4]", of=str(LONGEST_ID))
        yield _rule(after, f"{rule_id}.{after.key}", version)


def _pointing(row: Table, fallback: list[ClosingRule]) -> Iterator[ClosingRule]:
    """A row without a period points at the fallback: its numbers, under the service's id and the row's own status."""
    row.only({"status", "approved_by", "approved_on", MAXIMUM})
    for rule in fallback:
        own = OWNER + row.key + rule.id.removeprefix(FALLBACK)
        if len(own) > LONGEST_ID:
            raise row.bad(Fault.LONG_CODE, Expected.SHORTER, "[services.TIBB4]")
        origin = replace(rule.origin, status=row.status(), **row.approval())
        yield ClosingRule(own, rule.period, origin, rule.version)


def _rule(row: Table, rule_id: str, version: str) -> ClosingRule:
    return ClosingRule(rule_id, row.period(), row.sourced(), version)


def _state_the_rounding(book: Table, rules: Any) -> None:
    """Six months are no number of days: a book says how it counts each unit that it uses."""
    used = {"days" if rule.period.days else "months" for rule in rules}
    rounding = book.table("rounding", example='[rounding]\nmonths = "nth-to-eve"')
    rounding.only(ROUNDING)
    for unit in sorted(used | set(rounding.data)):
        if rounding.data.get(unit) != ROUNDING[unit]:
            way = ROUNDING[unit]
            raise rounding.wrong(unit, Expected.EXACTLY, f'{unit} = "{way}"', of=way)


def _longest(row: Table) -> Longest | None:
    if not row.has(MAXIMUM):
        return None
    maximum = row.table(MAXIMUM)
    maximum.only(TERM)
    return Longest(maximum.period(), maximum.sourced())


def _switch(book: Table, section: str, key: str) -> Switch:
    """An optional section with one switch; without it, off."""
    if not book.has(section):
        return OFF
    row = book.table(section)
    row.only((*SOURCED, key))
    if type(row.data.get(key)) is not bool:
        raise row.wrong(key, Expected.SWITCH, f"{key} = false")
    return Switch(row.data[key], row.sourced())


@cache
def packaged_texts() -> Mapping[str, str]:
    """The texts of the books that come with this version of Inzage, by file name."""
    folder = files("inzage.rules") / "book"
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return {Path(entry.name).name: entry.read_text("utf-8") for entry in found}


@cache
def packaged_books() -> RuleBooks:
    """The books that come with this version of Inzage."""
    return RuleBooks([read_book(text, name=name) for name, text in packaged_texts().items()])
