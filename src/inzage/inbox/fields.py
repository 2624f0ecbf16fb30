"""JSON read field by field: what can't be read is named, with what was expected; never with the value itself."""

import re
from datetime import date
from typing import Any

from inzage.register_files import checks

NO_TEXT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""Signs that no text of ours holds: control signs, and halves of a sign."""
HIGHEST = 2**31 - 1


class Unreadable(Exception):
    """The event can't be understood: the message names the field and says what was expected."""


class Fields:
    """The members of a JSON object; `where` is its own place in the event."""

    def __init__(self, members: dict[str, Any], where: str) -> None:
        self._members, self._where = members, where

    def text(self, name: str, check: checks.Check, *, without: str | None = None) -> str:
        """A text that passes the check; `without` it (absent or null) that one, where there may be none."""
        value = self._members.get(name)
        if value is None and without is not None:
            return without
        if not isinstance(value, str) or NO_TEXT.search(value):
            raise Unreadable(f"{self._named(name)} is {_kind_of(value)}; expected text on one line.")
        try:
            return check(value)
        except checks.Bad as bad:
            raise Unreadable(f"{self._named(name)} {bad.reason}: {bad.what_to_do}.") from None

    def day(self, name: str) -> date:
        """A day."""
        return date.fromisoformat(self.text(name, checks.day))

    def day_or_none(self, name: str) -> date | None:
        """A day, or nothing where it is absent or null."""
        return None if self._members.get(name) is None else self.day(name)

    def version(self) -> int:
        """Which version of its thing the event tells."""
        value = self._members.get("version")
        if type(value) is not int or not 1 <= value <= HIGHEST:
            raise Unreadable(
                f"{self._named('version')} is {_kind_of(value)}; expected a whole number from 1 on."
            )
        return value

    def inside(self, name: str) -> "Fields":
        """An object inside this one."""
        value = self._members.get(name)
        if not isinstance(value, dict):
            raise Unreadable(f"{self._named(name)} is {_kind_of(value)}; expected an object.")
        return Fields(value, self._named(name))

    def several(self, name: str) -> list["Fields"]:
        """A list of objects inside this one; none where it is absent."""
        values = self._members.get(name) or []
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise Unreadable(f"{self._named(name)} is {_kind_of(values)}; expected a list of objects.")
        return [Fields(value, f"{self._named(name)}[{place}]") for place, value in enumerate(values)]

    def _named(self, name: str) -> str:
        return f"{self._where}.{name}" if self._where else name


def _kind_of(value: Any) -> str:
    """What was found, without saying it."""
    kinds = {
        type(None): "absent",
        str: "other text",
        bool: "true or false",
        dict: "an object",
        list: "a list",
    }
    return kinds.get(type(value), "another number")
