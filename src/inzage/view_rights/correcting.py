"""A changed line in a later import is a correction: what is open is reckoned anew, what is closed stays closed.

The files never edit a closed right, nor anything entered in the application: such differences become tasks,
to be restored with four eyes.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Activity, Assignment, Client, Dossier
from inzage.register_files.bundling import overlapping
from inzage.register_files.lines import AssignmentLine, Bundle
from inzage.register_files.staging import Staged
from inzage.rules import facts
from inzage.tasks.asking import ask
from inzage.view_rights import rows
from inzage.view_rights.catching_up import locked
from inzage.view_rights.models import Grant
from inzage.view_rights.rebuilding import Rebuilder
from inzage.view_rights.recording import VERSIONS, record
from inzage.view_rights.replaying import Surroundings, grants_by_unit

NOT_IN_FILES = {
    *("id", "source_id", "client_number", "imported_digest", "changed_at"),
    *("contact", "work_ended_on", "end_recorded_on", "remark", "activity_title"),
}
"""Columns that a correction leaves alone: what identifies a line, and what only the application knows."""


@transaction.atomic
def correct(bundle: Bundle, staged: Staged, around: Surroundings) -> list[str]:
    """Bring a known client's lines up to date; returns the differences that need a person."""
    client = Client.objects.get(client_number=bundle.client_number)
    dossier = locked(client.dossier.pk, origin=around.origin)
    if bundle.client is None:  # the folder says nothing new of the client
        bundle = bundle._replace(client=rows.client_line(dossier.client))
    correction = Correction(dossier, bundle, staged, around)
    differences = correction.apply()
    dossier.imported_digest = bundle.digest
    dossier.save(update_fields=["imported_digest"])
    for difference in differences:
        subject = f"{dossier.pk}:{difference}"[:100]
        ask(
            "import_difference",
            subject=subject,
            dossier=dossier,
            unit=None,
            detail=difference,
            at=around.origin.at,
        )
    return [f"client {bundle.client_number}: {difference}" for difference in differences]


