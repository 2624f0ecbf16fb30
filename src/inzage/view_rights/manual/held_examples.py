"""Examples of rights that are held, with what happens meanwhile, and of one that is restored: each judged like any."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from inzage.rules.closing import outcome_of
from inzage.rules.facts import Case, Execution, Grant
from inzage.rules.holding import UNANSWERED, Judged, outcome_with_holds
from inzage.rules.names import Ground, Held, Status
from inzage.rules.periods import day_after, eve
from inzage.rules.rulebook import RuleBooks
from inzage.view_rights.explaining import gap_in_words, in_words, sentences
from inzage.view_rights.manual.cases import A_SERVICE, granted, owned
from inzage.view_rights.manual.telling import Fact, ending, fact, facts_of, told
from inzage.view_rights.manual.texts import words
from inzage.view_rights.moves import given_back_on

LATER = timedelta(days=10)
"""After how many days something happens: while the right is held, or closed by an error."""


def held_by_rule(books: RuleBooks, today: date, language: str) -> str:
    """An owner's right under a rule that is not verified; nothing where that rule is."""
    case = owned(today, A_SERVICE)
    outcome = outcome_of(case, books, since=case.granted_on)
    if outcome.verdict.rule.status is Status.VERIFIED or outcome.last_day is None:
        return ""
    return _unanswered(case, outcome.last_day, Held.RULE, books, language)


def held(books: RuleBooks, today: date, language: str) -> str:
    """A right that nobody answers for."""
    return _unanswered(granted(today), _end(granted(today), books), Held.THRESHOLD, books, language)


def _unanswered(case: Case, day: date, why: Held, books: RuleBooks, language: str) -> str:
    judged = outcome_with_holds(case, books, since=day, holds=(day,), today=day)
    return told(facts_of(case, language), _waiting(judged, why, language), language)


def _waiting(judged: Judged, why: Held, language: str) -> Iterator[str]:
    proposed, last_day = judged.proposed, judged.outcome.last_day
    assert proposed is not None
    assert last_day is not None
    text = sentences(language)["held"]
    since, until = in_words(proposed, language), in_words(last_day, language)
    yield text["waits"].format(since=since, why=text[why], last_day=until)
    yield words("told_on", language).format(day=in_words(proposed + timedelta(days=UNANSWERED), language))


def _end(case: Case, books: RuleBooks) -> date:
    last_day = outcome_of(case, books, since=case.granted_on).last_day
    assert last_day is not None
    return last_day


def _meanwhile(happens: Callable[[Case, date], Case]) -> Callable[[RuleBooks, date, str], str]:
    """The example of what happens while a right is held."""

    def shown(books: RuleBooks, today: date, language: str) -> str:
        day = _end(granted(today), books)
        case = happens(granted(today), day + LATER)
        judged = outcome_with_holds(case, books, since=day, holds=(day,), today=day + LATER)
        facts = [*facts_of(case, language), Fact(day, fact("held", language, day=day))]
        return told(facts, ending(judged.outcome, books, language), language)

    return shown


def _kept(case: Case, on: date) -> Case:
    return case._replace(grants=(*case.grants, Grant(Ground.RESTORED, on)))


def _begun(case: Case, on: date) -> Case:
    return case._replace(executions=(Execution(False, on),))


def _died(case: Case, on: date) -> Case:
    return case._replace(deceased_on=on)


def restored(books: RuleBooks, today: date, language: str) -> str:
    """Revoked by an error, and restored today."""
    revoked_on = today - LATER
    before, after = granted(eve(revoked_on)), Case(today, (Grant(Ground.RESTORED, today),))
    revoked = Fact(revoked_on, fact("revoked", language, day=revoked_on))
    closed_on = day_after(given_back_on(before, revoked_on))
    gap = gap_in_words(closed_on, today, language)
    outcome = outcome_of(after, books, since=today)
    facts = [*facts_of(before, language), revoked, *facts_of(after, language)]
    return told(facts, [gap, *ending(outcome, books, language)], language)


HELD_EXAMPLES: Mapping[str, Callable[[RuleBooks, date, str], str]] = {
    "held_by_rule": held_by_rule,
    "held": held,
    "held_and_kept": _meanwhile(_kept),
    "held_and_begun_again": _meanwhile(_begun),
    "held_and_deceased": _meanwhile(_died),
    "restored": restored,
}
"""What a line of the layout names as its example."""
