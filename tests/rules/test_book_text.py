"""The text of a rule book, whatever stands in it: read in time, or refused on its line in a short sentence."""

import pytest

from inzage.rules.rulebook import RuleBooks
from inzage.rules.tables import WIDEST
from inzage.rules.unreadable import Expected, Fault, UnreadableBook
from tests.rules.test_book_terms import BOOK, book
from tests.rules.unreadable import WAYS, Way


@pytest.mark.parametrize(
    ("wide", "is_refused"),
    [
        ("x" + " " * (WIDEST - 1), False),
        ("x" + " " * WIDEST, True),
        ("a" + ".a" * 16_000 + " = 1", True),
        ("[" + " " * 100_000, True),
        ('"' + "x" * WIDEST + '" # ' + "x" * WIDEST, False),
        ("'''" + "x" * 100_000, False),
    ],
)
def test_a_line_that_nobody_would_write_is_refused_before_it_is_read(wide: str, is_refused: bool) -> None:
    with pytest.raises(UnreadableBook) as refused:
        book(f"# a book\n{wide}\n")
    assert ("line 2: has" in str(refused.value)) is is_refused
    assert not is_refused or refused.value.line == 2


@pytest.mark.parametrize(
    "source",
    [
        '"""x\n[' + " " * 100_000 + '"""',
        '"""x\n[owner]\nmonths = 3\n\\""" """""',
        "'''\n[owner]\n'''",
        '"x" # \u2028 \x85',
    ],
)
def test_what_stands_in_a_string_or_a_comment_moves_no_line_that_is_pointed_at(source: str) -> None:
    text = BOOK.replace('"a page"', source, 1).replace('status = "assumption"', "status = 3", 1)
    with pytest.raises(UnreadableBook) as refused:
        book(text)
    assert refused.value.line == text[: text.index("status = 3")].count("\n") + 1


@pytest.mark.parametrize("value", ["0x" + "F" * 150, "[\n" * 150 + "]" * 150, "'" + "x" * 100_000 + "'"])
def test_a_value_that_is_no_term_is_refused_in_a_short_sentence(value: str) -> None:
    with pytest.raises(UnreadableBook, match=r"executor\.months is ") as refused:
        book(BOOK.replace("months = 6", f"months = {value}", 1))
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(("text", "line"), [("a = 1\nb =\n", 2), ("x = " + "[\n" * 9000, None)])
def test_what_is_no_toml_is_pointed_at(text: str, line: int | None) -> None:
    with pytest.raises(UnreadableBook, match="not TOML") as refused:
        book(text)
    assert refused.value.line == line


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.fault.name} {way.expected.name}")
def test_what_is_wrong_is_told_as_data_with_its_line_and_an_example(way: Way) -> None:
    with pytest.raises(UnreadableBook) as refused:
        book(way.text)
    refusal = refused.value.refusal
    assert (refusal.fault, refusal.expected) == (way.fault, way.expected)
    assert refusal.line or way.fault is Fault.NO_SECTION
    assert refusal.example or way.fault is Fault.TOO_WIDE or way.expected is Expected.ONE_OF


def test_every_fault_and_expectation_has_a_text_that_comes_to_it() -> None:
    with pytest.raises(UnreadableBook) as refused:
        RuleBooks([book(), book()])
    of_two = refused.value.refusal
    assert {way.fault for way in WAYS} | {of_two.fault} == set(Fault)
    assert {way.expected for way in WAYS} | {of_two.expected} == set(Expected)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = [\n1,\n2\nmonths = 3\n", 2),
        ('a = """x"""\nb = """\n[owner]\n', 2),
        ("a = 1\nb = 'x\nc = 3\n", 2),
        ("a = [1, { b = 2 }] # [\nc = [\n", 2),
    ],
)
def test_what_is_never_closed_is_pointed_at_where_it_opens(text: str, line: int) -> None:
    with pytest.raises(UnreadableBook, match=f"line {line}: not TOML") as refused:
        book(text)
    assert refused.value.line == line
    assert "(at " not in str(refused.value)
