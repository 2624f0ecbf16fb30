"""A client asks why somebody looked: to the unit of that look, with ten working days; then to the officer.

The officer is VDAB's data protection officer (GDPR article 38, 4), who also answers for the looks of VDAB itself.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from inzage.access_log.models import Question, ShownDossier
from inzage.access_log.questions import OPEN
from inzage.journal.models import Origin
from inzage.notices.models import Notice
from inzage.notices.sending import tell
from inzage.partners.models import Unit
from inzage.rules.days import day_of
from inzage.rules.refusing import Refused
from inzage.rules.working_days import working_day_after
from inzage.tasks.asking import ask_once, done, no_longer_ask
from inzage.tasks.models import Task
from inzage.view_rights.catching_up import lock

WORKING_DAYS = 10
KIND = Task.Kind.QUESTION
ABOUT_VDAB = "Een klant vraagt waarom VDAB in het dossier keek."
UNANSWERED = (
    "Een klant vroeg aan een organisatie waarom zij keek, en kreeg binnen tien werkdagen geen antwoord."
)


class NotAsked(Refused):
    """The question was not asked."""


class NotAnswered(Refused):
    """The question was not answered."""


class NoSuchQuestion(Exception):
    """There is no such question for who wants to answer it."""


@transaction.atomic
def ask_why(shown: ShownDossier, text: str, *, origin: Origin) -> Question:
    """Ask the unit of that look; of VDAB, the officer at once. NotAsked while a question about it is open."""
    lock([shown.dossier_id])
    if Question.objects.filter(OPEN, shown=shown).exists():
        raise NotAsked("already_asked", "A question about this look is open: wait for its answer.")
    today = day_of(origin.at)
    question = Question.objects.create(
        shown=shown,
        unit=Unit.objects.filter(oe_number=shown.line.unit).first() if shown.line.unit else None,
        asked_by=origin.by,
        asked_at=origin.at,
        due_on=working_day_after(today, days=WORKING_DAYS),
        text=text,
    )
    if question.unit is None:
        _to_officer(question.pk, ABOUT_VDAB, origin.at)
    else:
        kind, dossier = Notice.Kind.ASKED_WHY, shown.dossier
        tell(kind, unit=question.unit, dossier=dossier, on=today, at=origin.at)
    return question


@transaction.atomic
def answer(number: int, text: str, *, unit: Unit, origin: Origin) -> Question:
    """Answer a question to this unit; late too, while nobody else did. NoSuchQuestion, NotAnswered otherwise."""
    question = _answered(Question.objects.filter(unit=unit), number, text, origin)
    no_longer_ask(KIND, [_subject(number)], at=origin.at)
    return question


@transaction.atomic
def answer_as_officer(number: int, text: str, *, origin: Origin) -> Question:
    """Answer a question that came to the officer: about VDAB, or overdue. NoSuchQuestion, NotAnswered otherwise."""
    question = _answered(with_officer(day_of(origin.at)), number, text, origin, by_officer=True)
    for task in Task.objects.filter(kind=KIND, subject=_subject(number), done_at=None):
        done(task.pk, by=origin.by, at=origin.at)
    return question


def _answered(
    questions: QuerySet[Question], number: int, text: str, origin: Origin, *, by_officer: bool = False
) -> Question:
    """One of these, locked, with the answer: the first one counts."""
    question = questions.select_for_update().filter(pk=number).first()
    if question is None:
        raise NoSuchQuestion
    if question.answered_at is not None:
        raise NotAnswered("already_answered", "This question was answered already: nothing was changed.")
    question.answered_at, question.answered_by = origin.at, origin.by
    question.answer, question.by_officer = text, by_officer
    question.save(update_fields=["answered_at", "answered_by", "answer", "by_officer"])
    return question


def open_questions() -> QuerySet[Question]:
    """Those that wait for an answer, the one due first on top."""
    return Question.objects.filter(OPEN).order_by("due_on", "pk")


def overdue(on: date) -> QuerySet[Question]:
    """Those of which the last day for an answer was before that day."""
    return open_questions().filter(due_on__lt=on)


def with_officer(on: date) -> QuerySet[Question]:
    """Those the officer can answer on that day: about VDAB, or overdue; and those of them that were answered."""
    about_vdab, unanswered = Question.objects.filter(unit=None), Question.objects.filter(due_on__lt=on)
    return (about_vdab | unanswered).order_by("due_on", "pk")


def pass_on_overdue(at: datetime) -> int:
    """Make a task for the officer of each question that is overdue, once in its life; how many are new."""
    numbers = list(overdue(day_of(at)).values_list("pk", flat=True))
    return sum(_pass_on(number, at) for number in numbers)


@transaction.atomic
def _pass_on(number: int, at: datetime) -> bool:
    """Under the question's lock: what is answered meanwhile makes no task."""
    waits = Question.objects.select_for_update().filter(OPEN, pk=number).first()
    return waits is not None and _to_officer(number, UNANSWERED, at)


def _to_officer(number: int, detail: str, at: datetime) -> bool:
    return ask_once(KIND, subject=_subject(number), detail=detail, at=at)


def _subject(number: int) -> str:
    return f"question:{number}"


def question_of(task: Task) -> int:
    """The number of the question that a task of this kind is about."""
    return int(task.subject.removeprefix("question:"))
