"""Partners watch that a Brussels participant is, and stays, enrolled with Actiris: a task, never a refusal (S07)."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from inzage.dossiers.addresses import lives_in_brussels
from inzage.dossiers.enrolments import LACKING, status_on
from inzage.dossiers.models import Activity, Dossier, Enrolment
from inzage.journal.models import Origin
from inzage.notices.models import Notice
from inzage.notices.sending import tell_gathered
from inzage.partners.models import Unit
from inzage.rules.brussels import ways_to_enrol
from inzage.rules.days import day_of
from inzage.rules.names import EnrolmentStatus
from inzage.tasks.asking import ask, no_longer_ask
from inzage.tasks.models import Task
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import standing

KIND = Task.Kind.ENROLMENT
ASKED = {
    EnrolmentStatus.NOT_ENROLLED: "De klant is niet ingeschreven bij Actiris. Help de klant om zich in te schrijven:",
    EnrolmentStatus.ENDED: "De inschrijving bij Actiris is beëindigd. Help de klant om zich opnieuw in te schrijven:",
}


def running_on(day: date) -> Q:
    """Activities that are asked for or under way on that day: begun by then, and not ended."""
    begun = Q(requested_on__lte=day) | Q(started_on__lte=day)
    not_closed = Q(closed_on=None) | Q(closed_on__gt=day)
    return begun & not_closed & (Q(cancelled_on=None) | Q(cancelled_on__gt=day))


def lacking_on(dossier: Dossier, day: date) -> EnrolmentStatus | None:
    """What a partner must be warned of: a Brussels participant, alive, known not to be enrolled on that day."""
    enrolment = Enrolment.objects.filter(client=dossier.client_id).first()
    status = status_on(enrolment, day)
    died_on = dossier.client.deceased_on
    if status not in LACKING or (died_on is not None and died_on <= day):
        return None
    return status if lives_in_brussels(dossier.client, day) else None


def watch_enrolment(dossier: Dossier, *, origin: Origin) -> None:
    """Let each unit concerned have its task while the client is not enrolled, and no unit one that needs none.

    The dossier is locked already. Where nothing was ever looked up, nothing is asked. With its task a unit is told.
    """
    enrolment = Enrolment.objects.filter(client=dossier.client_id).exists()
    if not enrolment:
        return
    today = day_of(origin.at)
    lacking = lacking_on(dossier, today)
    wanted = {_subject(dossier, unit): unit for unit in _concerned(dossier, today)} if lacking else {}
    had = set(Task.objects.filter(kind=KIND, dossier=dossier, done_at=None).values_list("subject", flat=True))
    no_longer_ask(KIND, had - wanted.keys(), at=origin.at)
    for subject, unit in wanted.items():
        if subject not in had and lacking:
            detail = " ".join([ASKED[lacking], *ways_to_enrol("nl").values()])
            ask(KIND, subject=subject, dossier=dossier, unit=unit, detail=detail, at=origin.at)
            tell_gathered(Notice.Kind.ENROLMENT_GONE, unit=unit, dossier=dossier, on=today, at=origin.at)


def task_of(dossier: Dossier, unit: Unit) -> Task | None:
    """The open task of this unit about this client's enrolment."""
    return Task.objects.filter(kind=KIND, subject=_subject(dossier, unit), done_at=None).first()


def dossiers_with_task(unit: Unit) -> QuerySet[Task, Any]:
    """The dossiers in which this unit has such a task open, to filter with."""
    return Task.objects.filter(kind=KIND, unit=unit, done_at=None).values("dossier")


def idle_tasks(day: date) -> list[int]:
    """The dossiers in which a task is open of a unit that has neither a right that stands nor anything under way."""
    mine = {"dossier": OuterRef("dossier"), "unit": OuterRef("unit")}
    rights = ViewRight.objects.filter(standing(day), **mine)
    activities = Activity.objects.filter(running_on(day), **mine)
    idle = Task.objects.filter(~Exists(rights), ~Exists(activities), kind=KIND, done_at=None)
    return [pk for pk in idle.values_list("dossier_id", flat=True).distinct() if pk is not None]


def _concerned(dossier: Dossier, day: date) -> list[Unit]:
    """The units with a right that stands, or with something under way, in that dossier."""
    rights = ViewRight.objects.filter(standing(day), dossier=dossier).values("unit")
    activities = Activity.objects.filter(running_on(day), dossier=dossier).values("unit")
    return list(Unit.objects.filter(Q(pk__in=rights) | Q(pk__in=activities)).order_by("pk"))


def _subject(dossier: Dossier, unit: Unit) -> str:
    return f"{dossier.pk}:{unit.pk}"
