"""What a mover says would happen, done by the use cases, in a transaction that is taken back afterwards."""

from datetime import date

from django.db import transaction

from inzage.dossiers.models import Activity, Assignment
from inzage.journal.models import Origin
from inzage.rules.names import Kind
from inzage.view_rights.assigning import end_assignment
from inzage.view_rights.ending import give_back
from inzage.view_rights.models import ViewRight
from inzage.view_rights.moves import Move
from inzage.view_rights.registering import Actor, NewActivity, close, register
from tests.world import World, origin


def performed(world: World, move: Move, right: ViewRight, *, on: str) -> date | None:
    """The last day of the right once what the mover says was done, entered that day."""
    with transaction.atomic():
        _do(world, move, right, on, origin(on))
        last_day = ViewRight.objects.get(pk=right.pk).last_day
        transaction.set_rollback(True)
    return last_day


def _do(world: World, move: Move, right: ViewRight, on: str, how: Origin) -> None:
    today = date.fromisoformat(on)
    running = Activity.objects.filter(
        dossier=right.dossier, unit=right.unit, closed_on=None, cancelled_on=None
    )
    actor = Actor(how)
    if move.code in ("ownership_ends", "ownership_ends_so"):
        for assignment in Assignment.objects.filter(dossier=right.dossier, unit=right.unit, ended_on=None):
            end_assignment(assignment.pk, on=today, reason=move.end or "klaar", origin=how)
    elif move.code == "activities_close":
        for activity in running:
            close(activity.pk, on=today, actor=actor)
    elif move.code == "activity_closes":
        close(running.get(started_on=move.begun_on).pk, on=today, actor=actor)
    elif move.code == "activity_begins":
        begun = NewActivity(right.unit, Kind.TRAINING, "Nog een", started_on=today)
        register(right.dossier_id, begun, actor=actor)
    elif move.code == "granted_again":
        world.grant(on, dossier=right.dossier, unit=right.unit)
    else:
        assert move.code == "given_back"
        give_back(right.pk, origin=how)
