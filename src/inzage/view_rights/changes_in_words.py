"""What a draft of a rule book says otherwise than the book before it, rule by rule, in plain sentences."""

from collections.abc import Iterator
from dataclasses import replace

from inzage.rules.changes import Compared, Of, Side, Sort, compared
from inzage.rules.gaps import Gap
from inzage.rules.periods import Period
from inzage.rules.rulebook import OWNER, ClosingRule, RuleBook
from inzage.view_rights.explaining import in_words, sentences
from inzage.view_rights.rules_in_words import end_of, period_in_words, prjlew_in_words, rule_in_words

Change = tuple[str, str]
"""What it was, and what it becomes."""


def changes_in_words(draft: RuleBook, before: RuleBook, language: str) -> list[Change]:
    """Each value that changes: its term, its source, how sure it is. Services that change alike stand in one."""
    differing = [one for one in compared(before, draft) if one.sort is not Sort.SAME]
    return [
        *_of_rules([one for one in differing if one.of is Of.RULE], draft, before, language),
        *(_of_a_longest(one, language) for one in differing if one.of is Of.LONGEST),
        *(_of_prjlew(draft, before, language) for one in differing if one.of is Of.PRJLEW),
    ]


def gap_in_words(gap: Gap, language: str) -> str:
    """Why a draft with this gap can't come into force: which services, and what to write on which line."""
    text, services = sentences(language)["compared"], ", ".join(gap.services)
    if gap.next_on:
        return text["gap_of_next"].format(services=services, day=in_words(gap.next_on, language))
    mended = text["gap_below"] if gap.line else text["gap_at_end"]
    return f"{text['gap']} {mended}".format(services=services, first=gap.services[0], line=gap.line)


def _of_rules(
    differing: list[Compared], draft: RuleBook, before: RuleBook, language: str
) -> Iterator[Change]:
    """The rules that differ, as they were and as they become; owners' that are alike as one, of all their services."""
    alike: dict[object, list[Compared]] = {}
    for one in differing:
        of_service = one.name.startswith(OWNER) and one.name.split(".")[2] != "fallback"
        sort = end_of(before.rule(one.name)) or end_of(draft.rule(one.name)) if of_service else one.name
        alike.setdefault((of_service, sort, one.sort, one.now, one.then), []).append(one)
    for those in alike.values():
        old, new = (
            _said(_as_one([book.rule(one.name) for one in those]), language) for book in (before, draft)
        )
        text = sentences(language)["compared"]
        yield (
            text["new_rule"].format(rule=old) if those[0].sort is Sort.NEW else old,
            text["gone_rule"].format(rule=new) if those[0].sort is Sort.GONE else new,
        )


def _as_one(rules: list[ClosingRule]) -> ClosingRule:
    """The first, named by the services of all."""
    first = rules[0]
    if len(rules) == 1:
        return first
    services = ", ".join(rule.id.split(".")[2] for rule in rules)
    end = end_of(first)
    return replace(first, id=f"{OWNER}{services}" + (f".{end}" if end else ""))


def _said(rule: ClosingRule, language: str) -> str:
    """The rule, how sure it is, and its source."""
    return f"{rule_in_words(rule, language)} ({_sure(rule.status, rule.source, language)})"


def _sure(status: str, source: str, language: str) -> str:
    return f"{sentences(language)['statuses'][status]}; {source}"


def _of_a_longest(one: Compared, language: str) -> Change:
    text = sentences(language)["compared"]
    return (
        text["longest_was"].format(service=one.name, term=_term(one.now, language)),
        text["longest_becomes"].format(service=one.name, term=_term(one.then, language)),
    )


def _term(side: Side | None, language: str) -> str:
    if side is None:
        return sentences(language)["compared"]["no_longest"]
    assert isinstance(side.value, Period)
    sure = _sure(side.origin.status, side.origin.source, language)
    return f"{period_in_words(side.value, language)} ({sure})"


def _of_prjlew(draft: RuleBook, before: RuleBook, language: str) -> Change:
    was, becomes = (
        f"{prjlew_in_words(book, language)} ({_sure(switch.status, switch.source, language)})"
        for book, switch in ((book, book.prjlew_grants_at_once) for book in (before, draft))
    )
    return was, becomes