class Correction:
    """One client's lines against what the register has."""

    def __init__(self, dossier: Dossier, bundle: Bundle, staged: Staged, around: Surroundings) -> None:
        self.dossier, self.bundle, self.staged, self.around = dossier, bundle, staged, around
        self.differences: list[str] = []
        self.rebuilder = Rebuilder(dossier, around)

    def apply(self) -> list[str]:
        """Facts first, then what they grant, then the rights of every unit concerned."""
        assert self.bundle.client is not None
        before = self.rebuilder.closed_history()
        self._take(self.dossier.client, rows.CLIENT, rows.client(self.dossier.client.pk, self.bundle.client))
        assignments = self._assignments()
        for activity in self.bundle.activities:
            unit = self.around.units[activity.oe_number]
            self._bring_in(Activity, rows.ACTIVITY, rows.activity(0, self.dossier.pk, unit, activity))
        self._consents(assignments)
        self.rebuilder.rebuild()
        self.differences += self.rebuilder.changed_since(before)
        return self.differences

    def _assignments(self) -> dict[str, Assignment]:
        """One owner must make room before another comes, whatever the order of the lines: tried until none moves."""
        taken: dict[str, Assignment] = {}
        waiting = list(self.bundle.assignments)
        while waiting:
            taken |= {
                line.assignment_id: fact for line in waiting if (fact := self._assignment(line)) is not None
            }
            left = [line for line in waiting if line.assignment_id not in taken]
            if len(left) == len(waiting):
                break
            waiting = left
        for line in waiting:
            self.staged.set_aside(line, overlapping(line, by="of another unit that the register has"))
        return taken

    def _assignment(self, line: AssignmentLine) -> Assignment | None:
        """The assignment as the line says it; none while another unit owns on one of its days."""
        service, tendered = self.around.services[line.service]
        unit = self.around.units[line.oe_number]
        row = rows.assignment(0, self.dossier.pk, unit, service, tendered, line)
        try:
            with transaction.atomic():
                fact: Assignment = self._bring_in(Assignment, rows.ASSIGNMENT, row)
                return fact
        except IntegrityError:
            return None

    def _consents(self, assignments: dict[str, Assignment]) -> None:
        """The consents, and the grounds that consents and assignments give."""
        given = grants_by_unit(self.bundle, self.around)
        granting = {one.consent.consent_id for ones in given.values() for one in ones if one.consent}
        owning = {one.assignment.assignment_id for ones in given.values() for one in ones if one.assignment}
        forms = {}
        for line in self.bundle.consents:
            unit = self.around.units[line.oe_number]
            granted = line.consent_id in granting
            row = rows.form(0, self.dossier.pk, unit, line, granted=granted, at=self.around.origin.at)
            forms[line.consent_id] = self._bring_in(ConsentForm, rows.FORM, row)
        for oe_number, ones in given.items():
            for one in ones:
                form = forms[one.consent.consent_id] if one.consent else None
                assignment = assignments.get(one.assignment.assignment_id) if one.assignment else None
                if form or assignment:
                    self._ground(self.around.units[oe_number], one.grant, form, assignment)
        self._take_away("form", [form for number, form in forms.items() if number not in granting])
        self._take_away("assignment", [fact for number, fact in assignments.items() if number not in owning])

    def _ground(
        self, unit: int, given: facts.Grant, form: ConsentForm | None, assignment: Assignment | None
    ) -> None:
        """The ground as the line gives it; that of a closed right stays as it is."""
        grant = Grant.objects.filter(form=form, assignment=assignment).select_related("right").first()
        if grant is None:
            grant = Grant(dossier=self.dossier, unit_id=unit, form=form, assignment=assignment)
        elif grant.right is not None and grant.right.closed_on is not None:
            self._note_closed(grant, unit, given)
            return
        elif (grant.unit_id, grant.ground, grant.granted_on, grant.withdrawn_on) == (unit, *given):
            return
        if grant.unit_id != unit:
            grant.unit_id, grant.right = (
                unit,
                None,
            )  # a right is its unit's alone: the rebuilder finds it another
        grant.ground, grant.granted_on, grant.withdrawn_on = given
        record(grant, holds_from=given.granted_on, origin=self.around.origin)

    def _note_closed(self, grant: Grant, unit: int, given: facts.Grant) -> None:
        """A ground of a closed right that the line now gives otherwise, where that would have mattered."""
        right = grant.right
        assert right is not None
        assert right.last_day is not None
        withdrawn_in_time = given.withdrawn_on is not None and given.withdrawn_on <= right.last_day
        moved = (grant.unit_id, grant.ground, grant.granted_on) != (unit, given.ground, given.granted_on)
        if moved or (withdrawn_in_time and grant.withdrawn_on != given.withdrawn_on):
            self.differences.append(
                f"a ground of the closed right of {right.granted_on} changed: left as it was"
            )

    def _take_away(self, kind: str, lost: Sequence[Model]) -> None:
        """What, corrected, grants nothing any more loses the ground it gave to an open right."""
        for grant in Grant.objects.filter(**{f"{kind}__in": lost}, right__closed_on=None):
            grant.withdrawn_on = grant.granted_on
            record(grant, holds_from=grant.granted_on, origin=self.around.origin)

    def _bring_in(self, model: type[Any], columns: Sequence[str], row: tuple[Any, ...]) -> Any:
        """The fact of this line: a new one, or the one the register has, brought up to date."""
        source_id = row[columns.index("source_id")]
        fact = model.objects.filter(source_id=source_id).first()
        if fact is None:
            values = {column: value for column, value in zip(columns, row, strict=True) if column != "id"}
            fact = model(**_loaded(values))
            record(
                fact,
                holds_from=rows.first_day(model, columns, row) or self.around.today,
                origin=self.around.origin,
            )
            return fact
        if fact.dossier_id != self.dossier.pk:
            self.differences.append(f"{source_id} belongs to another client in the register: left as it was")
            return fact
        self._take(fact, columns, row)
        return fact

    def _take(self, fact: Any, columns: Sequence[str], row: tuple[Any, ...]) -> None:
        """Take over what differs, unless somebody entered it in the application."""
        said = _loaded(dict(zip(columns, row, strict=True)))
        given = {column: value for column, value in said.items() if column not in NOT_IN_FILES}
        differing = {column: value for column, value in given.items() if getattr(fact, column) != value}
        if not differing:
            return
        if _entered_in_use(fact):
            name = f"{type(fact).__name__.lower()} {getattr(fact, 'source_id', '') or ''}".strip()
            self.differences.append(f"{name}: {', '.join(sorted(differing))} was changed in the application")
            return
        for column, value in differing.items():
            setattr(fact, column, value)
        day = rows.first_day(type(fact), columns, row) or self.around.today
        record(fact, holds_from=day, origin=self.around.origin)


def _entered_in_use(fact: Model) -> bool:
    """Whether the last change of this fact came from a person, not from an import."""
    name, version = VERSIONS[type(fact)]
    last = version._default_manager.filter(**{name: fact.pk}).order_by("-recorded_at", "-pk").first()
    return last is not None and last.source != "import"


def _loaded(values: dict[str, Any]) -> dict[str, Any]:
    """Row values as a model takes them: JSON not as text."""
    if "missing" in values:
        values = {**values, "missing": json.loads(values["missing"])}
    return values
