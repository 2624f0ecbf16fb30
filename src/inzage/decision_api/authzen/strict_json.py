"""I-JSON (RFC 7493) read strictly: what two readers might take differently, or can't hold, is refused."""

import json
import math
import re
from typing import Any

import orjson

DEEPEST = 100
"""How many objects and arrays may stand in one another."""
LARGEST = 2**53 - 1
DIGITS = len(str(-LARGEST))
"""No whole number with more of them is worth reading."""
NAME_SHOWN = 40
ESCAPED = re.compile(r"\\u[dDfF]")
"""What may be half of a surrogate pair, or a noncharacter, written as an escape."""
NONCHARACTER = re.compile(
    rb"[\xef-\xf4](?:(?<=\xef)(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])|[\x8f\x9f\xaf\xbf]\xbf[\xbe\xbf])"
)
"""U+FDD0 to U+FDEF, and the last two of each plane, in UTF-8."""


class Unreadable(ValueError):
    """What was sent can't be read: the message says where, and what was expected."""


def object_in(body: bytes) -> dict[str, Any]:
    """The object that a body holds; Unreadable for anything that is not exactly one object in I-JSON."""
    text = _text_in(body)
    try:
        found = DECODER.decode(text)
    except RecursionError:
        raise _too_deep() from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}"
        raise Unreadable(f"the body is not JSON at {where}: {error.msg}") from None
    if not isinstance(found, dict):
        raise Unreadable("the body: expected a JSON object")
    if text.count("{") + text.count("[") > DEEPEST:
        _check_depth(found)
    if not text.isascii():
        _check_characters(body)
    if ESCAPED.search(text):
        _check_characters(_unescaped(found))
    return found


def _text_in(body: bytes) -> str:
    if not body:
        raise Unreadable("the body is empty: expected a JSON object")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Unreadable(f"the body is not UTF-8 at byte {error.start}") from None


def _check_depth(found: dict[str, Any]) -> None:
    level: list[Any] = [found]
    for _ in range(DEEPEST):
        inner = [value for each in level for value in (each.values() if type(each) is dict else each)]
        level = [value for value in inner if type(value) is dict or type(value) is list]
        if not level:
            return
    raise _too_deep()


def _unescaped(found: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(found)
    except TypeError:
        raise Unreadable("the body holds half of a surrogate pair: expected whole characters") from None


def _check_characters(written: bytes) -> None:
    if NONCHARACTER.search(written):
        raise Unreadable("the body holds a code point that is no character")


def _too_deep() -> Unreadable:
    return Unreadable(f"the body is nested too deeply: expected at most {DEEPEST} levels")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        left = iter(found)  # the first of each, in the order they came
        twice = next(name for name, _ in pairs if name != next(left, None))
        raise Unreadable(f"the body has the member {shown(twice)} twice in one object")
    return found


def shown(text: str) -> str:
    """A text of the caller's as it may stand in a message: in ASCII on one line, and not too long."""
    return ascii(text if len(text) <= NAME_SHOWN else text[:NAME_SHOWN] + "...")


def _whole(digits: str) -> int:
    if len(digits) > DIGITS or abs(number := int(digits)) > LARGEST:
        raise Unreadable(f"the body holds a whole number beyond {LARGEST}: not every reader keeps it exact")
    return number


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise Unreadable("the body holds a number beyond what a double can hold")
    return number


def _refused(constant: str) -> None:
    raise Unreadable(f"the body holds {constant}, which is not JSON")


DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_int=_whole, parse_float=_finite, parse_constant=_refused
)
