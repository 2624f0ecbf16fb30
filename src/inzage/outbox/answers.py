"""What became of sending a message: the words that an adapter answers in, whatever it speaks with the other side."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """Taken; or not, and then whether trying again helps.

    `AGAIN`: try later. `NOBODY`: nobody was there, so that the message did not even leave; try later. `NEVER`: this
    message won't be taken, a person must look. `LATER`: nothing at all until a moment. `NO_MORE`: the other side wants
    no more messages, until a person resumes.
    """

    TAKEN = "taken"
    AGAIN = "again"
    NOBODY = "nobody"
    NEVER = "never"
    LATER = "later"
    NO_MORE = "no_more"


class Answer(NamedTuple):
    """A verdict, for a person what was the matter, and for LATER until when."""

    verdict: Verdict
    problem: str = ""
    until: datetime | None = None


TAKEN = Answer(Verdict.TAKEN)
