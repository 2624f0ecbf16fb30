"""The books that every process judges by: those that come with Inzage, and what was decided since.

A decision is seen by every process within a second, and at once by whoever locks a dossier (`as_decided`). It has
effect on a later day, and none is taken in the last minute of a day: so the first verdict of that day goes by it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from threading import Lock
from time import monotonic
from typing import NamedTuple

from inzage.journal.turns import keep_turn_free
from inzage.rule_books.models import Act, Draft, Edition, Proposal, Verdict
from inzage.rules.reading_books import packaged_books, packaged_texts, read_kept
from inzage.rules.rulebook import Migration, RuleBook, RuleBooks

Stamp = tuple[int, datetime] | None
"""The last decision: by its number and moment no two registers' decisions are confused."""


class _Seen(NamedTuple):
    books: RuleBooks
    stamp: Stamp
    at: float


_seen: _Seen | None = None
_looking = Lock()
TURN = "rule books"
"""Whoever proposes or decides takes the turn over this."""
FRESH = 1.0
"""For how many seconds the database is not asked again."""


def books() -> RuleBooks:
    """All rule books, each from its own first day on, and the migrations of running terms."""
    seen = _seen
    return refresh() if seen is None or monotonic() - seen.at > FRESH else seen.books


def refresh() -> RuleBooks:
    """The same, as they are decided at this moment: one question to the database."""
    return _looked().books


def _looked() -> _Seen:
    """Of the threads of a process one looks at a time: none puts back what another has seen since."""
    global _seen
    with _looking:
        seen, stamp = _seen, Edition.objects.order_by("-pk").values_list("pk", "at").first()
        if seen is None or stamp != seen.stamp:
            seen = _Seen(books_known_at(None), stamp, monotonic())
        _seen = seen._replace(at=monotonic())
        return _seen


def as_decided() -> RuleBooks:
    """The same, for who stores verdicts: nothing is decided until this transaction ends.

    So what a decision comes to for rights that stand (`view_rights/carrying_out.py`) misses none that is on its way in.
    """
    keep_turn_free(TURN)
    return refresh()


def book(version: str) -> RuleBook:
    """The book of this version: what stands on a right had been approved when it was judged, if only a moment ago."""
    try:
        return books().version(version)
    except KeyError:
        return refresh().version(version)


def known() -> RuleBooks:
    """The same as they were seen last, without asking the database: for who must not wait for it, and has them
    refreshed meanwhile.
    """
    seen = _seen
    return seen.books if seen else packaged_books()


def forget() -> None:
    """See them anew the next time: for who has just decided something, and for tests."""
    global _seen
    _seen = None


def books_known_at(moment: datetime | None) -> RuleBooks:
    """The books as they were decided at a past moment; without one, all that has been decided."""
    decided = Edition.objects.select_related("proposal__draft").order_by("pk")
    if moment is not None:
        decided = decided.filter(at__lte=moment)
    approved, standing = {}, {}
    for edition in decided:
        if edition.verdict == Verdict.APPROVED:
            approved[edition.proposal_id] = standing[edition.proposal_id] = edition.proposal
        elif edition.verdict == Verdict.TAKEN_BACK:
            standing.pop(edition.proposal_id, None)
    texts = _in_their_versions(one.draft for one in approved.values() if one.act == Act.PUBLISH)
    published = {one.draft_id for one in standing.values() if one.act == Act.PUBLISH}
    moves = {pk: one for pk, one in approved.items() if one.act == Act.MIGRATE}
    return RuleBooks(
        [*_packaged(texts.values()), *(book for draft, book in texts.items() if draft in published)],
        [_migration(one) for pk, one in moves.items() if pk in standing],
        [book for draft, book in texts.items() if draft not in published],
        [_migration(one) for pk, one in moves.items() if pk not in standing],
    )


def _migration(proposal: Proposal) -> Migration:
    return Migration(proposal.on, proposal.draft.starts_on)


def _in_their_versions(drafts: Iterable[Draft]) -> dict[int, RuleBook]:
    """The books of these drafts, in the order of their approval: of those for one day each has its own version."""
    found: dict[int, RuleBook] = {}
    of_a_day: Counter[date] = Counter()
    for draft in drafts:
        if draft.pk not in found:
            of_a_day[draft.starts_on] += 1
            found[draft.pk] = _read(draft.text, draft.name, of_a_day[draft.starts_on])
    return found


def _packaged(texts: Iterable[RuleBook]) -> Iterator[RuleBook]:
    """The books that come with Inzage. One for the day of texts on record has the number behind theirs: rights that
    were judged ahead, by a text that was taken back, name that text for good.
    """
    of_a_day = Counter(book.starts_on for book in texts)
    for name, text in packaged_texts().items():
        starts_on = _read(text, name, 1).starts_on
        yield _read(text, name, of_a_day[starts_on] + 1)


def books_at(moment: datetime) -> RuleBooks:
    """The same for a past moment, without reading what is in force already: mostly nothing was decided since."""
    seen = _looked()
    return seen.books if seen.stamp is None or seen.stamp[1] <= moment else books_known_at(moment)


@lru_cache(maxsize=100)
def _read(text: str, name: str, number: int) -> RuleBook:
    return read_kept(text, name=name, number=number)
