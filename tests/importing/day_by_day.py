"""Enters a register's lines in the application, each on its own day, with the closing run every night."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from inzage.dossiers.models import Client, Dossier
from inzage.journal.models import Origin
from inzage.partners.models import Service, Unit
from inzage.register_files.lines import ActivityLine, AssignmentLine, Bundle, ConsentLine
from inzage.rules.days import midnight
from inzage.rules.names import Kind, Purpose, Route
from inzage.view_rights.assigning import assign, end_assignment
from inzage.view_rights.consenting import Asked, ask_right, take_in
from inzage.view_rights.ending import record_death
from inzage.view_rights.granting import NotGranted, grant_by_form
from inzage.view_rights.registering import Actor, NewActivity, cancel, close, register, start
from inzage.view_rights.running import run
from inzage.view_rights.withdrawing import withdraw

END, BEGIN_ASSIGNMENT, BEGIN_CONSENT, BEGIN_ACTIVITY = range(4)
Step = Callable[[Origin], object]


def noon(day: date) -> datetime:
    """Twelve o'clock that day."""
    return midnight(day) + timedelta(hours=12)


class Diary:
    """What happens on which day; on one day first what ends, then what begins (register format)."""

    def __init__(self) -> None:
        self._steps: dict[date, list[tuple[int, Step]]] = defaultdict(list)
        self._units = {unit.oe_number: unit for unit in Unit.objects.all()}
        self._services = {service.code: service for service in Service.objects.all()}

    def note(self, bundle: Bundle) -> None:
        """Everything about one client, whose dossier is opened straight away."""
        assert bundle.client is not None
        line = bundle.client
        client = Client.objects.create(
            client_number=line.client_number,
            insz=line.insz,
            family_name=line.family_name,
            given_name=line.given_name,
            nis_code=line.nis_code,
        )
        dossier = Dossier.objects.create(client=client).pk
        for assignment in bundle.assignments:
            self._assignment(dossier, assignment)
        for consent in bundle.consents:
            self._consent(dossier, consent)
        for activity in bundle.activities:
            self._activity(dossier, activity)
        if deceased_on := line.deceased_on:
            self._on(
                deceased_on, END, lambda origin: record_death(dossier, deceased_on=deceased_on, origin=origin)
            )

    def live_through(self, until: date) -> None:
        """Every night its run, every day its steps, up to and including `until`."""
        for day in sorted(self._steps):
            assert day <= until
            self._night_before(day)
            origin = Origin(by="person:1", at=noon(day), source="portal")
            for _phase, step in sorted(self._steps[day], key=lambda noted: noted[0]):
                step(origin)
        self._night_before(until)

    def _night_before(self, day: date) -> None:
        run(day, clock=lambda: midnight(day))

    def _on(self, day: date, phase: int, step: Step) -> None:
        self._steps[day].append((phase, step))

    def _assignment(self, dossier: int, line: AssignmentLine) -> None:
        made: list[int] = []
        unit, service, on, ended_on = (
            self._units[line.oe_number],
            self._services[line.service],
            line.assigned_on,
            line.ended_on,
        )

        def begin(origin: Origin) -> None:
            try:
                made.append(assign(dossier, unit, service, on=on, origin=origin).pk)
            except NotGranted:
                return
            if ended_on == on:
                end(origin)

        def end(origin: Origin) -> None:
            if made and ended_on:
                end_assignment(made[0], on=ended_on, reason=line.end_reason or "unknown", origin=origin)

        self._on(on, BEGIN_ASSIGNMENT, begin)
        if ended_on and ended_on > on:
            self._on(ended_on, END, end)

    def _consent(self, dossier: int, line: ConsentLine) -> None:
        made: list[int] = []
        granted_on = line.granted_on or line.completed_on
        asked = Asked(self._units[line.oe_number], Route(line.route), Purpose(line.purpose))
        if granted_on is None or (line.withdrawn_on and line.withdrawn_on <= granted_on):
            return

        def begin(origin: Origin) -> None:
            form = ask_right(dossier, asked, origin=origin)
            take_in(
                form.pk,
                completed_on=line.completed_on,
                informed_of_actiris=line.informed_of_actiris,
                origin=origin,
            )
            try:
                grant_by_form(form.pk, origin=origin)
            except NotGranted:
                return
            made.append(form.pk)

        def end(origin: Origin) -> None:
            if made and line.withdrawn_on:
                withdraw(made[0], withdrawn_on=line.withdrawn_on, origin=origin)

        self._on(granted_on, BEGIN_CONSENT, begin)
        if line.withdrawn_on:
            self._on(line.withdrawn_on, END, end)

    def _activity(self, dossier: int, line: ActivityLine) -> None:
        made: list[int] = []
        begun = min(day for day in (line.requested_on, line.started_on) if day)
        ends: Iterable[tuple[date, int, Callable[..., object]]] = (
            (day, place, use_case)
            for place, (day, use_case) in enumerate(((line.closed_on, close), (line.cancelled_on, cancel)))
            if day
        )
        ended = min(ends, default=None)

        def begin(origin: Origin) -> None:
            started_on = line.started_on if line.started_on == begun else None
            requested_on = line.requested_on if line.requested_on == begun else None
            new = NewActivity(
                self._units[line.oe_number],
                Kind(line.kind),
                line.title,
                requested_on=requested_on,
                started_on=started_on,
            )
            made.append(register(dossier, new, actor=Actor(origin)).pk)
            if line.started_on and started_on is None and line.started_on == begun:
                start(made[0], on=begun, actor=Actor(origin))
            if ended and ended[0] == begun:
                ended[2](made[0], on=begun, actor=Actor(origin))

        self._on(begun, BEGIN_ACTIVITY, begin)
        if line.started_on and line.started_on > begun:
            on = line.started_on
            self._on(on, BEGIN_ACTIVITY, lambda origin: start(made[0], on=on, actor=Actor(origin)))
        if ended and ended[0] > begun:
            on_end, _place, use_case = ended
            late = line.started_on == on_end and line.started_on > begun
            phase = BEGIN_ACTIVITY + 1 if late else END
            self._on(on_end, phase, lambda origin: use_case(made[0], on=on_end, actor=Actor(origin)))
