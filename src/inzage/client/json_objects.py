"""JSON as it comes from another machine, read strictly: what isn't as agreed is Unreadable, never a guess."""

import json
from typing import Any, TypeVar

Kind = TypeVar("Kind")


class Unreadable(ValueError):
    """What is wrong with an answer; the message repeats nothing of it."""


def object_in(body: bytes, content_type: str) -> dict[str, Any]:
    """The one JSON object that the body is; no name in it stands twice (RFC 7493)."""
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise Unreadable("it is not application/json")
    try:
        found = json.loads(body.decode(), object_pairs_hook=_once, parse_constant=_refused)
    except Unreadable:
        raise
    except (ValueError, RecursionError):
        raise Unreadable("it is not JSON") from None
    if type(found) is not dict:
        raise Unreadable("it is not a JSON object")
    return found


def required(found: dict[str, Any], name: str, kind: type[Kind]) -> Kind:
    """The member of that name, exactly of that kind: 1 is no bool, and "true" neither."""
    value = found.get(name)
    if type(value) is not kind:
        raise Unreadable(f"{name} is missing, or no {kind.__name__}")
    return value


def optional(found: dict[str, Any], name: str, kind: type[Kind]) -> Kind | None:
    """The same, where it is there; null is as good as absent."""
    return None if found.get(name) is None else required(found, name, kind)


def objects(found: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects of the array of that name, which must be there."""
    items = required(found, name, list)
    if any(type(item) is not dict for item in items):
        raise Unreadable(f"{name} holds something else than objects")
    return items


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unreadable("a name stands in it twice")
    return found


def _refused(_constant: str) -> None:
    raise Unreadable("it holds a number that is none")
