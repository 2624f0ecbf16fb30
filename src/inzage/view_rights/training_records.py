"""What a record of IBIS says: a training request that was registered, corrected or withdrawn there (S14)."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from inzage.rules.references import Reference

SOURCE = "ibis"


class Trouble(StrEnum):
    """Why a record can't be taken, besides what can be wrong with its reference (`rules.references.Fault`)."""

    NOT_JSON = "not_json"
    BAD_FIELD = "bad_field"
    BAD_DATE = "bad_date"
    BAD_INSZ = "bad_insz"
    OTHER_RECORD = "other_record"
    KNOWN_ALREADY = "known_already"
    SAME_VERSION = "same_version"
    REGISTERED_IN_FUTURE = "registered_in_future"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_COURSE = "unknown_course"
    UNKNOWN_CONTRACT = "unknown_contract"
    UNKNOWN_CLIENT = "unknown_client"
    CLIENT_NOT_CLEAR = "client_not_clear"
    NO_NAME = "no_name"
    DECEASED = "deceased"


class Registration(NamedTuple):
    """What was registered: for whom, with which reference, on which day. `nis_code` may be empty, and the names too."""

    registered_on: date
    reference: Reference
    title: str
    insz: str
    family_name: str
    given_name: str
    nis_code: str


class TrainingRequest(NamedTuple):
    """A revision of a training request; one that was withdrawn has no registration."""

    id: str
    revision: int
    registration: Registration | None
