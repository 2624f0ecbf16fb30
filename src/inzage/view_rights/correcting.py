"""A changed line in a later import is a correction: what is open is reckoned anew, what is closed stays closed.

The files never edit a closed right, nor anything entered in the application: such differences become tasks,
to be restored with four eyes.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from inzage.consents.models import ConsentForm
from inzage.consents.objections import objected_since
from inzage.dossiers.models import Activity, Assignment, Client, Dossier
from inzage.register_files.bundling import overlapping
from inzage.register_files.lines import AssignmentLine, Bundle
from inzage.register_files.staging import Staged
from inzage.rules import facts
from inzage.tasks.asking import ask
from inzage.view_rights import rows
from inzage.view_rights.bearing import RESTORED, bearing, not_over, without_any
from inzage.view_rights.catching_up import locked
from inzage.view_rights.holding_at_once import hold_at_once
from inzage.view_rights.losing import end_on
from inzage.view_rights.models import Grant
from inzage.view_rights.moved_back import MovedBack
from inzage.view_rights.moving import move_by_file
from inzage.view_rights.rebuilding import Key, Rebuilder, Source, Standing, given_by
from inzage.view_rights.recording import VERSIONS, record
from inzage.view_rights.replaying import Surroundings, grants_by_unit
from inzage.view_rights.scopes import these
from inzage.view_rights.telling_actiris import NEW, Change, record_activity

NOT_IN_FILES = {
    *("id", "source_id", "client_number", "imported_digest", "changed_at"),
    *("contact", "work_ended_on", "end_recorded_on", "reopened_on", "death_recorded_on", "activity_title"),
    *("nis_code", "name_key"),
}
"""Columns that a correction leaves alone: what identifies a line, what only the application knows, and where the client
first lived: another municipality is a move. The key of a name goes with the name.
"""


@transaction.atomic
def correct(bundle: Bundle, staged: Staged, around: Surroundings) -> list[str]:
    """Bring a known client's lines up to date; returns the differences that need a person.

    What ends by them on a day that was not past when the import began, and is now, is left to the night.
    """
    around = around.now()
    client = Client.objects.get(client_number=bundle.client_number)
    dossier = locked(client.dossier.pk, origin=around.origin)
    lives_in = bundle.client.nis_code if bundle.client else ""
    if bundle.client is None:  # the folder says nothing new of the client
        bundle = bundle._replace(client=rows.client_line(dossier.client))
    correction = Correction(dossier, bundle, staged, around)
    differences = correction.apply()
    hold_at_once(these(dossier.pk), clock=around.clock)
    if moved_elsewhere := move_by_file(dossier, lives_in, origin=around.origin):
        differences.append(moved_elsewhere)
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
    """One client's lines against what the register has.

    `given` holds, for each source, the unit and the ground that its line gives: none where it grants nothing any more.
    """

    def __init__(self, dossier: Dossier, bundle: Bundle, staged: Staged, around: Surroundings) -> None:
        self.dossier, self.bundle, self.staged, self.around = dossier, bundle, staged, around
        self.differences: list[str] = []
        self.given: dict[Source, tuple[int, facts.Grant] | None] = {}
        self.moved_back: list[MovedBack] = []
        self.rebuilder = Rebuilder(dossier, around)

    def apply(self) -> list[str]:
        """Facts first, then what they grant, then the rights of every unit concerned."""
        assert self.bundle.client is not None
        before = self._stored_history()
        self._take(self.dossier.client, rows.CLIENT, rows.client(self.dossier.client.pk, self.bundle.client))
        assignments = self._assignments()
        for activity in self.bundle.activities:
            unit = self.around.units[activity.oe_number]
            self._bring_in(Activity, rows.ACTIVITY, rows.activity(0, self.dossier.pk, unit, activity))
        self._consents(assignments)
        after = self.rebuilder.history(self._wanted())
        self.differences += [one.carry_out(after, origin=self.around.origin) for one in self.moved_back]
        self.rebuilder.rebuild()
        self.differences += self.rebuilder.differences(before, after)
        return self.differences

    def _stored_history(self) -> dict[Key, Standing]:
        grants = self.rebuilder.grants()
        return self.rebuilder.history({unit: list(map(given_by, given)) for unit, given in grants.items()})

    def _wanted(self) -> dict[int, list[facts.Grant]]:
        """The grounds as they are stored, but for those that the lines give otherwise: as the lines do."""
        wanted: dict[int, list[facts.Grant]] = defaultdict(list)
        for unit, grants in self.rebuilder.grants().items():
            for grant in grants:
                if (grant.form_id, grant.assignment_id) not in self.given:
                    wanted[unit].append(given_by(grant))
        for given in self.given.values():
            if given:
                wanted[given[0]].append(given[1])
        return wanted

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
        """The consents, and the grounds that consents and assignments give, but for what was entered in use."""
        given = grants_by_unit(self.bundle, self.around)
        granting = {
            one.consent.consent_id
            for oe_number, ones in given.items()
            for one in ones
            if one.consent and not self._is_shut_out(oe_number, one.consent.consent_id, one.grant.granted_on)
        }
        owning = {one.assignment.assignment_id for ones in given.values() for one in ones if one.assignment}
        forms = {}
        for line in self.bundle.consents:
            unit = self.around.units[line.oe_number]
            granted = line.consent_id in granting
            row = rows.form(0, self.dossier.pk, unit, line, granted=granted, at=self.around.origin.at)
            forms[line.consent_id] = self._bring_in(ConsentForm, rows.FORM, row)
        for oe_number, ones in given.items():
            unit = self.around.units[oe_number]
            grants: dict[Source, facts.Grant] = {}
            for one in ones:
                if one.consent and one.consent.consent_id not in granting:
                    continue
                form = forms[one.consent.consent_id] if one.consent else None
                assignment = assignments.get(one.assignment.assignment_id) if one.assignment else None
                fact = form or assignment
                if fact and not _entered_in_use(fact):
                    grants[form.pk if form else None, assignment.pk if assignment else None] = one.grant
            for source, grant in self.rebuilder.beside_restored(unit, grants).items():
                self._ground(unit, source, grant)
        self._take_away("form", [form for number, form in forms.items() if number not in granting])
        self._take_away("assignment", [fact for number, fact in assignments.items() if number not in owning])
        self._bring_restored_up_to_date()

    def _is_shut_out(self, oe_number: str, consent_id: str, on: date) -> bool:
        """Whether an objection of the client, made in the application, keeps this consent from granting anything.

        What had granted before is withdrawn there already, and stays as it was left.
        """
        if not objected_since(self.dossier.pk, self.around.units[oe_number], on):
            return False
        return not Grant.objects.filter(form__source_id=consent_id).exists()

    def _ground(self, unit: int, source: Source, given: facts.Grant) -> None:
        """The ground as the line gives it, as far as it can still do something.

        What concerns a closed right stays: a ground of one, and one that would have come before its end, or before
        the day on which a right was restored. Such a difference goes to a person (`Rebuilder.differences`). So does a
        ground that moves there from a later day (`MovedBack`).
        """
        self.given[source] = (unit, given)
        form, assignment = source
        grant = Grant.objects.filter(form=form, assignment=assignment).select_related("right").first()
        if grant is not None and grant.right is not None and grant.right.closed_on is not None:
            return
        if given.granted_on < self.rebuilder.begins_from(unit):
            was_over = given.granted_on >= self.rebuilder.free_from(unit)  # when the right was restored
            if grant is not None and (was_over or grant.unit_id != unit):
                grant.right = None if was_over else grant.right
                self._withdraw(grant)
            elif grant is not None and grant.withdrawn_on != grant.granted_on:
                self.moved_back.append(MovedBack(grant, given))
            return
        if grant is None:
            grant = Grant(dossier=self.dossier, unit_id=unit, form_id=form, assignment_id=assignment)
        elif (grant.unit_id, grant.ground, grant.granted_on, grant.withdrawn_on) == (unit, *given):
            return
        if grant.unit_id != unit:  # a right is its unit's alone: the rebuilder finds it another
            grant.unit_id, grant.right = unit, None
        grant.ground, grant.granted_on, grant.withdrawn_on = given
        record(grant, holds_from=given.granted_on, origin=self.around.origin)

    def _take_away(self, kind: str, lost: Sequence[Model]) -> None:
        """What, corrected, grants nothing any more loses the ground it gave to an open right."""
        lost = [fact for fact in lost if not _entered_in_use(fact)]
        for fact in lost:
            self.given[(fact.pk, None) if kind == "form" else (None, fact.pk)] = None
        for grant in Grant.objects.filter(**{f"{kind}__in": lost}, right__closed_on=None):
            self._withdraw(grant)

    def _bring_restored_up_to_date(self) -> None:
        """A restored right rests on what the lines now say, and ends with the last of it from today at the earliest:
        until then it stood by a decision of two people, which a file doesn't undo.
        """
        on = self.around.today
        for grant in Grant.objects.filter(RESTORED, not_over(on), dossier=self.dossier):
            assert grant.right_id is not None
            until = without_any(bearing(self.dossier.pk)[grant.right_id], on=on)
            end_on({grant: until}, origin=self.around.origin)

    def _withdraw(self, grant: Grant) -> None:
        """Take the ground back from its first day on."""
        grant.withdrawn_on = grant.granted_on
        record(grant, holds_from=grant.granted_on, origin=self.around.origin)

    def _bring_in(self, model: type[Any], columns: Sequence[str], row: tuple[Any, ...]) -> Any:
        """The fact of this line: a new one, or the one the register has, brought up to date."""
        source_id = row[columns.index("source_id")]
        fact = model.objects.filter(source_id=source_id).first()
        if fact is None:
            values = {column: value for column, value in zip(columns, row, strict=True) if column != "id"}
            fact = model(**_loaded(values))
            self._record(fact, rows.first_day(model, columns, row), new=True)
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
        self._record(fact, rows.first_day(type(fact), columns, row), new=False)

    def _record(self, fact: Any, day: date | None, *, new: bool) -> None:
        """Save it as it holds from that day. Actiris hears of an activity as of one that somebody changes in use."""
        today, origin = self.around.today, self.around.origin
        if isinstance(fact, Activity):
            change = NEW[fact.state_on(today)] if new else Change.CORRECTED
            record_activity(fact, change, holds_from=day or today, origin=origin)
            return
        record(fact, holds_from=day or today, origin=origin)


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
