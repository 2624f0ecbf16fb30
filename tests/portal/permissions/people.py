"""Everyone who asks: a person of each kind, in a world where each thing stands at Werkpad and again at Leerhuis."""

from datetime import timedelta

from inzage.partners.models import Membership, Person, Unit
from inzage.view_rights.ending import give_back
from tests.portal.clients import client_of
from tests.portal.office import (
    TODAY,
    Office,
    Tab,
    a_dossier,
    a_person,
    a_right,
    in_brussels,
    origin,
    signed_in_as,
)

NOBODY = "nobody"
WERKPAD, LEERHUIS = "Werkpad", "Leerhuis"
CLOSED = "closed yesterday"
CLIENTS = {"client": WERKPAD, "other client": LEERHUIS}
COLUMNS = {
    NOBODY: "nobody is signed in",
    WERKPAD: "a counsellor of Werkpad, which has a right on the dossier of its client Anna, and none on Bob's",
    LEERHUIS: "a counsellor of Leerhuis, which has a right on the dossier of its client Bob, and none on Anna's",
    CLOSED: "a counsellor of a unit whose rights on both dossiers closed yesterday",
    "manager": "who manages Werkpad",
    "school": "a counsellor of Anna's school, which has no view right",
    "mediator": "a mediator of VDAB",
    "Brussels": "the desk of VDAB Brussel",
    "client": "Anna herself",
    "other client": "Bob himself",
    "rules": "who manages the rules",
    "protection": "the data protection officer",
    "operator": "who runs the platform",
    "administrator": "who administers people and organisations",
}
"""What each column stands for, in the order of the page."""
OFFICIALS = {
    "rules": Person.Role.RULE_MANAGER,
    "protection": Person.Role.DATA_PROTECTION_OFFICER,
    "operator": Person.Role.OPERATOR,
    "administrator": Person.Role.ADMINISTRATOR,
}


class Everyone(Office):
    """The office, with Bob who is to Leerhuis what Anna is to Werkpad, and a browser for each column.

    `made` holds the ids of what was made, by its words and the unit for whose client it was; `said` the words for
    what was answered until now.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        self.bob = a_dossier("Bob", "Bedacht")
        self.clients = {WERKPAD: in_brussels(self.anna), LEERHUIS: in_brussels(self.bob)}
        self.units = {WERKPAD: self.own, LEERHUIS: self.other}
        self.counsellors = {WERKPAD: self.carla, LEERHUIS: self.otto}
        a_right(self.bob, self.other)
        self.made: dict[tuple[str, str], object] = {}
        self.said: dict[tuple[object, ...], str] = {}
        self.people = {
            **self.counsellors,
            CLOSED: self._who_saw_them_until_yesterday(),
            "manager": self._who_manages(),
            "school": self.sofie,
            "mediator": self.mira,
            "Brussels": self.bas,
            **{column: client_of(self.clients[unit]) for column, unit in CLIENTS.items()},
            **{column: a_person(column, role) for column, role in OFFICIALS.items()},
        }
        self.browsers = {column: signed_in_as(person) for column, person in self.people.items()}
        self.browsers[NOBODY] = Tab()

    def _who_saw_them_until_yesterday(self) -> Person:
        unit = Unit.objects.create(oe_number="OE9", name="Vroeger", kind="partner")
        for dossier in self.clients.values():
            right = a_right(dossier, unit, on=TODAY - timedelta(days=40))
            give_back(right.pk, origin=origin(TODAY - timedelta(days=1)))
        return a_person("Vera", Person.Role.COUNSELLOR, unit)

    def _who_manages(self) -> Person:
        person = a_person("Marit", Person.Role.COUNSELLOR)
        Membership.objects.create(person=person, unit=self.own, manages=True)
        return person
