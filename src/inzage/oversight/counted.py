"""What is counted of each day, by name."""

from collections.abc import Mapping
from enum import StrEnum


class Counted(StrEnum):
    """What is counted. Each has its total under the empty name."""

    RIGHTS = "rights"
    BY_RULE = "rights_by_rule"
    BY_REASON = "rights_by_reason"
    BY_STATUS = "rights_by_status"
    GAPS = "rights_without_rule"
    HELD = "rights_held"
    LASTING = "ownerships_lasting_too_long"
    LINES = "lines"
    LOOKS = "looks_by_unit"
    WITH_REASON = "looks_with_reason"
    NOT_FOUND = "searches_without_result"
    DENIED = "decisions_denied"
    LINES_SO_FAR = "lines_so_far"
    LOOKS_SO_FAR = "looks_by_unit_so_far"
    NOT_FOUND_SO_FAR = "searches_without_result_so_far"
    DENIED_SO_FAR = "decisions_denied_so_far"


SO_FAR: Mapping[Counted, Counted] = {
    Counted.LINES: Counted.LINES_SO_FAR,
    Counted.LOOKS: Counted.LOOKS_SO_FAR,
    Counted.NOT_FOUND: Counted.NOT_FOUND_SO_FAR,
    Counted.DENIED: Counted.DENIED_SO_FAR,
}
"""Of what the log has, also how much that was from its first day on: what a year came to is then no sum of its days."""
Figures = Mapping[Counted, Mapping[str, int]]
