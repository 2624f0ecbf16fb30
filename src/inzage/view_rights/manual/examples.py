"""The examples in words: what happened, and what the books in force make of it when that is judged."""

from datetime import date

from inzage.rules.closing import Outcome, judge, outcome_of
from inzage.rules.facts import Case, facts_on
from inzage.rules.names import ClosingReason
from inzage.rules.periods import eve
from inzage.rules.rulebook import RuleBooks
from inzage.view_rights.manual.cases import CASES, granted
from inzage.view_rights.manual.held_examples import HELD_EXAMPLES
from inzage.view_rights.manual.telling import Fact, ending, fact, facts_of, told
from inzage.view_rights.moves import given_back_on

AT_ONCE = {
    "given_back": ClosingReason.GIVEN_BACK,
    "revoked": ClosingReason.REVOKED,
    "objected": ClosingReason.OBJECTED,
    "corrected": ClosingReason.CORRECTED,
}
"""What ends a right by an act, or by what a file corrects, and not by a fact."""


def example(name: str, books: RuleBooks, *, today: date, language: str) -> str:
    """The example of that name: its facts, and its outcome."""
    if name in HELD_EXAMPLES:
        return HELD_EXAMPLES[name](books, today, language)
    if name in AT_ONCE:
        return _ended_today(name, books, today, language)
    return judged(CASES[name](today), books, language=language)


def judged(case: Case, books: RuleBooks, *, language: str) -> str:
    """The facts of a case, and what the rules make of them."""
    outcome = outcome_of(case, books, since=case.granted_on)
    return told(facts_of(case, language), ending(outcome, books, language), language)


def _ended_today(name: str, books: RuleBooks, today: date, language: str) -> str:
    case = granted(eve(today))
    last_day = given_back_on(case, today)
    verdict = judge(facts_on(case, last_day), books, on=last_day)
    facts = [*facts_of(case, language), Fact(today, fact(name, language, day=today))]
    return told(facts, ending(Outcome(verdict, last_day, AT_ONCE[name]), books, language), language)
