"""Why a right stands, until when, by which rule, and what would move that day; in plain sentences (S18 to S21)."""

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from copy import copy
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from operator import attrgetter

from django.utils.formats import date_format
from django.utils.translation import override

from inzage.rule_books.in_force import book, books
from inzage.rules.closing import NoGround, Outcome, outcome_of
from inzage.rules.facts import Case, Execution, Grant, facts_on
from inzage.rules.names import ClosingReason, Ground
from inzage.rules.rulebook import ClosingRule, RuleBooks
from inzage.view_rights.gaps import gap_before
from inzage.view_rights.gathering import gather
from inzage.view_rights.models import RightState, ViewRight
from inzage.view_rights.moves import Move, closed_today, owner_no_more, runs, single_moves
from inzage.view_rights.scopes import these

LANGUAGES = ("nl", "fr", "en")


@cache
def sentences(language: str) -> dict[str, dict[str, str]]:
    """The sentences of one language."""
    return tomllib.loads((files("inzage.view_rights") / "sentences" / f"{language}.toml").read_text("utf-8"))


def in_words(day: date, language: str, rest: str = "F Y") -> str:
    """A day as people say it: in French the first of a month is an ordinal. `rest` is what follows the number."""
    with override(language):
        return date_format(day, ("j\\e\\r " if language == "fr" and day.day == 1 else "j ") + rest)


def explain(right: ViewRight, *, today: date, language: str = "nl") -> list[str]:
    """The explanation of one right, sentence by sentence: why it stands, and what would move its last day."""
    case = gather(these(right.dossier_id)).case_of(right)
    return [
        *why(right, case, today=today, language=language),
        *what_moves(right, case, today=today, language=language),
    ]


def why(right: ViewRight, case: Case, *, today: date, language: str) -> list[str]:
    """Since when and on which grounds it stands, until when, by which rule."""
    text = sentences(language)
    said = [_standing(right, _grounds(right, case, today), text, language, today=today)]
    if gap := gap_before(right, case):
        said.append(gap_in_words(gap.first, gap.restored_on, language))
    return [*said, *state_in_words(_as_of(right, today), language)]


def gap_in_words(first: date, restored_on: date, language: str) -> str:
    """The days without a right before one that was restored: from `first` on, none where it was restored that day."""
    key = "gap_of_no_day" if first == restored_on else "gap"
    days = {"first": in_words(first, language), "restored_on": in_words(restored_on, language)}
    return sentences(language)["right"][key].format(**days)


def _as_of(right: ViewRight, today: date) -> RightState:
    """The right; where no event has started a term yet, by the rule of today's book, which the next event will meet."""
    if right.closed_on is not None or right.anchor_on is not None:
        return right
    rule = books().on(today).rule(right.rule)
    shown = copy(right)
    shown.rule_version, shown.rule_status = rule.version, rule.status
    return shown


def what_moves(right: ViewRight, case: Case, *, today: date, language: str) -> list[str]:
    """What would move the last day of a right that stands, found by judging the changed facts."""
    if right.closed_on is not None or (right.last_day is not None and right.last_day < today):
        return []
    return [move_in_words(move, language) for move in every_move(case, today)]


def every_move(case: Case, today: date, by: RuleBooks | None = None) -> Iterator[Move]:
    """All that would move the last day if it happened today, with the day that it gives."""
    by = by or books()
    for key, outcome in movers(case, today, by):
        yield Move(key, outcome.last_day)
    yield from single_moves(case, today, by)


def what_keeps(right: ViewRight, case: Case, *, today: date, language: str) -> list[str]:
    """Of what would move the last day, what moves it further away; nothing of a right that has lost its grounds."""
    if right.last_day is None:
        return []
    with suppress(NoGround):
        return [
            move_in_words(Move(key, outcome.last_day), language)
            for key, outcome in movers(case, today)
            if outcome.last_day is None or outcome.last_day > right.last_day
        ]
    return []


def state_in_words(state: RightState, language: str) -> list[str]:
    """What the rules made of a right, now or in an earlier version: whether it closed, why it ends, by which rule."""
    text = sentences(language)
    closed = [] if state.closed_on is None else [_closed(state, text, language)]
    said = [*closed, *_reason(state, text, language), *_held(state, text, language)]
    return [*said, *_rule(state, text, language)]


def movers(case: Case, today: date, by: RuleBooks | None = None) -> Iterator[tuple[str, Outcome]]:
    """What would move the last day if it happened today: each the outcome of the facts changed so.

    The books in force judge; for who must not wait for them, those given.
    """
    facts, by = facts_on(case, today), by or books()
    if facts.owned_service:
        yield "ownership_ends", owner_no_more(case, today, by)
    if facts.executes:
        shut = tuple(closed_today(one, today) if runs(one, today) else one for one in case.executions)
        yield "activities_close", outcome_of(case._replace(executions=shut), by, since=today)
    if not facts.owned_service and not facts.executes:
        begun = (*case.executions, Execution(False, today))
        yield "activity_begins", outcome_of(case._replace(executions=begun), by, since=today)
        granted = (*case.grants, Grant(Ground.FORM, today))
        yield "granted_again", outcome_of(case._replace(grants=granted), by, since=today)


def move_in_words(move: Move, language: str) -> str:
    """What would happen, and the last day then."""
    text = sentences(language)
    if move.last_day is None and move.code in text["movers_open"]:
        sentence, day = text["movers_open"][move.code], ""
    else:
        sentence = text["movers"][move.code]
        day = in_words(move.last_day, language) if move.last_day else text["right"]["open"]
    begun_on = in_words(move.begun_on, language) if move.begun_on else ""
    return sentence.format(day=day, begun_on=begun_on, end=text["ends"].get(move.end, ""))


