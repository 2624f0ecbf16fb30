"""A random walk through the use cases: days pass, nights are missed, facts come in early and late, some are refused."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db.models import Q

from inzage.consents.models import ConsentForm, Objection
from inzage.dossiers.models import Activity, Assignment
from inzage.journal.models import Origin
from inzage.partners.models import Unit
from inzage.rules.days import midnight
from inzage.rules.names import Ground, Kind, Purpose, Route
from inzage.view_rights import assigning, consenting, ending, objecting, registering, withdrawing
from inzage.view_rights.assigning import NotAssigned
from inzage.view_rights.catching_up import locked
from inzage.view_rights.ending import AlreadyClosed
from inzage.view_rights.granting import NotGranted, grant_by_form
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.objecting import NotObjected
from inzage.view_rights.performing import Hours, perform
from inzage.view_rights.registering import Actor, NewActivity, NotRegistered
from inzage.view_rights.viewing import decide
from tests.world import World, day


class NothingThere(Exception):
    """There is nothing yet to do this with."""


REFUSALS = (AlreadyClosed, NotAssigned, NotGranted, NotObjected, NotRegistered, NothingThere)


class Walk:
    """What happens in a small world from 2025 on, by the dice; `today` only ever moves forward."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.dice, self.today = world, Random(seed), day("2025-01-05")
        self.minute = 0
        self.done: list[str] = []
        often = (self._consent, self._register, self._end_activity)
        seldom: tuple[Callable[[], object], ...] = (
            *(self._assign, self._end_assignment, self._transfer, self._start, self._reopen, self._replace),
            *(self._withdraw, self._take_back, self._perform, self._night, self._end_right),
            self._lift,
        )
        self.steps = (*often * 6, *seldom * 3, self._object, self._death)

    def step(self) -> None:
        """Let some days pass, or none, and do something that the use cases may refuse; anything else is an error."""
        self.pass_days(self.today + timedelta(days=self.dice.choice([0, 0, 1, 3, 10, 40, 90])))
        step = self.dice.choice(self.steps)
        try:
            step()
        except REFUSALS as refusal:
            self.done.append(f"{self.today} {step.__name__} refused: {refusal!r}")
        else:
            self.done.append(f"{self.today} {step.__name__}")

    def pass_days(self, until: date) -> None:
        """Days pass, and nights with them: all of them missed."""
        self.today = until

    def _origin(self) -> Origin:
        """The next minute: no two changes share a moment."""
        self.minute += 1
        return Origin("person:1", midnight(self.today) + timedelta(minutes=self.minute % 1439), "portal")

    def _some_day(self) -> date:
        """Mostly today; else a day that is entered late, or one still to come."""
        return self.today + timedelta(days=self.dice.choice([0, 0, 0, -1, -20, -200, 1, 20, 200]))

    def _dossier(self) -> int:
        return int(self.dice.choice([self.world.piet, self.world.piet, self.world.an]).pk)

    def _unit(self) -> Unit:
        return self.dice.choice([self.world.spoor, self.world.spoor, self.world.brug])

    def _some(self, model: type[Any]) -> Any:
        rows = list(model.objects.order_by("pk"))
        if not rows:
            raise NothingThere
        return self.dice.choice(rows)

    def _line(self) -> tuple[int, Actor]:
        """A line in Stappen naar werk, and its executor or VDAB as the one who acts."""
        line = self._some(Activity)
        return line.pk, Actor(self._origin(), self.dice.choice([line.unit, None]))

    def _consent(self) -> None:
        dossier, route = self._dossier(), self.dice.choice([Route.FORM, Route.MEDIATOR])
        asked = consenting.Asked(self._unit(), route, Purpose.GUIDANCE)
        if route is Route.MEDIATOR:
            consenting.record_consent_at_mediator(dossier, asked, origin=self._origin())
            return
        form = consenting.ask_right(dossier, asked, origin=self._origin())
        consenting.take_in(form.pk, completed_on=self._some_day(), origin=self._origin())
        grant_by_form(form.pk, origin=self._origin())

    def _withdraw(self) -> None:
        form, on, origin = self._some(ConsentForm).pk, self._some_day(), self._origin()
        foreseen = withdrawing.foresee_withdrawal(form, withdrawn_on=on, origin=origin)
        assert withdrawing.withdraw(form, withdrawn_on=on, origin=origin) == foreseen
        if foreseen.right:
            foreseen.right.refresh_from_db()
            assert foreseen.right.last_day == foreseen.last_day

    def _object(self) -> None:
        """What rests on an assignment outlives an objection; what then rests on a consent alone is gone."""
        dossier, unit, origin = self._dossier(), self._unit(), self._origin()
        locked(dossier, origin=origin)  # what is foreseen is foreseen after the missed nights
        foreseen = objecting.foresee_objection(dossier, unit.pk, origin=origin)
        assigned = Grant.objects.filter(
            right=foreseen.right, right__isnull=False, ground=Ground.ASSIGNMENT
        ).exists()
        assert objecting.object_to(dossier, unit, origin=origin) == foreseen
        stands = decide(dossier, unit.pk, on=self.today).allowed
        assert stands or not assigned
        assert stands is (foreseen.right is not None and (not foreseen.ends or foreseen.opens_anew))

    def _lift(self) -> None:
        standing = Objection.objects.filter(lifted_at=None).order_by("pk").first()
        if standing is None:
            raise NothingThere
        objecting.lift(standing.pk, origin=self._origin())

    def _assign(self) -> None:
        service = self.dice.choice([self.world.tibb4, self.world.wij3, self.world.free])
        assigning.assign(self._dossier(), self._unit(), service, on=self._some_day(), origin=self._origin())

    def _end_assignment(self) -> None:
        pk, on = self._some(Assignment).pk, self._some_day()
        assigning.end_assignment(pk, on=on, reason="klaar", origin=self._origin())

    def _transfer(self) -> None:
        pk, to, on = self._some(Assignment).pk, self._unit(), self._some_day()
        assigning.transfer(pk, to, self.world.tibb4, on=on, origin=self._origin())

    def _register(self) -> None:
        unit, kind = self._unit(), self.dice.choice([Kind.TRAJECTORY, Kind.TRAINING])
        asked, on = self.dice.choice([True, False]), self._some_day()
        new = NewActivity(unit, kind, requested_on=on if asked else None, started_on=None if asked else on)
        actor = Actor(self._origin(), self.dice.choice([unit, None]))
        registering.register(self._dossier(), new, actor=actor)

    def _start(self) -> None:
        pk, actor = self._line()
        registering.start(pk, on=self._some_day(), actor=actor)

    def _end_activity(self) -> None:
        pk, actor = self._line()
        end = self.dice.choice([registering.close, registering.close, registering.cancel])
        end(pk, on=self._some_day(), actor=actor)

    def _reopen(self) -> None:
        pk, actor = self._line()
        registering.reopen(pk, on=self.today, actor=actor)

    def _take_back(self) -> None:
        announced = Activity.objects.filter(Q(closed_on__gt=self.today) | Q(cancelled_on__gt=self.today))
        if (line := announced.order_by("pk").first()) is None:
            raise NothingThere
        registering.take_back_end(line.pk, actor=Actor(self._origin(), None))

    def _replace(self) -> None:
        pk, actor = self._line()
        registering.replace_executor(pk, self._unit(), on=self._some_day(), actor=actor)

    def _perform(self) -> None:
        pk, actor = self._line()
        perform(pk, Hours(self.today, Decimal(self.dice.randint(0, 24))), actor=actor)

    def _night(self) -> None:
        self.world.night(str(self.today))

    def _end_right(self) -> None:
        end = self.dice.choice([ending.revoke, ending.give_back])
        end(self._some(ViewRight).pk, origin=self._origin())

    def _death(self) -> None:
        ending.record_death(self._dossier(), deceased_on=self._some_day(), origin=self._origin())
