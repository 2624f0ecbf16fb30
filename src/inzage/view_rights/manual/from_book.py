"""What the rule book in force says, in sentences of the manual; and the books that come after it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from inzage.rules.names import Event, Status
from inzage.rules.periods import ONE_DAY
from inzage.rules.rulebook import EXECUTOR, FALLBACK, OWNER, ClosingRule, RuleBook, RuleBooks
from inzage.view_rights.explaining import in_words
from inzage.view_rights.manual.cases import A_SERVICE, executed, granted, owned
from inzage.view_rights.manual.examples import judged
from inzage.view_rights.manual.saying import Sentence, anchor, of_rule
from inzage.view_rights.manual.texts import words
from inzage.view_rights.rules_in_words import end_of, period_in_words, prjlew_in_words, rule_in_words

Told = Iterator[Sentence]


def from_book(which: str, books: RuleBooks, today: date, language: str) -> Told:
    """The sentences that a line of the layout stands for."""
    yield from SAYS[which](books, today, language)


def _executor(books: RuleBooks, today: date, language: str) -> Told:
    rule = books.on(today).executor
    shown = judged(executed(today), books, language=language)
    yield of_rule(rule, rule_in_words(rule, language), "S20", shown)


def _no_activity(books: RuleBooks, today: date, language: str) -> Told:
    rule = books.on(today).no_activity
    yield of_rule(
        rule, rule_in_words(rule, language), "S21", judged(granted(today), books, language=language)
    )


def _owner(books: RuleBooks, today: date, language: str) -> Told:
    """The fallback: what holds for a service that has no rule of its own."""
    book = books.on(today)
    pointing = [service for service in sorted(book.owners) if _points(book.owners[service], book.fallback)]
    shown = judged(owned(today, pointing[0] if pointing else A_SERVICE), books, language=language)
    yield of_rule(book.fallback, rule_in_words(book.fallback, language), "S19", shown)


def _points(rule: ClosingRule, fallback: ClosingRule) -> bool:
    return (rule.period, rule.source) == (fallback.period, fallback.source)


def _services(books: RuleBooks, today: date, language: str) -> Told:
    """Each service with a rule of its own; those that point at the fallback together, by how sure that is."""
    book = books.on(today)
    pointing: dict[Status, list[str]] = {}
    for service, rule in sorted(book.owners.items()):
        if _points(rule, book.fallback):
            pointing.setdefault(rule.status, []).append(service)
        else:
            shown = judged(owned(today, service), books, language=language)
            yield of_rule(rule, rule_in_words(rule, language), "S19", shown)
    for status, services in pointing.items():
        text = words("fallback", language).format(services=", ".join(services))
        ids = tuple(OWNER + service for service in services)
        name = f"zonder-eigen-regel-{status}"
        yield Sentence(name, text, book.fallback.source, status, ("S19",), ids, book.version)


def _ends(books: RuleBooks, today: date, language: str) -> Told:
    """The rules for one kind of end; those by which a service points at the fallback's are told with the fallback's."""
    book = books.on(today)
    if not book.after:
        yield Sentence("geen-eigen-einde", words("no_ends", language), "", "", ("S19", "S20"))
    for rule in book.after.values():
        if not _is_the_fallbacks(rule, book):
            yield _of_end(rule, books, today, language)


def _is_the_fallbacks(rule: ClosingRule, book: RuleBook) -> bool:
    plain = book.after.get(f"{FALLBACK}.{end_of(rule)}")
    return plain is not None and rule.id != plain.id and rule.id.startswith(OWNER) and _points(rule, plain)


def _of_end(rule: ClosingRule, books: RuleBooks, today: date, language: str) -> Sentence:
    end, is_owner = end_of(rule), not rule.id.startswith(EXECUTOR)
    service = rule.id.removeprefix(OWNER).removesuffix(f".{end}")
    if is_owner:
        case = owned(today, A_SERVICE if rule.id.startswith(FALLBACK) else service, end)
    else:
        case = executed(today, Event(end))
    shown = judged(case, books, language=language)
    return of_rule(rule, rule_in_words(rule, language), "S19" if is_owner else "S20", shown)


def _longest(books: RuleBooks, today: date, language: str) -> Told:
    book = books.on(today)
    for service, longest in sorted(book.longest.items()):
        term = period_in_words(longest.period, language)
        text = words("longest", language).format(service=service, term=term)
        name = f"langste-{anchor(service)}"
        yield Sentence(
            name, text, longest.origin.source, longest.origin.status, ("S19",), version=book.version
        )


def _prjlew(books: RuleBooks, today: date, language: str) -> Told:
    book = books.on(today)
    switch, text = book.prjlew_grants_at_once, prjlew_in_words(book, language)
    yield Sentence("prjlew", text, switch.source, switch.status, ("S23",), version=book.version)


def _counting(books: RuleBooks, today: date, language: str) -> Told:
    """How each unit that the book uses is counted; months with what happens at the end of a short one."""
    rules = books.on(today).every_rule()
    source = "Gerechtelijk Wetboek, art. 52 en 54, naar analogie (Inzage, besluit 0002)"
    for unit, used in (
        ("months", any(rule.period.months for rule in rules)),
        ("days", any(rule.period.days for rule in rules)),
    ):
        if used:
            shown = (
                judged(granted(_end_of_february(today)), books, language=language) if unit == "months" else ""
            )
            text = words(unit, language)
            yield Sentence(f"telt-in-{unit}", text, source, Status.ASSUMPTION, ("S20", "S21"), example=shown)


def _end_of_february(today: date) -> date:
    """The last one before today, or today."""
    this_year = date(today.year, 3, 1) - ONE_DAY
    return this_year if this_year <= today else date(today.year - 1, 3, 1) - ONE_DAY


def _coming(books: RuleBooks, today: date, language: str) -> Told:
    """What a later book says otherwise, and the days on which running terms move."""
    later = [book for book in books.every() if book.starts_on > today]
    if not later:
        yield Sentence("later", words("coming_none", language), "", "")
    now = books.on(today)
    for book in later:
        yield from _differing(now, book, language)
        now = book
    for day in sorted(set(books.moves_after(today))):
        text = words("moving", language).format(day=in_words(day, language))
        yield Sentence(f"lopende-termijnen-{day}", text, "", "")


def _differing(now: RuleBook, then: RuleBook, language: str) -> Told:
    day = in_words(then.starts_on, language)
    before = {rule.id: rule.period for rule in now.every_rule()}
    differing = [rule for rule in then.every_rule() if before.get(rule.id) != rule.period]
    if not differing:
        text = words("coming_alike", language).format(day=day)
        yield Sentence(f"boek-{then.version}", text, "", "", version=then.version)
    for rule in differing:
        text = words("coming", language).format(day=day, sentence=rule_in_words(rule, language))
        statement = "S21" if rule.id == then.no_activity.id else "S20" if EXECUTOR in rule.id else "S19"
        said = of_rule(rule, text, statement)
        yield said._replace(id=f"{said.id}-{then.version}")


SAYS: Mapping[str, Callable[[RuleBooks, date, str], Told]] = {
    "executor": _executor,
    "no_activity": _no_activity,
    "owner": _owner,
    "services": _services,
    "ends": _ends,
    "longest": _longest,
    "prjlew": _prjlew,
    "counting": _counting,
    "coming": _coming,
}
