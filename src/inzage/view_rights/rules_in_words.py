"""A rule book in plain sentences: of each rule for whom it is, which event starts the term, and how long that is."""

from inzage.rules.periods import Period
from inzage.rules.reading_books import EXECUTOR_ENDS, OWNER_ENDS
from inzage.rules.rulebook import EXECUTOR, NO_ACTIVITY, OWNER, ClosingRule, RuleBook
from inzage.view_rights.explaining import sentences

SENTENCE_OF = {EXECUTOR: "executor", NO_ACTIVITY: "no_activity", f"{OWNER}fallback": "fallback"}


def rule_in_words(rule: ClosingRule, language: str) -> str:
    """What the rule says."""
    text, term = sentences(language), term_in_words(rule, language)
    if end := end_of(rule):
        service = rule.id.removeprefix(OWNER).removesuffix(f".{end}")
        owner = "fallback_after" if service == "fallback" else "owner_after"
        key = "executor_after" if rule.id.startswith(EXECUTOR) else owner
        return text["rule_book"][key].format(service=service, end=text["ends"][end], term=term)
    sentence = text["rule_book"][SENTENCE_OF.get(rule.id, "owner")]
    return sentence.format(service=rule.id.removeprefix(OWNER), term=term)


def end_of(rule: ClosingRule) -> str:
    """The one kind of end that the rule is for; empty where it is for every other."""
    last = rule.id.rpartition(".")[2]
    return last if last in (*OWNER_ENDS, *EXECUTOR_ENDS) else ""


def term_in_words(rule: ClosingRule, language: str) -> str:
    """How long the term is."""
    return period_in_words(rule.period, language)


def period_in_words(period: Period, language: str) -> str:
    """So many months, or days."""
    text = sentences(language)["rule_book"]
    if period.days:
        return text["one_day"] if period.days == 1 else text["days"].format(days=period.days)
    return text["one_month"] if period.months == 1 else text["months"].format(months=period.months)


def from_the_last_grant(language: str) -> str:
    """What holds for every rule: a later grant starts the term anew."""
    return sentences(language)["rule_book"]["granted_later"]


def prjlew_in_words(book: RuleBook, language: str) -> str:
    """Whether a registration under PRJLEW grants by itself (S23)."""
    return switch_in_words(book.prjlew_grants_at_once.on, language)


def switch_in_words(on: bool, language: str) -> str:
    """The same, of whether it is on."""
    return sentences(language)["rule_book"]["prjlew_on" if on else "prjlew_off"]
