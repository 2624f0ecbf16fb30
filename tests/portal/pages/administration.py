"""The pages of who lets people in."""

from inzage.partners import people
from inzage.partners.models import Person
from tests.portal.office import Office, a_person, origin
from tests.portal.pages.visiting import Visit, state


def _ada() -> Person:
    return a_person("Ada", Person.Role.ADMINISTRATOR)


@state("portal/administration/people.html", "everyone")
def _(office: Office) -> Visit:
    return Visit(_ada(), "/beheer/mensen/")


@state("portal/administration/people.html", "nobody waits for a unit")
def _(office: Office) -> Visit:
    return Visit(_ada(), "/beheer/mensen/?lijst=wachten")


@state("portal/administration/people.html", "nobody of that role and unit")
def _(office: Office) -> Visit:
    return Visit(_ada(), "/beheer/mensen/?rol=mediator&oe=OE1")


@state("portal/administration/people.html", "a unit that is none")
def _(office: Office) -> Visit:
    return Visit(_ada(), "/beheer/mensen/?oe=OE99")


@state("portal/administration/people.html", "found")
def _(office: Office) -> Visit:
    return Visit(_ada(), "/beheer/mensen/", {"name": "carl"})


@state("portal/administration/people.html", "not found")
def _(office: Office) -> Visit:
    return Visit(_ada(), "/beheer/mensen/", {"name": "niemand"})


@state("portal/administration/add_person.html", "before")
def _(office: Office) -> Visit:
    return Visit(_ada(), "/beheer/mensen/nieuw/")


@state("portal/administration/add_person.html", "nothing filled in")
def _(office: Office) -> Visit:
    return Visit(_ada(), "/beheer/mensen/nieuw/", {"name": ""})


@state("portal/administration/person.html", "changed often")
def _(office: Office) -> Visit:
    ada, carla = _ada(), office.carla
    own = origin()._replace(by=ada.signature)
    people.join(carla.pk, office.other, manages=True, origin=own)
    people.leave(carla.pk, office.own, origin=own)
    people.close_access(carla.pk, by=ada, origin=own)
    return Visit(ada, f"/beheer/mensen/{carla.pk}/")


@state("portal/administration/person.html", "of no unit")
def _(office: Office) -> Visit:
    return Visit(_ada(), f"/beheer/mensen/{a_person('Nieuw', Person.Role.COUNSELLOR).pk}/")


@state("portal/administration/person.html", "the own one")
def _(office: Office) -> Visit:
    ada = _ada()
    return Visit(ada, f"/beheer/mensen/{ada.pk}/")


@state("portal/administration/person.html", "refused")
def _(office: Office) -> Visit:
    sent = {"act": "join", "join-unit": "OE99"}
    return Visit(_ada(), f"/beheer/mensen/{office.carla.pk}/", sent)


@state("portal/administration/organisations.html", "a school")
def _(office: Office) -> Visit:
    people.name_organisation(office.school, "034561", origin())
    return Visit(_ada(), "/beheer/organisaties/")


@state("portal/administration/organisations.html", "none")
def _(office: Office) -> Visit:
    return Visit(_ada(), "/beheer/organisaties/")
