"""What came in as JSON, read strictly: one object, no name twice, nothing that only looks like JSON."""

import json
from hashlib import sha256
from typing import Any

UNREADABLE = "?"
"""Begins the made-up id of a message that does not say which one it is; no source's own id begins so."""

DIGITS = 24
"""How much of the digest of its text such an id repeats."""


class NotJson(ValueError):
    """The text is no JSON object; the message says what is wrong with it."""


def object_in(text: str) -> dict[str, Any]:
    """The object that the text holds; else NotJson."""
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_refused)
    except RecursionError:
        raise NotJson("it is nested too deeply") from None
    except ValueError as error:
        raise NotJson(str(error)) from None
    if not isinstance(found, dict):
        raise NotJson(f"it is {type(found).__name__}, not an object")
    return found


def same(one: str, other: str) -> bool:
    """Whether two texts say the same, however they are written."""
    try:
        return one == other or _in_one_way(one) == _in_one_way(other)
    except (NotJson, RecursionError):
        return False


def _in_one_way(text: str) -> str:
    return json.dumps(object_in(text), sort_keys=True)  # as text: in Python 1, 1.0 and True are equal


def made_up_id(text: str) -> str:
    """An id for a message that has none of its own: the same text gets the same one, and is kept once."""
    return UNREADABLE + sha256(text.encode()).hexdigest()[:DIGITS]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotJson("a name stands in it twice")
    return found


def _refused(constant: str) -> None:
    raise NotJson(f"{constant} is not JSON")
