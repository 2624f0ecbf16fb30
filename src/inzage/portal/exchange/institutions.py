"""Which desk answers for the exchange with which institution."""

from typing import NamedTuple

from inzage.partners.models import Person
from inzage.portal.acting import DeskWorker

INWARDS = {Person.Role.BRUSSELS_DESK: ("ibis",), Person.Role.MEDIATOR: ("vdab",)}
"""Whose messages come in for each desk."""
OUTWARDS = {Person.Role.BRUSSELS_DESK: ("actiris",), Person.Role.MEDIATOR: ()}
"""To whom messages go out from each desk."""


class Institutions(NamedTuple):
    """Those with which a desk exchanges messages."""

    inwards: tuple[str, ...]
    outwards: tuple[str, ...]

    def only(self, name: str) -> "Institutions":
        """One of them."""
        return Institutions(
            tuple(each for each in self.inwards if each == name),
            tuple(each for each in self.outwards if each == name),
        )


def institutions_of(desk: DeskWorker) -> Institutions:
    """Those of this desk."""
    role = Person.Role(desk.person.role)
    return Institutions(INWARDS[role], OUTWARDS[role])
