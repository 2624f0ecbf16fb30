"""A file from outside is read in a process of its own: what it does there, it does to nobody else."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import inzage
from inzage.consents.form_files import inspecting
from inzage.consents.form_files.unfit import Unfit, Why, type_of

PATIENCE = 20
"""Seconds by the clock; the process has half of that to compute in."""


class Inspected(NamedTuple):
    """A file that may be kept: its bytes, what it is, and the fields that are filled in on it."""

    data: bytes
    content_type: str
    fields: dict[str, str]


def inspect(data: bytes, *, most: int) -> Inspected:
    """What the file holds; Unfit where it is bigger than `most` bytes, of no type we take, or not harmless."""
    if len(data) > most:
        raise Unfit(Why.TOO_BIG)
    content_type = type_of(data)
    return Inspected(data, content_type, _fields(data, content_type))


def _fields(data: bytes, content_type: str) -> dict[str, str]:
    """What the process finds; one that was stopped says nothing."""
    command = [sys.executable, "-P", "-s", "-m", inspecting.__name__, content_type]
    environment = {"PYTHONPATH": str(Path(inzage.__file__).parents[1]), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, env=environment)
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise Unfit(Why.TOO_COMPLEX) from None
    if "unfit" in found:
        raise Unfit(Why(found["unfit"]))
    fields: dict[str, str] = found["fields"]
    return fields
