"""Asking a person to do something, once."""

from collections.abc import Collection
from datetime import datetime

from inzage.dossiers.models import Dossier
from inzage.partners.models import Unit
from inzage.tasks.models import Task


def ask(
    kind: str, *, subject: str, dossier: Dossier | None, unit: Unit | None, detail: str, at: datetime
) -> Task:
    """Open a task; while one on the same subject is open, that one stands."""
    task, _new = Task.objects.get_or_create(
        kind=kind,
        subject=subject,
        done_at=None,
        defaults={"dossier": dossier, "unit": unit, "detail": detail, "created_at": at},
    )
    return task


def ask_once(kind: str, *, subject: str, detail: str, at: datetime) -> bool:
    """Open a task of VDAB's, unless there ever was one on the same subject; whether it is new."""
    if Task.objects.filter(kind=kind, subject=subject).exists():
        return False
    ask(kind, subject=subject, dossier=None, unit=None, detail=detail, at=at)
    return True


def no_longer_ask(kind: str, subjects: Collection[str], *, at: datetime) -> None:
    """Close the open tasks on these subjects: what they ask is done."""
    Task.objects.filter(kind=kind, subject__in=subjects, done_at=None).update(done_at=at)


def done(task_id: int, *, by: str, at: datetime) -> bool:
    """Tick a task off; whether it was still open."""
    return bool(Task.objects.filter(pk=task_id, done_at=None).update(done_at=at, done_by=by))
