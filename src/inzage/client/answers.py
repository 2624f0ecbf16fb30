"""What comes back: answers to questions, and what the decision point says about itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

Sentences = Mapping[str, str]
ENDED_MEANWHILE = "ended_meanwhile"
"""The one reason that the client gives itself: it was a yes, but what it rested on has ended since."""
ENDED: Sentences = {
    "nl": "Het inzagerecht is intussen afgelopen.",
    "fr": "Le droit de consultation a pris fin entre-temps.",
    "en": "The view right has ended in the meantime.",
}


def _in(language: str, sentences: Sentences) -> str:
    """The sentence in that language (`nl`, or `nl-BE`), else in Dutch, else in any; empty where there is none."""
    found = sentences.get(language.partition("-")[0].lower()) or sentences.get("nl")
    return found or next(iter(sentences.values()), "")


@dataclass(frozen=True, slots=True)
class NextStep:
    """A lawful route to a right, and where it opens filled in (`url`, of http or https; empty where there is none)."""

    route: str
    url: str = ""
    sentences: Sentences = field(default_factory=dict, hash=False)

    def sentence(self, language: str = "nl") -> str:
        """The route in words."""
        return _in(language, self.sentences)


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no, and why. It is falsy for no: `if inzage.may(...)` does what it says.

    `holds_until` is the first moment at which a yes no longer holds, `last_day` the last day of the right; None where
    no end is in sight. Either may come sooner: a right can be withdrawn at once. Where `rule_status` is not `verified`,
    the day follows from a rule that nobody confirmed, and whoever shows the day shows that too. `reason_admin` is there
    for callers with the audit scope only.
    """

    decision: bool
    reason: str = ""
    sentences: Sentences = field(default_factory=dict, hash=False)
    last_day: date | None = None
    holds_until: datetime | None = None
    evaluated_at: datetime | None = None
    next_steps: tuple[NextStep, ...] = ()
    rule_status: str = ""
    reason_admin: Mapping[str, Any] | None = field(default=None, hash=False)
    request_id: str = ""

    def __bool__(self) -> bool:
        return self.decision

    def sentence(self, language: str = "nl") -> str:
        """The reason in words, for the person who asks: in `nl`, `fr` or `en`."""
        return _in(language, self.sentences)

    def as_of(self, at: datetime) -> "Answer":
        """What is left of it at that moment (aware): a yes whose `holds_until` has passed is a no."""
        if self.decision and self.holds_until is not None and at >= self.holds_until:
            return replace(self, decision=False, reason=ENDED_MEANWHILE, sentences=ENDED, reason_admin=None)
        return self


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the decision point says about itself: its identifier, its addresses by name, and what it can do."""

    policy_decision_point: str
    endpoints: Mapping[str, str] = field(hash=False)
    capabilities: tuple[str, ...] = ()
