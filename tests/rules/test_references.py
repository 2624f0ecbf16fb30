"""The grammar of the field Opmerking, walked from every side; and what is written can be read back (S14)."""

import string
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inzage.rules.references import Fault, Reference, Unreadable, parse, written

COURSE = Reference("A1B2C", "0012345", "OE1")
PROJECT = Reference("PRJLEW", "0012345", "OE1")

READ = {
    "as agreed": ("A1B2C/0012345/OE1", COURSE),
    "with spaces around each part": ("  A1B2C / 0012345 / OE1  ", COURSE),
    "with spaces inside a part": ("A1 B2C/00 12345/OE 1", COURSE),
    "with a tab, a line break and a hard space": ("A1B2C\t/0012345\n/\u00a0OE1", COURSE),
    "in small letters": ("a1b2c/0012345/oe1", COURSE),
    "PRJLEW": ("PRJLEW/0012345/OE1", PROJECT),
    "PRJLEW in mixed case and with spaces": ("PrjLew / 0012345 / oe1", PROJECT),
    "only digits, with zeros in front": ("00000/0000000/0", Reference("00000", "0000000", "0")),
    "an outsourcing number of letters": ("A1B2C/ABCDEFG/OE1", Reference("A1B2C", "ABCDEFG", "OE1")),
    "an O that may be meant as a zero: as it is": (
        "A1B2C/OO12345/OE1",
        Reference("A1B2C", "OO12345", "OE1"),
    ),
    "an OE number with a hyphen, a dot and a low line": (
        "A1B2C/0012345/oe-1.2_3",
        Reference("A1B2C", "0012345", "OE-1.2_3"),
    ),
    "the longest OE number": (f"A1B2C/0012345/{'9' * 40}", Reference("A1B2C", "0012345", "9" * 40)),
}
REFUSED = {
    "nothing": ("", Fault.EMPTY),
    "only spaces": (" \t\n\u00a0", Fault.EMPTY),
    "one part": ("A1B2C", Fault.COUNT),
    "two parts": ("A1B2C/0012345", Fault.COUNT),
    "four parts": ("A1B2C/0012345/OE1/X", Fault.COUNT),
    "a slash too many behind": ("A1B2C/0012345/OE1/", Fault.COUNT),
    "a slash too many in front": ("/A1B2C/0012345/OE1", Fault.COUNT),
    "another separator": ("A1B2C-0012345-OE1", Fault.COUNT),
    "a backslash": ("A1B2C\\0012345\\OE1", Fault.COUNT),
    "free text": ("gelieve dringend te behandelen", Fault.COUNT),
    "no course": ("/0012345/OE1", Fault.PART_EMPTY),
    "no outsourcing number": ("A1B2C/ /OE1", Fault.PART_EMPTY),
    "no OE number": ("A1B2C/0012345/", Fault.PART_EMPTY),
    "only slashes": ("//", Fault.PART_EMPTY),
    "a course one short": ("A1B2/0012345/OE1", Fault.COURSE_LENGTH),
    "a course one long": ("A1B2CD/0012345/OE1", Fault.COURSE_LENGTH),
    "PRJLEW with a typing error": ("PRJLEV/0012345/OE1", Fault.COURSE_LENGTH),
    "PRJLEW and one more": ("PRJLEWS/0012345/OE1", Fault.COURSE_LENGTH),
    "an outsourcing number one short": ("A1B2C/012345/OE1", Fault.OUTSOURCING_LENGTH),
    "an outsourcing number one long": ("A1B2C/00012345/OE1", Fault.OUTSOURCING_LENGTH),
    "PRJLEW and an outsourcing number one short": ("PRJLEW/012345/OE1", Fault.OUTSOURCING_LENGTH),
    "the parts in another order": ("0012345/A1B2C/OE1", Fault.COURSE_LENGTH),
    "an OE number that is too long": (f"A1B2C/0012345/{'9' * 41}", Fault.OE_LENGTH),
    "a hyphen in the course": ("A1-2C/0012345/OE1", Fault.SIGN),
    "a dot in the outsourcing number": ("A1B2C/001.345/OE1", Fault.SIGN),
    "an ampersand in the OE number": ("A1B2C/0012345/OE&1", Fault.SIGN),
    "a sign that can't be seen": ("A1B2C/0012345/OE1\x00", Fault.SIGN),
    "a Cyrillic A": ("\u04101B2C/0012345/OE1", Fault.NOT_ASCII),
    "a Greek B": ("A1\u03922C/0012345/OE1", Fault.NOT_ASCII),
    "a Cyrillic letter in PRJLEW": ("\u0420RJLEW/0012345/OE1", Fault.NOT_ASCII),
    "a full-width digit": ("A1B2C/00\uff1112345/OE1", Fault.NOT_ASCII),
    "an Arabic digit": ("A1B2C/001234\u0665/OE1", Fault.NOT_ASCII),
    "a full-width slash": ("A1B2C\uff0f0012345/OE1", Fault.NOT_ASCII),
    "a fraction slash": ("A1B2C\u20440012345/OE1", Fault.NOT_ASCII),
    "a letter that becomes an S in capitals": ("a1b2\u017f/0012345/OE1", Fault.NOT_ASCII),
    "an accent": ("A1B2\u00c9/0012345/OE1", Fault.NOT_ASCII),
    "a space without width": ("A1B2C/\u200b0012345/OE1", Fault.NOT_ASCII),
    "a byte order mark": ("\ufeffA1B2C/0012345/OE1", Fault.NOT_ASCII),
}


@pytest.mark.parametrize(("text", "reference"), READ.values(), ids=READ)
def test_what_can_be_read(text: str, reference: Reference) -> None:
    assert parse(text) == reference


@pytest.mark.parametrize(("text", "fault"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_and_why(text: str, fault: Fault) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(text)
    assert refused.value.reason is fault
    assert "Expected in Opmerking: course number (5 characters) or PRJLEW" in refused.value.detail


def test_the_table_meets_every_fault() -> None:
    assert {fault for _text, fault in REFUSED.values()} == set(Fault)


def test_a_look_alike_is_named_by_its_code_for_it_looks_right() -> None:
    with pytest.raises(Unreadable, match=r"U\+0410 \(CYRILLIC CAPITAL LETTER A\)"):
        parse("\u04101B2C/0012345/OE1")


def test_only_prjlew_announces_a_project_line() -> None:
    assert PROJECT.of_leren_en_werken
    assert not COURSE.of_leren_en_werken


SIGNS = string.ascii_uppercase + string.digits
references = st.builds(
    Reference,
    st.text(SIGNS, min_size=5, max_size=5) | st.just("PRJLEW"),
    st.text(SIGNS, min_size=7, max_size=7),
    st.text(SIGNS + "-._", min_size=1, max_size=40),
)
spaces = st.text(" \t\n\r\u00a0\u2009\u202f", max_size=3)


@given(references)
def test_what_is_written_is_read_back(reference: Reference) -> None:
    assert parse(written(reference)) == reference


@given(references, st.data())
def test_in_any_case_and_with_spaces_anywhere_it_is_the_same(
    reference: Reference, data: st.DataObject
) -> None:
    text = "".join(
        data.draw(spaces) + (sign.lower() if data.draw(st.booleans()) else sign)
        for sign in written(reference)
    )
    assert parse(text + data.draw(spaces)) == reference


@given(st.text() | st.text(SIGNS + "/ "))
def test_whatever_is_typed_is_read_or_refused_with_a_reason(text: str) -> None:
    with suppress(Unreadable):
        reference = parse(text)
        assert parse(written(reference)) == reference
