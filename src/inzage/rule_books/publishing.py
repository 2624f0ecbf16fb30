"""A rule book on its way: a text that is kept, a proposal to do something with it, and another's decision (S19).

Nothing of it moves a right by itself: what a decision comes to for rights that stand is carried out above
(`view_rights/carrying_out.py`), long before the day on which it has effect.
"""

from collections.abc import Mapping
from datetime import date, time
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from inzage.journal.models import Origin
from inzage.journal.turns import take_turn_among_many
from inzage.rule_books.in_force import TURN, forget, refresh
from inzage.rule_books.models import Act, Draft, Edition, Proposal, Verdict
from inzage.rules.days import BRUSSELS, day_of
from inzage.rules.gaps import Gap, gap_among
from inzage.rules.reading_books import read_book
from inzage.rules.refusing import Refused
from inzage.rules.unreadable import UnreadableBook

TOO_LATE = time(23, 59)
"""From this hour on nothing is decided for tomorrow: every process must have seen it before it has effect."""


class NotPublished(Refused):
    """Nothing was decided. The codes: `same_day`, `not_tomorrow`, `before_its_book`, `not_published`, `own_proposal`,
    `decided`, `too_late`, `migrated`, `not_rehearsed`, `proposed`, `written_otherwise`; and `gap`, which says what is
    left out.
    """

    def __init__(self, reason: str, message: str, gap: Gap | None = None) -> None:
        super().__init__(reason, message)
        self.gap = gap


def keep_draft(text: str, name: str, *, origin: Origin) -> Draft:
    """Keep a text that can be read; the same text again is the same draft. Raises UnreadableBook."""
    book = read_book(text, name=name)
    draft, _made = Draft.objects.get_or_create(
        digest=sha256(text.encode()).hexdigest(),
        defaults={
            "name": name,
            "text": text,
            "starts_on": book.starts_on,
            "author": origin.by,
            "written_at": origin.at,
        },
    )
    return draft


@transaction.atomic
def propose_publication(draft: Draft, rehearsal: Mapping[str, Any], *, origin: Origin) -> Proposal:
    """Propose that the book is in force from its first day on. Raises NotPublished."""
    _take_turn()
    _refuse_today(draft.starts_on, origin)
    if any(book.starts_on == draft.starts_on for book in refresh().every()):
        raise NotPublished(
            "same_day", f"Another book starts on {draft.starts_on}: give this one another first day."
        )
    _refuse_as_written(draft)
    return _proposed(draft, Act.PUBLISH, draft.starts_on, rehearsal, origin)


@transaction.atomic
def propose_migration(draft: Draft, on: date, rehearsal: Mapping[str, Any], *, origin: Origin) -> Proposal:
    """Propose that the terms that run on day `on` are counted by this book from then on. Raises NotPublished.

    Nobody moves running terms blindly: a rehearsal on the whole population comes first.
    """
    _take_turn()
    _refuse_today(on, origin)
    if on < draft.starts_on:
        raise NotPublished(
            "before_its_book", f"The book starts on {draft.starts_on}: give that day, or a later one."
        )
    if not rehearsal:
        raise NotPublished("not_rehearsed", "Rehearse it first: who would lose a right, and when?")
    _refuse_unpublished(draft)
    return _proposed(draft, Act.MIGRATE, on, rehearsal, origin)


def _take_turn() -> None:
    """Who proposes or decides sees what everybody did before: two books approved at once never start on one day."""
    take_turn_among_many(TURN)


def _proposed(draft: Draft, act: Act, on: date, rehearsal: Mapping[str, Any], origin: Origin) -> Proposal:
    same = Proposal.objects.filter(draft=draft, act=act, on=on)
    if same.filter(editions=None).exists() or standing(act).filter(pk__in=same).exists():
        raise NotPublished("proposed", "That was proposed already: nothing was changed.")
    return Proposal.objects.create(
        draft=draft, act=act, on=on, rehearsal=dict(rehearsal), proposed_by=origin.by, proposed_at=origin.at
    )


