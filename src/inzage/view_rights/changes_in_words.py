"""What a draft of a rule book says otherwise than the book before it, rule by rule, in plain sentences."""

from collections.abc import Iterator
from dataclasses import replace

from inzage.rules.rulebook import OWNER, ClosingRule, RuleBook
from inzage.view_rights.explaining import sentences
from inzage.view_rights.rules_in_words import end_of, period_in_words, prjlew_in_words, rule_in_words

Change = tuple[str, str]
"""What it was, and what it becomes."""


def changes_in_words(draft: RuleBook, before: RuleBook, language: str) -> list[Change]:
    """Each rule that changes: its term, its source, how sure it is. Services that change alike stand in one."""
    rules = [(_said(old, language), _said(new, language)) for old, new in _changed(draft, before)]
    return [*rules, *_of_the_longest(draft, before, language), *_of_prjlew(draft, before, language)]


def _changed(draft: RuleBook, before: RuleBook) -> Iterator[tuple[ClosingRule, ClosingRule]]:
    """The rules that differ, as they were and as they become; owners' that are alike as one, of all their services."""
    ids = dict.fromkeys(rule.id for book in (before, draft) for rule in book.every_rule())
    alike: dict[object, list[tuple[ClosingRule, ClosingRule]]] = {}
    for rule_id in ids:
        old, new = before.rule(rule_id), draft.rule(rule_id)
        if (old.period, old.origin) != (new.period, new.origin):
            of_service = rule_id.startswith(OWNER) and rule_id.split(".")[2] != "fallback"
            sort = end_of(new) if of_service else rule_id
            key = (of_service, sort, old.period, old.origin, new.period, new.origin)
            alike.setdefault(key, []).append((old, new))
    for pairs in alike.values():
        yield _as_one([old for old, _new in pairs]), _as_one([new for _old, new in pairs])


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
    status = sentences(language)["statuses"][rule.status]
    return f"{rule_in_words(rule, language)} ({status}; {rule.source})"


def _of_the_longest(draft: RuleBook, before: RuleBook, language: str) -> Iterator[Change]:
    text = sentences(language)["compared"]
    for service in sorted({*draft.longest, *before.longest}):
        old, new = (
            period_in_words(book.longest[service].period, language)
            if service in book.longest
            else text["no_longest"]
            for book in (before, draft)
        )
        if old != new:
            yield (
                text["longest_was"].format(service=service, term=old),
                text["longest_becomes"].format(service=service, term=new),
            )


def _of_prjlew(draft: RuleBook, before: RuleBook, language: str) -> Iterator[Change]:
    if draft.prjlew_grants_at_once.on != before.prjlew_grants_at_once.on:
        yield prjlew_in_words(before, language), prjlew_in_words(draft, language)
