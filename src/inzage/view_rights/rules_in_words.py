"""A rule book in plain sentences: of each rule for whom it is, which event starts the term, and how long that is."""

from inzage.rules.rulebook import EXECUTOR, NO_ACTIVITY, OWNER, ClosingRule, RuleBook
from inzage.view_rights.explaining import sentences

SENTENCE_OF = {EXECUTOR: "executor", NO_ACTIVITY: "no_activity", f"{OWNER}fallback": "fallback"}


def rule_in_words(rule: ClosingRule, language: str) -> str:
    """What the rule says."""
    sentence = sentences(language)["rule_book"][SENTENCE_OF.get(rule.id, "owner")]
    return sentence.format(service=rule.id.removeprefix(OWNER), term=term_in_words(rule, language))


def term_in_words(rule: ClosingRule, language: str) -> str:
    """How long the term is."""
    text = sentences(language)["rule_book"]
    return text["one_month"] if rule.months == 1 else text["months"].format(months=rule.months)


def from_the_last_grant(language: str) -> str:
    """What holds for every rule: a later grant starts the term anew."""
    return sentences(language)["rule_book"]["granted_later"]


def prjlew_in_words(book: RuleBook, language: str) -> str:
    """Whether a registration under PRJLEW grants by itself (S23)."""
    return sentences(language)["rule_book"]["prjlew_on" if book.prjlew_grants_at_once.on else "prjlew_off"]
