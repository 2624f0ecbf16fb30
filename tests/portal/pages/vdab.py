"""The pages of VDAB's desks."""

from inzage.consents.models import ConsentForm
from inzage.rules.names import Route
from tests.ibis import a_request, come_in
from tests.portal.office import Office, a_form, an_activity, an_enrolment, in_brussels
from tests.portal.pages.visiting import Visit, state


def _brussels_form(office: Office) -> ConsentForm:
    in_brussels(office.anna)
    return a_form(office.anna, office.other, route=Route.BRUSSELS_FORM)


@state("portal/mediator/work_list.html", "one form")
def _(office: Office) -> Visit:
    a_form(office.anna, office.other)
    return Visit(office.mira, "/formulieren/")


@state("portal/mediator/work_list.html", "none")
def _(office: Office) -> Visit:
    return Visit(office.mira, "/formulieren/")


@state("portal/mediator/work_list.html", "none of that organisation")
def _(office: Office) -> Visit:
    return Visit(office.mira, "/formulieren/?oe=OE2")


@state("portal/mediator/work_list.html", "in Brussels")
def _(office: Office) -> Visit:
    _brussels_form(office)
    return Visit(office.bas, "/formulieren/")


@state("portal/mediator/form.html", "complete")
def _(office: Office) -> Visit:
    return Visit(office.mira, f"/formulieren/{a_form(office.anna, office.other).pk}/")


@state("portal/mediator/form.html", "not complete")
def _(office: Office) -> Visit:
    return Visit(office.mira, f"/formulieren/{a_form(office.anna, office.other, completed_on=None).pk}/")


@state("portal/mediator/form.html", "of Brussels")
def _(office: Office) -> Visit:
    return Visit(office.bas, f"/formulieren/{_brussels_form(office).pk}/")


@state("portal/mediator/consent.html", "before")
def _(office: Office) -> Visit:
    return Visit(office.mira, "/formulieren/toestemming/")


@state("portal/mediator/consent.html", "nothing filled in")
def _(office: Office) -> Visit:
    return Visit(office.mira, "/formulieren/toestemming/", {"number": ""})


@state("portal/brussels/watched.html", "one to enrol")
def _(office: Office) -> Visit:
    in_brussels(office.anna)
    an_activity(office)
    an_enrolment(office.anna, "not_enrolled")
    return Visit(office.bas, "/brussel/inschrijvingen/")


@state("portal/brussels/watched.html", "none")
def _(office: Office) -> Visit:
    return Visit(office.bas, "/brussel/inschrijvingen/")


@state("portal/brussels/participant.html", "not enrolled")
def _(office: Office) -> Visit:
    _brussels_form(office)
    an_enrolment(office.anna, "not_enrolled")
    return Visit(office.bas, f"/brussel/deelnemers/{office.anna.reference}/")


@state("portal/exchange/quarantine.html", "one message")
def _(office: Office) -> Visit:
    come_in(a_request(remark=""))
    return Visit(office.bas, "/uitwisseling/ontvangen/")


@state("portal/exchange/quarantine.html", "none")
def _(office: Office) -> Visit:
    return Visit(office.bas, "/uitwisseling/ontvangen/")


@state("portal/exchange/message.html", "to correct")
def _(office: Office) -> Visit:
    message = come_in(a_request(client={"insz": office.anna.client.insz}, remark="A1B2C/0012345"))[0]
    return Visit(office.bas, f"/uitwisseling/ontvangen/{message.pk}/")


@state("portal/exchange/deliveries.html", "one waits")
def _(office: Office) -> Visit:
    in_brussels(office.anna)
    an_activity(office)
    return Visit(office.bas, "/uitwisseling/verzonden/")


@state("portal/exchange/deliveries.html", "none")
def _(office: Office) -> Visit:
    return Visit(office.bas, "/uitwisseling/verzonden/")


@state("portal/exchange/balance.html", "in balance")
def _(office: Office) -> Visit:
    return Visit(office.bas, "/uitwisseling/balans/")
