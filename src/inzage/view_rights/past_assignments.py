"""An assignment first heard of when its right, had it been known in time, would be over already (S02, S19)."""

from datetime import date

from inzage.dossiers.models import Assignment
from inzage.rule_books.in_force import books
from inzage.rules.facts import Grant
from inzage.rules.history import History, rights_of
from inzage.rules.names import Ground
from inzage.view_rights.gathering import gather
from inzage.view_rights.models import ViewRight
from inzage.view_rights.scopes import these


def is_over_already(assignment: Assignment, *, today: date) -> bool:
    """Whether history has this ended assignment, recorded already, in a right whose last day lies before `today`.

    Nothing of that right was used, so nothing need be kept lawful: an end or a death counts as recorded on its own
    day, as it does in an import. With a right that stands it is one right, where the two would have met.
    """
    if assignment.ended_on is None or assignment.ended_on > today:
        return False
    dossier, unit = assignment.dossier_id, assignment.unit_id
    standing = ViewRight.objects.filter(dossier=dossier, unit=unit, closed_on=None).first()
    gathered = gather(these(dossier))
    ground = Grant(Ground.ASSIGNMENT, assignment.assigned_on)
    history = History(
        (ground, *(gathered.grants.get((standing.pk, dossier, unit), ()) if standing else ())),
        tuple(each._replace(end_recorded_on=None) for each in gathered.ownerships.get((dossier, unit), ())),
        tuple(each._replace(end_recorded_on=None) for each in gathered.executions.get((dossier, unit), ())),
        assignment.dossier.client.deceased_on,
    )
    rights = rights_of(history, books(), until=today)
    return any(ground in right.case.grants and right.outcome.is_over(today) for right in rights)
