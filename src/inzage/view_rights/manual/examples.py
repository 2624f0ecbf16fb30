"""The examples in words: what happened, and what the books in force make of it when that is judged."""

from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from typing import Any

from inzage.rules.closing import Outcome, judge, outcome_of
from inzage.rules.facts import Case, facts_on
from inzage.rules.names import ClosingReason
from inzage.rules.periods import day_after, eve
from inzage.rules.rulebook import RuleBooks
from inzage.view_rights.explaining import in_words, sentences
from inzage.view_rights.manual.cases import CASES, granted
from inzage.view_rights.manual.texts import layout
from inzage.view_rights.moves import given_back_on

AT_ONCE = {
    "given_back": ClosingReason.GIVEN_BACK,
    "revoked": ClosingReason.REVOKED,
    "objected": ClosingReason.OBJECTED,
}
"""What ends a right by an act and not by a fact."""


def example(name: str, books: RuleBooks, *, today: date, language: str) -> str:
    """The example of that name: its facts, and its outcome."""
    if name not in AT_ONCE:
        return told(CASES[name](today), books, language=language)
    case = granted(eve(today))
    last_day = given_back_on(case, today)
    verdict = judge(facts_on(case, last_day), books, on=last_day)
    happened = _fact(name, language, day=today)
    return _told(case, Outcome(verdict, last_day, AT_ONCE[name]), language, happened)


def told(case: Case, books: RuleBooks, *, language: str) -> str:
    """The facts of a case, and what the rules make of them."""
    return _told(case, outcome_of(case, books, since=case.granted_on), language)


def _told(case: Case, outcome: Outcome, language: str, *more: str) -> str:
    happened = "; ".join([*_facts(case, language), *more])
    return f"{happened[0].upper()}{happened[1:]}. {' '.join(_ending(outcome, language))}"


def _ending(outcome: Outcome, language: str) -> Iterator[str]:
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
        if verdict.rule.last_day(verdict.anchor.on) < outcome.last_day:
            yield text["right"]["moved"].format(last_day=last_day)


def _facts(case: Case, language: str) -> Iterator[str]:
    """In the order of their days."""
    facts = [*_grants(case, language), *_ownerships(case, language), *_executions(case, language)]
    yield from (fact for _day, fact in sorted(facts, key=itemgetter(0)))
    if case.deceased_on:
        yield _fact("deceased", language, day=case.deceased_on)


def _grants(case: Case, language: str) -> Iterator[tuple[date, str]]:
    for grant in case.grants:
        key, ground = "withdrawn" if grant.withdrawn_on else "granted", sentences(language)["grounds"]
        days: dict[str, Any] = {"day": grant.granted_on, "end": grant.withdrawn_on}
        yield grant.granted_on, _fact(key, language, **days, ground=ground[grant.ground])


def _ownerships(case: Case, language: str) -> Iterator[tuple[date, str]]:
    for one in case.ownerships:
        key = "owns" if one.ended_on is None else "owned_so" if one.ended_by else "owned"
        how = sentences(language)["ends"].get(one.ended_by, "")
        days: dict[str, Any] = {"day": one.assigned_on, "end": one.ended_on}
        yield one.assigned_on, _fact(key, language, **days, service=one.service, how=how)


def _executions(case: Case, language: str) -> Iterator[tuple[date, str]]:
    for one in case.executions:
        how = sentences(language)["ends"].get(one.ended_by or "", "")
        key = "executed" if one.ended_on else "executes"
        days: dict[str, Any] = {"day": one.begun_on, "end": one.ended_on}
        yield one.begun_on, _fact(key, language, **days, how=how)


def _fact(key: str, language: str, *, day: date, end: date | None = None, **said: str) -> str:
    sentence = layout()["facts"][key][language]
    return str(
        sentence.format(day=in_words(day, language), end=in_words(end, language) if end else "", **said)
    )