@transaction.atomic
def approve(proposal: Proposal, *, origin: Origin) -> Edition:
    """Another person than who proposed it agrees; from its day on it has effect. Raises NotPublished."""
    proposal = _in_turn(proposal)
    if origin.by in (proposal.proposed_by, proposal.draft.author):
        raise NotPublished("own_proposal", "Another person must look at it: nobody approves an own proposal.")
    _refuse_today(proposal.on, origin)
    if proposal.act == Act.MIGRATE:
        _refuse_unpublished(proposal.draft)
    elif any(book.starts_on == proposal.on for book in refresh().every()):
        raise NotPublished("same_day", f"Meanwhile another book starts on {proposal.on}: refuse this one.")
    else:
        _refuse_as_written(proposal.draft)
    return _decide(proposal, Verdict.APPROVED, "", origin)


@transaction.atomic
def refuse(proposal: Proposal, remark: str, *, origin: Origin) -> Edition:
    """Say no, with the reason; the text stays. Raises NotPublished where it was decided already."""
    return _decide(_in_turn(proposal), Verdict.REFUSED, remark, origin)


@transaction.atomic
def take_back(proposal: Proposal, remark: str, *, origin: Origin) -> Edition:
    """What was approved has no effect after all: until the eve of its day. Raises NotPublished."""
    _take_turn()
    verdicts = set(proposal.editions.values_list("verdict", flat=True))
    if verdicts != {Verdict.APPROVED}:
        raise NotPublished("decided", "Only what stands approved can be taken back.")
    _refuse_today(proposal.on, origin)
    if proposal.act == Act.PUBLISH and standing(Act.MIGRATE).filter(draft=proposal.draft).exists():
        raise NotPublished("migrated", "Running terms move to this book: take that back first.")
    return _decide(proposal, Verdict.TAKEN_BACK, remark, origin)


def _in_turn(proposal: Proposal) -> Proposal:
    """The proposal, in turn: of two who decide at once the second sees the first."""
    _take_turn()
    found = Proposal.objects.select_related("draft").get(pk=proposal.pk)
    if found.editions.exists():
        raise NotPublished("decided", "This was decided already: nothing was changed.")
    return found


def _decide(proposal: Proposal, verdict: Verdict, remark: str, origin: Origin) -> Edition:
    edition = Edition.objects.create(
        proposal=proposal,
        verdict=verdict,
        proposed_by=proposal.proposed_by,
        on=proposal.on,
        by=origin.by,
        day=day_of(origin.at),
        at=origin.at,
        remark=remark,
    )
    forget()
    transaction.on_commit(forget)
    return edition


def _refuse_today(on: date, origin: Origin) -> None:
    """A decision has effect tomorrow at the earliest, and is known everywhere before that."""
    today = day_of(origin.at)
    if on <= today:
        raise NotPublished(
            "not_tomorrow", f"{on} is not after today: what is decided has effect tomorrow at the earliest."
        )
    if (on - today).days == 1 and origin.at.astimezone(BRUSSELS).time() >= TOO_LATE:
        raise NotPublished(
            "too_late", "It is almost midnight: too late to decide for tomorrow. Give a later day."
        )


def _refuse_as_written(draft: Draft) -> None:
    """A text that is kept already may be written as none is any more; and no service gets the fallback because a row
    was forgotten, here or in a book that was decided meanwhile.
    """
    try:
        book = read_book(draft.text, name=draft.name)
    except UnreadableBook as error:
        raise NotPublished("written_otherwise", f"No book is written like this any more: {error}") from error
    gap = gap_among(book, draft.text, refresh())
    if gap is not None:
        where = f"the book that starts on {gap.next_on}" if gap.next_on else draft.name
        services = ", ".join(gap.services)
        raise NotPublished(
            "gap", f"{where} says nothing of {services}: give each a row, if without a term.", gap
        )


def _refuse_unpublished(draft: Draft) -> None:
    if not standing(Act.PUBLISH).filter(draft=draft).exists():
        raise NotPublished(
            "not_published", "The book itself is not in force, nor going to be: publish it first."
        )


def standing(act: Act) -> QuerySet[Proposal]:
    """The proposals of this kind that were approved and not taken back."""
    approved = Proposal.objects.filter(act=act, editions__verdict=Verdict.APPROVED)
    return approved.exclude(editions__verdict=Verdict.TAKEN_BACK)
