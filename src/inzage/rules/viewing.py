"""The reasons a decision gives (S01)."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a unit may or may not see a dossier on a day."""

    RIGHT_STANDS = "right_stands"
    RIGHT_CLOSED = "right_closed"
    NO_RIGHT = "no_right"
    UNKNOWN_CLIENT = "unknown_client"
    UNKNOWN_UNIT = "unknown_unit"
