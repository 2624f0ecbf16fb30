"""A register in which what a yes rests on can be taken away, in a process that says when that was committed."""

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from inzage.decision_api.callers import keeping
from inzage.decision_api.callers.keeping import ALL_UNITS, Wanted
from inzage.dossiers.models import Dossier
from inzage.journal.models import Origin
from inzage.partners.models import Membership, Person, Unit
from inzage.rules.days import day_of
from inzage.rules.names import Part
from inzage.view_rights import ending, running, withdrawing
from inzage.view_rights.models import Grant, ViewRight
from tests.world import World

CALLERS = ("mlp", "stopped", "narrowed")
PARTS = (Part.GENERAL, Part.STEPS)
TIMES = 5
"""How many rights can be taken away in one way, each on a dossier of its own."""


class Asked(NamedTuple):
    """May this person, for that unit, see that dossier? Asked by that caller."""

    reference: str
    unit: str = "OE1"
    person: str = "carla"
    caller: str = "mlp"


class Taking(NamedTuple):
    """What is done, the questions to which the answer is no from then on, and those to which it stays yes."""

    act: Callable[[], object]
    ends: list[Asked]
    stays: list[Asked]


class Register:
    """Units OE1, where Carla works, and OE2, where Bea does; and what can be taken away, by name."""

    def __init__(self, now: datetime) -> None:
        self._now, self._numbers = now, iter(range(10, 100))
        self._world = World()
        self._one, self._other = self._world.spoor, self._world.brug
        self._world.person("counsellor", self._one, subject="carla")
        self._world.person("counsellor", self._other, subject="bea")
        for caller in CALLERS:
            keeping.add(caller, Wanted(caller, ALL_UNITS, PARTS), self._origin)
        self._kept = self._asked(self._dossier())
        self.takings = {
            "revoked": [self._of_right(ending.revoke) for _ in range(TIMES)],
            "given back": [self._of_right(ending.give_back) for _ in range(TIMES)],
            "withdrawn": [self._of_right(self._withdraw) for _ in range(TIMES)],
            "deceased": [self._deceased() for _ in range(TIMES)],
            "account closed": [self._account_closed()],
            "membership ended": [self._membership_ended()],
            "caller stopped": [self._caller_stopped()],
            "caller narrowed": [self._caller_narrowed()],
            "closed by the run": [self._closed_by_the_run()],
        }

    @property
    def _origin(self) -> Origin:
        return Origin("person:1", self._now, "portal")

    def _dossier(self) -> Dossier:
        """One on which both units have a right since yesterday."""
        dossier = self._world.dossier(f"K{next(self._numbers)}", "Klant")
        for unit in (self._one, self._other):
            self._world.grant(str(day_of(self._now) - timedelta(days=1)), dossier=dossier, unit=unit)
        return dossier

    def _right(self, dossier: Dossier, unit: Unit) -> ViewRight:
        return ViewRight.objects.get(dossier=dossier, unit=unit)

    def _asked(self, dossier: Dossier, **more: str) -> Asked:
        return Asked(str(dossier.reference), **more)

    def _of_right(self, act: Callable[..., object]) -> Taking:
        """The right of one unit: not of the other unit on that dossier, nor of the unit on another dossier."""
        dossier = self._dossier()
        right = self._right(dossier, self._one)
        near = [self._asked(dossier, unit="OE2", person="bea"), self._kept]
        return Taking(lambda: act(right.pk, origin=self._origin), [self._asked(dossier)], near)

    def _withdraw(self, right_id: int, *, origin: Origin) -> None:
        form = Grant.objects.get(right_id=right_id).form_id
        assert form is not None
        withdrawing.withdraw(form, withdrawn_on=day_of(origin.at), origin=origin)

    def _deceased(self) -> Taking:
        """Every unit's right on that dossier: not those on another."""
        dossier, on = self._dossier(), day_of(self._now)
        both = [self._asked(dossier), self._asked(dossier, unit="OE2", person="bea")]
        return Taking(
            lambda: ending.record_death(dossier.pk, deceased_on=on, origin=self._origin), both, [self._kept]
        )

    def _account_closed(self) -> Taking:
        """That of one person: not of a colleague."""
        person = self._world.person("counsellor", self._one, subject="leaves")
        own = Person.objects.filter(pk=person.pk)
        ends = [self._kept._replace(person="leaves")]
        return Taking(lambda: own.update(is_active=False), ends, [self._kept])

    def _membership_ended(self) -> Taking:
        """That of one unit: not the one of another unit, nor a colleague's."""
        person = self._world.person("counsellor", self._one, self._other, subject="moves")
        moves = self._kept._replace(person="moves")
        membership = Membership.objects.filter(person=person, unit=self._one)
        return Taking(membership.delete, [moves], [moves._replace(unit="OE2"), self._kept])

    def _caller_stopped(self) -> Taking:
        """One caller: not another one, about the same."""
        return Taking(
            lambda: keeping.stop("stopped", self._origin),
            [self._kept._replace(caller="stopped")],
            [self._kept],
        )

    def _caller_narrowed(self) -> Taking:
        """To one unit: another one is outside."""
        bea = self._kept._replace(caller="narrowed", unit="OE2", person="bea")
        return Taking(
            lambda: keeping.change("narrowed", Wanted(units=["OE2"]), self._origin),
            [self._kept._replace(caller="narrowed")],
            [bea, self._kept],
        )

    def _closed_by_the_run(self) -> Taking:
        """A right in use on its last day: the run of the night that follows takes nothing away before that night."""
        dossier, on = self._dossier(), day_of(self._now) + timedelta(days=1)
        for unit in (self._one, self._other):
            form = Grant.objects.get(right=self._right(dossier, unit)).form_id
            assert form is not None
            withdrawing.withdraw(form, withdrawn_on=on, origin=self._origin)
        return Taking(
            lambda: running.run(on, clock=timezone.now),
            [],
            [self._asked(dossier), self._asked(dossier, unit="OE2", person="bea"), self._kept],
        )


def listen() -> None:
    """Say what can be taken away; take what is named, by its name and place; and say when it was.

    The moment is of the monotonic clock, which all processes of a machine share.
    """
    takings = Register(timezone.now()).takings
    said = {name: [(taking.ends, taking.stays) for taking in some] for name, some in takings.items()}
    print(json.dumps(said), flush=True)
    for line in sys.stdin:
        name, _, place = line.rpartition(" ")
        takings[name][int(place)].act()
        print(time.monotonic(), flush=True)
