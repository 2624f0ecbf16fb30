"""Rehearsals that somebody asks for on a page: queued as rows, made by the worker, kept with what they found."""

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from inzage.journal.models import Origin
from inzage.oversight.asked_for import carried_out
from inzage.oversight.books_with import books_with
from inzage.oversight.models import Rehearsed
from inzage.oversight.rehearsing import rehearse
from inzage.rule_books.in_force import books
from inzage.rule_books.models import Draft
from inzage.rules.days import day_of
from inzage.rules.reading_books import read_kept
from inzage.rules.rulebook import RuleBook
from inzage.view_rights.models import ViewRight

SILENT = timedelta(minutes=5)
"""A rehearsal that shows no progress for so long has lost its worker."""
KEPT = timedelta(days=30)
"""How long the files are kept; the figures stay."""
Clock = Callable[[], datetime]


def ask_for(draft: Draft, on: date | None, *, origin: Origin) -> Rehearsed:
    """Queue a rehearsal; the one that waits or runs already is not asked twice. NotRehearsed where it can't be."""
    moves_on = books_with(book_of(draft), books(), on=on, today=day_of(origin.at)).moves_on
    asked, _new = Rehearsed.objects.get_or_create(
        draft=draft,
        on=moves_on,
        finished_at=None,
        defaults={"asked_by": origin.by, "asked_at": origin.at},
    )
    return asked


def book_of(draft: Draft) -> RuleBook:
    """The draft, read; kept drafts are readable."""
    return read_kept(draft.text, name=draft.name)


def make_next(*, clock: Clock) -> Rehearsed | None:
    """Make the rehearsal that waits longest, if any does; one that can't be made says why. Old files are dropped."""
    _drop_old_files(clock())
    return carried_out(
        _taken(clock()),
        lambda asked: _make(asked, clock),
        lambda asked, why: _finish(asked, clock(), failed=why),
    )


@transaction.atomic
def _taken(at: datetime) -> Rehearsed | None:
    """The first that waits, or that was begun and forgotten; from now on it is ours."""
    free = Rehearsed.objects.filter(Q(seen_at=None) | Q(seen_at__lt=at - SILENT), finished_at=None)
    asked = free.select_for_update(of=("self",)).select_related("draft").order_by("pk").first()
    if asked is not None:
        asked.started_at = asked.seen_at = at
        asked.done, asked.total = 0, ViewRight.objects.count()
        asked.save(update_fields=["started_at", "seen_at", "done", "total"])
    return asked


def _make(asked: Rehearsed, clock: Clock) -> None:
    found = rehearse(
        book_of(asked.draft),
        today=day_of(clock()),
        on=asked.on,
        progress=partial(_seen, asked, clock),
        folder=folder_of(asked),
    )
    asked.figures = found.figures()
    _finish(asked, clock())


def _seen(asked: Rehearsed, clock: Clock, read: int) -> None:
    mine = Rehearsed.objects.filter(pk=asked.pk, finished_at=None)
    mine.update(done=F("done") + read, seen_at=clock())


def _finish(asked: Rehearsed, at: datetime, *, failed: str = "") -> None:
    asked.finished_at, asked.failed = at, failed
    asked.save(update_fields=["finished_at", "failed", "figures"])


def folder_of(asked: Rehearsed) -> Path:
    """Where its files are written."""
    return Path(settings.REHEARSALS) / str(asked.pk)


def file_of(asked: Rehearsed, name: str, *, at: datetime) -> Path | None:
    """One of its files; None where there is none: it is not made (yet), or kept no longer at that moment."""
    path = folder_of(asked) / name
    made = asked.finished_at is not None and not asked.failed
    return path if made and not _is_old(asked, at) and path.exists() else None


def _is_old(asked: Rehearsed, at: datetime) -> bool:
    return asked.finished_at is not None and asked.finished_at < at - KEPT


def _drop_old_files(at: datetime) -> None:
    """Of all that lie there: few, while the figures of every rehearsal stay."""
    there = [folder.name for folder in Path(settings.REHEARSALS).glob("*") if folder.name.isdecimal()]
    for asked in Rehearsed.objects.filter(pk__in=there).defer("figures") if there else ():
        if _is_old(asked, at):
            shutil.rmtree(folder_of(asked), ignore_errors=True)
