"""Whom the text of a message names, whether or not the message is built as agreed: a look at it is a look at them."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

FIELD = re.compile(r'"(insz|client_number)"\s*:\s*"?([^"{}\[\],\n]*)')
"""A number in a text that is no JSON: it is on the page all the same."""


class Numbers(NamedTuple):
    """The INSZ numbers, without separators, and the client numbers that stand in a text."""

    insz: set[str]
    client_number: set[str]


def clients_in(*texts: str) -> Numbers:
    """The numbers of clients in these texts, wherever in them they stand."""
    found = Numbers(set(), set())
    for text in texts:
        for name, value in _fields_in(text):
            if name == "insz":
                found.insz.add(re.sub(r"[^0-9]", "", value))
            else:
                found.client_number.add(value.strip())
    return found


def _fields_in(text: str) -> Iterator[tuple[str, str]]:
    try:
        yield from _fields_of(json.loads(text))
    except (ValueError, RecursionError):
        yield from FIELD.findall(text)


def _fields_of(value: Any) -> Iterator[tuple[str, str]]:
    """Each number that stands under one of the two names, however deep."""
    if isinstance(value, list):
        for each in value:
            yield from _fields_of(each)
    elif isinstance(value, dict):
        for name, inside in value.items():
            if name in Numbers._fields and isinstance(inside, str | int):
                yield name, str(inside)
            yield from _fields_of(inside)
