"""Answers that were received to their last byte, beside what the register has on record of them."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from benchmarks.asking import Answered
from benchmarks.databases import rows

RECORDS = (
    "SELECT id, request_id, timestamp, response FROM access_log_decisionrecord "
    "WHERE type LIKE 'access_evaluation%'"
)
DECIDED = "SELECT record_id, allowed FROM access_log_decided ORDER BY record_id, position"


class Said(NamedTuple):
    """What an answer says: its decisions in their order, and the moment at which they were judged."""

    decisions: tuple[bool, ...]
    evaluated_at: datetime

    @classmethod
    def sent(cls, evaluations: list[dict[str, Any]]) -> "Said":
        """From the evaluations as they are sent."""
        (moment,) = {each["context"]["evaluated_at"] for each in evaluations}
        return cls(tuple(each["decision"] for each in evaluations), datetime.fromisoformat(moment))


class Given(NamedTuple):
    """An answer that was received whole."""

    request_id: str
    said: Said

    @classmethod
    def of(cls, answer: Answered) -> "Given":
        """From the answer to one question, or to several."""
        content = answer.content
        return cls(answer.request_id, Said.sent(content.get("evaluations", [content])))


class OnRecord:
    """What is on record, but for searches, in the database at an address."""

    def __init__(self, address: str) -> None:
        decided = defaultdict[Any, list[bool]](list)
        for record, allowed in rows(address, DECIDED):
            decided[record].append(bool(allowed))
        self.records = 0
        self._said = defaultdict[str, list[Said]](list)
        for record, request_id, moment, response in rows(address, RECORDS):
            self.records += 1
            decisions = tuple(each["decision"] for each in json.loads(response)["evaluations"])
            said = Said(decisions, _in_utc(moment))
            if decisions == tuple(decided[record]):
                self._said[request_id].append(said)

    def judgements(self, request_id: str) -> list[Said]:
        """What was judged for one request, each with a row for each of its decisions; mostly once."""
        return sorted(self._said[request_id], key=lambda said: said.evaluated_at)

    def without(self, given: Iterable[Given]) -> list[Given]:
        """The answers that are not on record as they were given."""
        return [each for each in given if each.said not in self._said[each.request_id]]


def _in_utc(moment: datetime | str) -> datetime:
    """SQLite gives the text that stands for a moment in UTC."""
    return moment if isinstance(moment, datetime) else datetime.fromisoformat(moment).replace(tzinfo=UTC)
