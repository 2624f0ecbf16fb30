"""The pages of clients, and those on which partners answer what they ask."""

from datetime import timedelta

from inzage.access_log.models import AccessLine, Question
from inzage.oversight.questions import answer, ask_why
from inzage.partners.models import Unit
from inzage.view_rights.assigning import assign
from inzage.view_rights.ending import give_back
from tests.portal.clients import a_look, a_yes, client_of
from tests.portal.office import TODAY, Office, a_dossier, a_form, a_right, origin
from tests.portal.pages.visiting import Visit, state

LOG, DAY = "/mijn-dossier/wie-keek/", timedelta(days=1)


def _asked(office: Office, *, ago: timedelta = timedelta(0), of_vdab: bool = False) -> Question:
    """Anna asks why somebody looked, so long ago."""
    person, unit = (office.mira, None) if of_vdab else (office.carla, office.own)
    look = a_look(office.anna, person, unit, ago=ago, reason="klacht nakijken" if of_vdab else "")
    return ask_why(look, "Waarom was dat nodig?", origin=origin(TODAY - ago))


def _answered(office: Office) -> Question:
    question = _asked(office)
    return answer(question.pk, "Wij maakten een afspraak.\nTot dan.", unit=office.own, origin=origin())


@state("portal/client/own_dossier.html", "rights that stand, one unsure, and one that ended")
def _(office: Office) -> Visit:
    assign(office.anna.pk, office.other, office.service, on=TODAY, origin=origin())
    ended = Unit.objects.create(oe_number="OE8", name="Vroeger", kind="partner")
    right = a_right(office.anna, ended, on=TODAY - 40 * DAY)
    give_back(right.pk, origin=origin())
    return Visit(client_of(office.anna), "/mijn-dossier/")


@state("portal/client/own_dossier.html", "nobody")
def _(office: Office) -> Visit:
    return Visit(client_of(a_dossier("Cor", "Verzonnen")), "/mijn-dossier/")


@state("portal/client/who_looked.html", "looks, lists, a yes, and questions in every state")
def _(office: Office) -> Visit:
    for question in (_asked(office, ago=30 * DAY), _asked(office), _asked(office, of_vdab=True)):
        assert question.answered_at is None
    _answered(office)
    for _twice in range(2):
        a_look(office.anna, office.otto, office.other, kind=AccessLine.Kind.LIST)
    a_yes(office.anna, office.carla, office.own)
    return Visit(client_of(office.anna), LOG)


@state("portal/client/who_looked.html", "nobody")
def _(office: Office) -> Visit:
    return Visit(client_of(office.anna), LOG)


@state("portal/client/who_looked.html", "nobody in what was chosen")
def _(office: Office) -> Visit:
    a_form(office.anna, office.other)
    return Visit(client_of(office.anna), f"{LOG}?organisatie=OE2&van=2026-03-01")


@state("portal/client/who_looked.html", "an end before the beginning")
def _(office: Office) -> Visit:
    return Visit(client_of(office.anna), f"{LOG}?van=2026-03-02&tot=2026-03-01")


@state("portal/client/ask_why.html", "to ask a partner")
def _(office: Office) -> Visit:
    look = a_look(office.anna, office.carla, office.own)
    return Visit(client_of(office.anna), f"{LOG}{look.pk}/waarom/")


@state("portal/client/ask_why.html", "to ask VDAB")
def _(office: Office) -> Visit:
    look = a_look(office.anna, office.mira, None, reason="klacht nakijken")
    return Visit(client_of(office.anna), f"{LOG}{look.pk}/waarom/")


@state("portal/client/ask_why.html", "nothing written")
def _(office: Office) -> Visit:
    look = a_look(office.anna, office.carla, office.own)
    return Visit(client_of(office.anna), f"{LOG}{look.pk}/waarom/", {"text": ""})


@state("portal/client/ask_why.html", "asked already")
def _(office: Office) -> Visit:
    return Visit(client_of(office.anna), f"{LOG}{_asked(office).shown_id}/waarom/")


@state("portal/questions/questions.html", "one in time, one late")
def _(office: Office) -> Visit:
    _asked(office)
    _asked(office, ago=30 * DAY)
    return Visit(office.carla, "/vragen/")


@state("portal/questions/questions.html", "none")
def _(office: Office) -> Visit:
    return Visit(office.carla, "/vragen/")


@state("portal/questions/questions.html", "answered")
def _(office: Office) -> Visit:
    _answered(office)
    return Visit(office.carla, "/vragen/?toon=beantwoord")


@state("portal/questions/question.html", "to answer")
def _(office: Office) -> Visit:
    return Visit(office.carla, f"/vragen/{_asked(office).pk}/")


@state("portal/questions/question.html", "late")
def _(office: Office) -> Visit:
    return Visit(office.carla, f"/vragen/{_asked(office, ago=30 * DAY).pk}/")


@state("portal/questions/question.html", "nothing written")
def _(office: Office) -> Visit:
    return Visit(office.carla, f"/vragen/{_asked(office).pk}/", {"text": ""})


@state("portal/questions/question.html", "answered")
def _(office: Office) -> Visit:
    return Visit(office.carla, f"/vragen/{_answered(office).pk}/")
