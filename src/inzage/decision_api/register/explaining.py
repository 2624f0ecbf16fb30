"""What goes with an answer about a right where the caller asks: what its last day rests on, and what moves it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

from inzage.decision_api.authzen.entities import Question
from inzage.decision_api.register.storage import Database
from inzage.rule_books.in_force import known
from inzage.rules.closing import NoGround
from inzage.rules.facts import Case
from inzage.rules.viewing import Reason
from inzage.view_rights.explaining import LANGUAGES, every_move, move_in_words
from inzage.view_rights.gathering import Gathered
from inzage.view_rights.gathering_elsewhere import gathered, needed
from inzage.view_rights.moves import Move
from inzage.view_rights.questions import RightRow, Verdict, When

ABOUT_RIGHTS = (Reason.RIGHT_STANDS, Reason.RIGHT_CLOSED)


class Explained(NamedTuple):
    """An answer to explain: on which dossier, which right, and whether it stands today."""

    dossier: int
    right: RightRow
    stands: bool


class Explanations:
    """Gathers the facts of the rights of one call at once; nothing where nobody asks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(
        self, questions: Sequence[Question], verdicts: Sequence[Verdict], whens: Sequence[When], today: date
    ) -> dict[int, dict[str, Any]]:
        """What goes with each answer that is to be explained, by its place among the questions."""
        wanted = {
            place: one
            for place, (question, verdict, when) in enumerate(zip(questions, verdicts, whens, strict=True))
            if question.context.get("explain") is True and (one := _explained(verdict, when))
        }
        standing = {one.dossier for one in wanted.values() if one.stands}
        facts = gathered(await self._database.ask(needed(standing))) if standing else None
        return {place: {"explanation": _said(one, facts, today)} for place, one in wanted.items()}


def _explained(verdict: Verdict, when: When) -> Explained | None:
    """Of a right; what was asked about another moment says what it rested on, and not what would move it now."""
    if verdict.reason not in ABOUT_RIGHTS or verdict.right is None or verdict.dossier is None:
        return None
    stands = verdict.reason is Reason.RIGHT_STANDS and when.moment is None
    return Explained(verdict.dossier, verdict.right, stands)


def _said(one: Explained, facts: Gathered | None, today: date) -> Mapping[str, Any]:
    right = one.right
    said: dict[str, Any] = {
        "last_day": _text(right.last_day),
        "ends_by": right.ends_by,
        "event": right.anchor_event or None,
        "event_on": _text(right.anchor_on),
        "rule": right.rule,
        "rule_version": right.rule_version,
        "rule_status": right.rule_status,
    }
    if one.stands and facts is not None and (case := _case(one, facts)):
        with suppress(NoGround):  # of a right that is broken nothing is promised
            said["movers"] = [_mover(move) for move in every_move(case, today, known())]
    return said


def _case(one: Explained, facts: Gathered) -> Case | None:
    """The facts of that right, whose grounds say of which unit it is."""
    for right_id, dossier, unit in facts.grants:
        if right_id == one.right.id and dossier == one.dossier:
            return facts.case(right_id, dossier, unit, one.right.granted_on)
    return None


def _mover(move: Move) -> dict[str, Any]:
    """What would happen, and the last day then; null where the right stays open."""
    told = {
        "code": move.code,
        "last_day": _text(move.last_day),
        "activity_begun_on": _text(move.begun_on),
        "end": move.end or None,
    }
    sentences = {language: move_in_words(move, language) for language in LANGUAGES}
    always = ("code", "last_day")
    return {
        **{name: value for name, value in told.items() if value is not None or name in always},
        "reason_user": sentences,
    }


def _text(day: date | None) -> str | None:
    return str(day) if day else None
