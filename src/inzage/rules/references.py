"""The field Opmerking of IBIS: course number or PRJLEW / outsourcing number / OE number (S14).

Lenient on case and spaces, strict on count and length. What is read is kept as text, so that leading zeros stay.
Nothing is guessed: a letter O is no zero, and a sign from another alphabet is refused, however much it looks right.
"""

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

PRJLEW = "PRJLEW"
"""Stands where a course number would stand: the path of youngsters in Leren en Werken (S23)."""
COURSE_LENGTH = 5
OUTSOURCING_LENGTH = 7
OE_LONGEST = 40
EXPECTED = "course number (5 characters) or PRJLEW / outsourcing number (7 characters) / OE number"
PARTS = ("course number", "outsourcing number", "OE number")
LETTERS_AND_DIGITS = re.compile(r"[0-9A-Z]+")
OE_SIGNS = re.compile(r"[0-9A-Z._-]+")


class Fault(StrEnum):
    """What can be wrong with a reference."""

    EMPTY = "reference_empty"
    NOT_ASCII = "reference_not_ascii"
    COUNT = "reference_count"
    PART_EMPTY = "reference_part_empty"
    SIGN = "reference_sign"
    COURSE_LENGTH = "reference_course_length"
    OUTSOURCING_LENGTH = "reference_outsourcing_length"
    OE_LENGTH = "reference_oe_length"


class Unreadable(ValueError):
    """The field can't be read: the reason as a code, and for a person what was found and what was expected."""

    def __init__(self, reason: Fault, found: str) -> None:
        self.reason = reason
        self.detail = f"{found} Expected in Opmerking: {EXPECTED}."
        super().__init__(self.detail)


class Reference(NamedTuple):
    """What the field says, in capitals and without spaces; `course` is a course number or PRJLEW."""

    course: str
    outsourcing_number: str
    oe_number: str

    @property
    def of_leren_en_werken(self) -> bool:
        """Whether it announces a project line for a youngster in Leren en Werken (S23), not a training (S15)."""
        return self.course == PRJLEW


def parse(text: str) -> Reference:
    """Read the field; raise Unreadable with the first thing that is wrong."""
    bare = "".join(text.split())
    if not bare:
        raise Unreadable(Fault.EMPTY, "It is empty.")
    if strange := next((sign for sign in bare if not sign.isascii()), None):
        raise Unreadable(
            Fault.NOT_ASCII, f"It holds {_named(strange)}: only the letters A to Z and digits can be read."
        )
    parts = bare.upper().split("/")
    if len(parts) != len(PARTS):
        raise Unreadable(Fault.COUNT, f"It has {len(parts)} parts, separated by slashes, instead of 3.")
    reference = Reference(*parts)
    _check_signs(reference)
    _check_lengths(reference)
    return reference


def written(reference: Reference) -> str:
    """The field as it is agreed."""
    return "/".join(reference)


def _check_signs(reference: Reference) -> None:
    for name, part in zip(PARTS, reference, strict=True):
        if not part:
            raise Unreadable(Fault.PART_EMPTY, f"The {name} is empty.")
        allowed = OE_SIGNS if name == PARTS[-1] else LETTERS_AND_DIGITS
        if not allowed.fullmatch(part):
            raise Unreadable(Fault.SIGN, f"The {name} is {part!r}, with a sign that is no letter or digit.")


def _check_lengths(reference: Reference) -> None:
    course, outsourcing, oe_number = reference
    if not reference.of_leren_en_werken and len(course) != COURSE_LENGTH:
        raise Unreadable(Fault.COURSE_LENGTH, f"The course number {course!r} has {len(course)} characters.")
    if len(outsourcing) != OUTSOURCING_LENGTH:
        raise Unreadable(
            Fault.OUTSOURCING_LENGTH,
            f"The outsourcing number {outsourcing!r} has {len(outsourcing)} characters.",
        )
    if len(oe_number) > OE_LONGEST:
        raise Unreadable(Fault.OE_LENGTH, f"The OE number has {len(oe_number)} characters, more than 40.")


def _named(sign: str) -> str:
    """A sign by its code and its name: printed, a look-alike would look right."""
    return f"U+{ord(sign):04X} ({unicodedata.name(sign, 'without a name')})"
