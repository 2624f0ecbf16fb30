"""Texts that are no rule book, one for each fault that there is and each thing that is expected."""

from typing import NamedTuple

from inzage.rules.rulebook import LONGEST_ID
from inzage.rules.tables import WIDEST
from inzage.rules.unreadable import Expected, Fault
from tests.rules.test_book_terms import BOOK


class Way(NamedTuple):
    """What stands in a text in the place of something in BOOK, which fault that is, and what is expected there."""

    old: str
    new: str
    fault: Fault
    expected: Expected

    @property
    def text(self) -> str:
        """The whole text."""
        assert self.old in BOOK
        return BOOK.replace(self.old, self.new, 1)


LONG = "X" * 40
PRJLEW = '[prjlew]\ngrants_at_once = 1\nsource = "x"\nstatus = "unknown"\n[rounding]'
WAYS = [
    Way("months = 6", "months 6", Fault.NOT_TOML, Expected.NAME_AND_VALUE),
    Way("months = 6", "months = zes", Fault.NOT_TOML, Expected.VALUE),
    Way("months = 6", "months = 6\nmonths = 7", Fault.NOT_TOML, Expected.ONCE),
    Way("[owner]", "[executor]", Fault.NOT_TOML, Expected.ONCE),
    Way('"a page"', '"a page', Fault.NOT_TOML, Expected.TEXT),
    Way("[owner]", "[owner", Fault.NOT_TOML, Expected.HEADER),
    Way("{ months = 12,", "{ months = 12", Fault.NOT_TOML, Expected.CLOSED),
    Way("months = 6", "months = 6" + " " * WIDEST, Fault.TOO_WIDE, Expected.NARROW),
    Way("[rounding]", "[something]", Fault.UNKNOWN_NAME, Expected.ONE_OF),
    Way("[no_activity]", "[services.X]", Fault.NO_SECTION, Expected.SECTION),
    Way("[rounding]", "prjlew = true\n[rounding]", Fault.OTHER_SECTION, Expected.SECTION),
    Way("2020-01-01", "2020", Fault.OTHER_VALUE, Expected.DATE),
    Way("months = 6", "months = 6\ndays = 3", Fault.TWO_UNITS, Expected.ONE_UNIT),
    Way("months = 6", "months = 'zes'", Fault.OTHER_VALUE, Expected.UP_TO),
    Way('source = "a page"\n', "", Fault.MISSING, Expected.SOURCE),
    Way('"verified"', "true", Fault.OTHER_VALUE, Expected.ONE_OF),
    Way('approved_by = "the board"\n', "", Fault.MISSING, Expected.APPROVER),
    Way("[services.SIF]", "[services.fallback]", Fault.NO_SERVICE, Expected.SERVICE),
    Way("[services.SIF]", "[services.twe]", Fault.SECOND_ROW, Expected.ONE_ROW),
    Way("after.work_started", "after.retired", Fault.NO_END, Expected.ONE_OF),
    Way('"nth-to-eve"', '"clamp"', Fault.OTHER_VALUE, Expected.EXACTLY),
    Way("[rounding]", PRJLEW, Fault.OTHER_VALUE, Expected.SWITCH),
    Way("[services.SIF]", f"[services.{LONG}]", Fault.LONG_CODE, Expected.SHORTER),
    Way(
        "[services.TWE]",
        f"[services.{LONG}]\nmonths = 1\nsource = 'x'\nstatus = 'unknown'\n"
        f"[services.{LONG}.after.not_started]\nmonths = 1\nsource = 'x'\nstatus = 'unknown'\n[services.TWE]",
        Fault.LONG_NAME,
        Expected.SHORT,
    ),
]
assert len(LONG) < LONGEST_ID