def _grounds(right: ViewRight, case: Case, today: date) -> list[Ground]:
    """The grounds it rests on today, or rested on at its end, in the order of their days: not those still to come, nor
    those taken back.
    """
    on = today if right.last_day is None else min(today, right.last_day)
    counting = sorted(
        (grant for grant in case.grants if grant.granted_on <= on), key=attrgetter("granted_on", "ground")
    )
    return [grant.ground for grant in counting if grant.withdrawn_on is None or grant.withdrawn_on > on]


def _standing(
    right: ViewRight, counting: list[Ground], text: dict[str, dict[str, str]], language: str, *, today: date
) -> str:
    """Since when it stands; of a right that is over, from when until when it stood."""
    last_day = right.last_day
    if last_day is None or (right.closed_on is None and last_day >= today):
        sentence = "standing"
    else:
        sentence = "past" if last_day >= right.granted_on else "past_no_day"
    grounds = ", ".join(text["grounds"][ground] for ground in dict.fromkeys(counting))
    return text["right"][sentence].format(
        unit=right.unit,
        granted_on=in_words(right.granted_on, language),
        last_day=in_words(last_day, language) if last_day else "",
        grounds=grounds or text["right"]["no_ground"],
    )


def _closed(right: RightState, text: dict[str, dict[str, str]], language: str) -> str:
    assert right.closed_on is not None
    reason = text["closing_reasons"][right.closing_reason]
    return text["right"]["closed"].format(closed_on=in_words(right.closed_on, language), reason=reason)


def _reason(right: RightState, text: dict[str, dict[str, str]], language: str) -> Iterator[str]:
    """Which event started the term and which day it gives; or why nothing has started it."""
    last_day, is_closed = last_day_by_rule(right), right.closed_on is not None
    if right.anchor_on is None or last_day is None:
        relations = text["relations_past" if is_closed else "relations"]
        yield relations[right.relation].format(service=right.rule.rpartition(".")[2])
        if last_day is not None:
            until = "until_closed" if is_closed else "until"
            yield text["right"][until].format(last_day=in_words(last_day, language))
        return
    counted = "counted_held" if right.held else "counted_closed" if is_closed else "counted"
    yield text["right"][counted].format(
        event=text["events"][right.anchor_event],
        anchor_on=in_words(right.anchor_on, language),
        last_day=in_words(last_day, language),
    )
    rule = rule_behind(right)
    if floor := floor_of(rule, right.anchor_on, last_day, books()):
        yield floor_in_words(floor, rule, last_day, language)


def last_day_by_rule(right: RightState) -> date | None:
    """The last day that the rules gave: of a right that is held, or was when it closed, not the last day of use."""
    return right.proposed_last_day or right.last_day


def _held(right: RightState, text: dict[str, dict[str, str]], language: str) -> Iterator[str]:
    """Since when it waits, why, and when it ends if nobody answers; of a closed right, that it waited."""
    if right.held and right.proposed_last_day is not None and right.last_day is not None:
        yield text["held"]["waits" if right.closed_on is None else "waited"].format(
            why=text["held"][right.held],
            since=in_words(right.proposed_last_day, language),
            last_day=in_words(right.last_day, language),
        )


def held_in_words(right: RightState, language: str) -> str:
    """That a right is held, why, the day on which it would end, and the last day without an answer; else nothing."""
    return " ".join(_held(right, sentences(language), language))


class Floor(StrEnum):
    """Why a last day is later than the term gives: the event was known only then (decision 0011), or only then did
    running terms move to the book that counts it.
    """

    KNOWN_LATE = "known_late"
    MOVED = "moved"


def floor_under(right: RightState) -> Floor | None:
    """What kept a right from ending when its term was over; None where nothing did."""
    last_day = last_day_by_rule(right)
    if right.anchor_on is None or last_day is None or right.ends_by != ClosingReason.TERM:
        return None
    return floor_of(rule_behind(right), right.anchor_on, last_day, books())


def floor_of(rule: ClosingRule, anchor_on: date, last_day: date, by: RuleBooks) -> Floor | None:
    """The same for a term that this rule counts; one of a later book than the event's counts it by a move alone."""
    if rule.last_day(anchor_on) >= last_day:
        return None
    moved = anchor_on < rule.since and by.ever_moved_on(last_day)
    return Floor.MOVED if moved else Floor.KNOWN_LATE


def floor_in_words(floor: Floor, rule: ClosingRule, last_day: date, language: str) -> str:
    """Why the last day is no earlier one."""
    days = {"last_day": in_words(last_day, language), "book": in_words(rule.since, language)}
    return sentences(language)["right"][floor].format(**days)


def rule_behind(right: RightState) -> ClosingRule:
    """The rule that a right goes by, in the version that governs it: its number, its source, how sure it is."""
    return book(right.rule_version).rule(right.rule)


def _rule(right: RightState, text: dict[str, dict[str, str]], language: str) -> Iterator[str]:
    """The rule in force on the day of the event; a version is named by the day it starts, said in words."""
    rule = rule_behind(right)
    yield text["right"]["rule"].format(
        rule=right.rule,
        version=in_words(rule.since, language),
        status=text["statuses"][right.rule_status],
        source=rule.source,
    )
    if right.rule_gap:
        yield text["right"]["rule_gap"]
