"""A made-up case in words: its facts in the order of their days, and how it ends."""

from collections.abc import Iterable, Iterator
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from inzage.rules.closing import Outcome
from inzage.rules.facts import Case, Execution, Grant, Ownership
from inzage.rules.names import ClosingReason
from inzage.rules.periods import day_after
from inzage.rules.rulebook import RuleBooks
from inzage.view_rights.explaining import floor_in_words, floor_of, in_words, sentences
from inzage.view_rights.manual.texts import layout, words


class Fact(NamedTuple):
    """What happened, and on which day."""

    on: date
    text: str


def told(facts: Iterable[Fact], ending: Iterable[str], language: str) -> str:
    """What happened, day by day, and the sentences that say how it ends."""
    in_order = sorted(facts, key=attrgetter("on"))
    happened = words("and_then", language).join(one.text for one in in_order)
    return f"{happened}. {' '.join(ending)}"


def ending(outcome: Outcome, by: RuleBooks, language: str) -> Iterator[str]:
    """In the sentences that explain a right."""
    text, verdict = sentences(language), outcome.verdict
    if outcome.last_day is None:
        yield text["relations"][verdict.relation].format(service=verdict.rule.id.rpartition(".")[2])
    elif outcome.reason is not ClosingReason.TERM:
        over = in_words(day_after(outcome.last_day), language)
        yield text["right"]["closed"].format(closed_on=over, reason=text["closing_reasons"][outcome.reason])
    else:
        assert verdict.anchor is not None
        last_day = in_words(outcome.last_day, language)
        anchor_on = in_words(verdict.anchor.on, language)
        event = text["events"][verdict.anchor.event]
        yield text["right"]["counted"].format(event=event, anchor_on=anchor_on, last_day=last_day)
        if floor := floor_of(verdict.rule, verdict.anchor.on, outcome.last_day, by):
            yield floor_in_words(floor, verdict.rule, outcome.last_day, language)


def facts_of(case: Case, language: str) -> Iterator[Fact]:
    """The facts of a case, in words."""
    yield from (_grant(one, language) for one in case.grants)
    yield from (_ownership(one, language) for one in case.ownerships)
    yield from (_execution(one, language) for one in case.executions)
    if case.deceased_on:
        yield Fact(case.deceased_on, fact("deceased", language, day=case.deceased_on))


def _grant(grant: Grant, language: str) -> Fact:
    key, ground = "withdrawn" if grant.withdrawn_on else "granted", sentences(language)["grounds"]
    days: dict[str, Any] = {"day": grant.granted_on, "end": grant.withdrawn_on}
    return Fact(grant.granted_on, fact(key, language, **days, ground=ground[grant.ground]))


def _ownership(one: Ownership, language: str) -> Fact:
    key = "owns" if one.ended_on is None else "owned_so" if one.ended_by else "owned"
    how = sentences(language)["ends"].get(one.ended_by, "")
    days: dict[str, Any] = {"day": one.assigned_on, "end": one.ended_on}
    return Fact(one.assigned_on, fact(key, language, **days, service=one.service, how=how))


def _execution(one: Execution, language: str) -> Fact:
    how = sentences(language)["ends"].get(one.ended_by or "", "")
    ended = "trajectory" if one.trajectory else "executed"
    days: dict[str, Any] = {"day": one.begun_on, "end": one.ended_on}
    return Fact(one.begun_on, fact(ended if one.ended_on else "executes", language, **days, how=how))


def fact(key: str, language: str, *, day: date, end: date | None = None, **said: str) -> str:
    """What happened, in the words of the layout."""
    sentence = layout()["facts"][key][language]
    return str(
        sentence.format(day=in_words(day, language), end=in_words(end, language) if end else "", **said)
    )
