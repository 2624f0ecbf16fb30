"""Rule books: dated, sourced values read from TOML; the verbs that use them are code."""

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from inzage.rules.names import Status
from inzage.rules.periods import last_day_after

EXECUTOR = "closing.executor"
NO_ACTIVITY = "closing.no-activity"
OWNER = "closing.owner."


class UnreadableBook(ValueError):
    """A rule book says something we can't carry out; the message names the file, the value and what was expected."""


@dataclass(frozen=True, slots=True)
class ClosingRule:
    """Close `months` after the event. `source` says where the number comes from, `status` how sure it is (S19)."""

    id: str
    months: int
    source: str
    status: Status
    version: str

    def last_day(self, event_on: date) -> date:
        """The last day of the term that starts with the event on `event_on`."""
        return last_day_after(event_on, months=self.months)


@dataclass(frozen=True, slots=True)
class Switch:
    """Something that is on or off from a book's first day; `source` and `status` as for a rule."""

    on: bool
    source: str
    status: Status


OFF = Switch(False, "Staat in geen regelboek: uit", Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules in force from `starts_on` until the next book starts.

    `prjlew_grants_at_once`: a registration under PRJLEW in IBIS grants the right itself, without a form (S23).
    """

    starts_on: date
    version: str
    executor: ClosingRule
    no_activity: ClosingRule
    fallback: ClosingRule
    owners: Mapping[str, ClosingRule] = field(default_factory=dict)
    prjlew_grants_at_once: Switch = OFF

    def owner_rule(self, service: str) -> ClosingRule:
        """The rule of `service`; a service without one gets the fallback under its own id (S19)."""
        if rule := self.owners.get(service):
            return rule
        fallback = self.fallback
        return ClosingRule(OWNER + service, fallback.months, fallback.source, fallback.status, self.version)

    def rule(self, rule_id: str) -> ClosingRule:
        """The rule that carries this id."""
        named = {EXECUTOR: self.executor, NO_ACTIVITY: self.no_activity}
        return named.get(rule_id) or self.owner_rule(rule_id.removeprefix(OWNER))

    def knows(self, service: str) -> bool:
        """Whether the book has a row for `service`, if only one that points at the fallback."""
        return service in self.owners


class RuleBooks:
    """All books, oldest first: the one in force on a day is the last that has started."""

    def __init__(self, books: list[RuleBook]) -> None:
        self._books = sorted(books, key=lambda book: book.starts_on)
        self._later_starts = [book.starts_on for book in self._books[1:]]

    def every(self) -> list[RuleBook]:
        """All of them, oldest first."""
        return list(self._books)

    def on(self, day: date) -> RuleBook:
        """The book in force on `day`; before the first book, the first."""
        return self._books[bisect_right(self._later_starts, day)]


def read_book(text: str, *, name: str) -> RuleBook:
    """Read one book; raise UnreadableBook with the place and what was expected."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableBook(f"{name}: not TOML: {error}") from error
    starts_on = data.get("starts_on")
    if type(starts_on) is not date:
        raise UnreadableBook(f"{name}: starts_on is {starts_on!r}; expected a date such as 2000-01-01")
    version = starts_on.isoformat()
    fallback = _rule(data, "owner", OWNER + "fallback", name, version)
    owners = {
        code: _owner_rule(code, row, fallback, f"{name}: services.{code}")
        for code, row in data.get("services", {}).items()
    }
    return RuleBook(
        starts_on=starts_on,
        version=version,
        executor=_rule(data, "executor", EXECUTOR, name, version),
        no_activity=_rule(data, "no_activity", NO_ACTIVITY, name, version),
        fallback=fallback,
        owners=owners,
        prjlew_grants_at_once=_switch(data, "prjlew", "grants_at_once", name),
    )


def _rule(data: Mapping[str, Any], section: str, rule_id: str, name: str, version: str) -> ClosingRule:
    row = data.get(section)
    if not isinstance(row, dict):
        raise UnreadableBook(f"{name}: section [{section}] is missing; expected months, source and status")
    return _rule_from(row, rule_id, f"{name}: {section}", version)


def _owner_rule(code: str, row: Mapping[str, Any], fallback: ClosingRule, where: str) -> ClosingRule:
    """A service's own rule, or the fallback's numbers under the service's id and its own status."""
    if "months" in row:
        return _rule_from(row, OWNER + code, where, fallback.version)
    return ClosingRule(OWNER + code, fallback.months, fallback.source, _status(row, where), fallback.version)


def _switch(data: Mapping[str, Any], section: str, key: str, name: str) -> Switch:
    """An optional section with one switch; without it, off."""
    row = data.get(section)
    if row is None:
        return OFF
    where = f"{name}: {section}"
    if not isinstance(row, dict) or type(row.get(key)) is not bool:
        found = row.get(key) if isinstance(row, dict) else row
        raise UnreadableBook(f"{where}.{key} is {found!r}; expected true or false")
    return Switch(row[key], _source(row, where), _status(row, where))


def _rule_from(row: Mapping[str, Any], rule_id: str, where: str, version: str) -> ClosingRule:
    months = row.get("months")
    if type(months) is not int or not 1 <= months <= 120:
        raise UnreadableBook(
            f"{where}.months is {months!r}; expected a whole number from 1 to 120, such as 6"
        )
    return ClosingRule(rule_id, months, _source(row, where), _status(row, where), version)


def _source(row: Mapping[str, Any], where: str) -> str:
    source = row.get("source")
    if not isinstance(source, str) or not source.strip():
        raise UnreadableBook(
            f"{where}.source is {source!r}; expected a sentence that says where the value comes from"
        )
    return source


def _status(row: Mapping[str, Any], where: str) -> Status:
    try:
        return Status(row["status"])
    except (KeyError, ValueError):
        expected = ", ".join(Status)
        raise UnreadableBook(f"{where}.status is {row.get('status')!r}; expected one of {expected}") from None


@cache
def packaged_books() -> RuleBooks:
    """The books that come with this version of Inzage."""
    folder = files("inzage.rules") / "book"
    books = [entry for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return RuleBooks([read_book(entry.read_text("utf-8"), name=Path(entry.name).name) for entry in books])
