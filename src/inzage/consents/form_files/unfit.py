"""What a file must be to be taken, and why one is not."""

from enum import StrEnum

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
BEGINS = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}


class Why(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    OTHER_TYPE = "other_type"
    ENCRYPTED = "encrypted"
    ACTIVE = "active"
    DAMAGED = "damaged"
    TOO_COMPLEX = "too_complex"


class Unfit(Exception):
    """The file is not taken; `why` says why."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def type_of(data: bytes) -> str:
    """What the file is by its first bytes, whatever it is called; Unfit where it is nothing we take."""
    if not data:
        raise Unfit(Why.EMPTY)
    for begin, content_type in BEGINS.items():
        if data.startswith(begin):
            return content_type
    raise Unfit(Why.OTHER_TYPE)
