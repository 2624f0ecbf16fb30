"""The pages on which a client decides, and the tasks that come of it."""

from datetime import timedelta

from django.conf import settings

from inzage.access_log.models import AccessLine
from inzage.consents.models import ConsentForm, Objection
from inzage.rules.names import Route
from inzage.tasks.models import Task
from inzage.view_rights.assigning import assign
from inzage.view_rights.objecting import answer, lift, object_to
from inzage.view_rights.withdrawing import withdraw
from tests.portal.deciding import LIST, asked_of_client, assigned, consent_of, the_client
from tests.portal.office import NOON, TODAY, Office, a_dossier, a_form, a_right, in_brussels, origin
from tests.portal.pages.visiting import Visit, state

YESTERDAY = TODAY - timedelta(days=1)
OUT = f"{LIST}uitsluiten/"


def _seen_by_law(office: Office) -> ConsentForm:
    """A consent of Anna's for Leerhuis, to which she is assigned as well."""
    a_right(office.anna, office.other, on=YESTERDAY)
    assign(office.anna.pk, office.other, office.service, on=YESTERDAY, origin=origin(YESTERDAY))
    return ConsentForm.objects.get(dossier=office.anna, unit=office.other)


def _objection(office: Office) -> Task:
    """Anna shut out Werkpad, to which she is assigned."""
    assigned(office)
    object_to(office.anna.pk, office.own, reason="Ik ken hen niet.", origin=origin())
    return Task.objects.get()


@state("portal/client/consents.html", "none")
def _(office: Office) -> Visit:
    return Visit(the_client(a_dossier("Bob")), LIST)


@state("portal/client/consents.html", "some wait, one of each")
def _(office: Office) -> Visit:
    withdraw(_seen_by_law(office).pk, withdrawn_on=TODAY, origin=origin())
    asked_of_client(office.anna, office.other)
    asked_of_client(office.anna, office.school, by=office.own)
    a_form(office.anna, office.school)
    return Visit(the_client(office.anna), LIST)


@state("portal/client/consents.html", "one was shut out")
def _(office: Office) -> Visit:
    _objection(office)
    answer(Objection.objects.get().pk, "De opdracht loopt nog.", origin=origin())
    asked_of_client(office.anna, office.own, by=office.other)
    return Visit(the_client(office.anna), LIST)


@state("portal/client/by_code.html", "to type")
def _(office: Office) -> Visit:
    return Visit(the_client(office.anna), f"{LIST}code/")


@state("portal/client/by_code.html", "no such code")
def _(office: Office) -> Visit:
    return Visit(the_client(office.anna), f"{LIST}code/", {"code": "2222 3333 4444 5555"})


@state("portal/client/too_often.html", "to wait")
def _(office: Office) -> Visit:
    anna = the_client(office.anna)
    in_vain = {"at": NOON, "kind": AccessLine.Kind.SEARCH, "person": anna.signature, "part": "general"}
    for _time in range(settings.MISSES_PER_HOUR):
        AccessLine.objects.create(**in_vain)
    return Visit(anna, f"{LIST}code/", {"code": "2222 3333 4444 5555"}, status=429)


@state("portal/client/give.html", "to read")
def _(office: Office) -> Visit:
    return Visit(the_client(office.anna), f"{LIST}{asked_of_client(office.anna, office.other).pk}/geven/")


@state("portal/client/give.html", "of Brussels, not ticked")
def _(office: Office) -> Visit:
    in_brussels(office.anna)
    form = asked_of_client(office.anna, office.other, route=Route.BRUSSELS_FORM)
    return Visit(the_client(office.anna), f"{LIST}{form.pk}/geven/", {"act": "review", "language": "nl"})


@state("portal/client/give.html", "of Brussels")
def _(office: Office) -> Visit:
    in_brussels(office.anna)
    form = asked_of_client(office.anna, office.other, route=Route.BRUSSELS_FORM)
    return Visit(the_client(office.anna), f"{LIST}{form.pk}/geven/")


@state("portal/client/give.html", "answered already")
def _(office: Office) -> Visit:
    return Visit(the_client(office.anna), f"{LIST}{a_form(office.anna, office.other).pk}/geven/")


@state("portal/client/give.html", "shut out")
def _(office: Office) -> Visit:
    object_to(office.anna.pk, office.other, origin=origin())
    form = asked_of_client(office.anna, office.other, by=office.own)
    return Visit(the_client(office.anna), f"{LIST}{form.pk}/geven/")


@state("portal/client/review.html", "of Brussels")
def _(office: Office) -> Visit:
    in_brussels(office.anna)
    form = asked_of_client(office.anna, office.other, route=Route.BRUSSELS_FORM)
    sent = {"act": "review", "language": "nl", "informed": "on"}
    return Visit(the_client(office.anna), f"{LIST}{form.pk}/geven/", sent)


@state("portal/client/decline.html", "to confirm")
def _(office: Office) -> Visit:
    return Visit(the_client(office.anna), f"{LIST}{asked_of_client(office.anna, office.other).pk}/weigeren/")


@state("portal/client/decline.html", "granted already")
def _(office: Office) -> Visit:
    return Visit(the_client(office.anna), f"{LIST}{consent_of(office).pk}/weigeren/")


@state("portal/client/decline.html", "granted meanwhile")
def _(office: Office) -> Visit:
    page = f"{LIST}{consent_of(office).pk}/weigeren/"
    return Visit(the_client(office.anna), page, {"act": "decline"})


@state("portal/client/withdraw.html", "it ends")
def _(office: Office) -> Visit:
    return Visit(the_client(office.anna), f"{LIST}{consent_of(office).pk}/intrekken/")


@state("portal/client/withdraw.html", "it stays")
def _(office: Office) -> Visit:
    return Visit(the_client(office.anna), f"{LIST}{_seen_by_law(office).pk}/intrekken/")


@state("portal/client/withdraw.html", "otherwise than told")
def _(office: Office) -> Visit:
    page = f"{LIST}{consent_of(office).pk}/intrekken/"
    return Visit(the_client(office.anna), page, {"act": "withdraw", "told": "x"})


@state("portal/client/withdraw.html", "withdrawn already")
def _(office: Office) -> Visit:
    withdraw(consent_of(office).pk, withdrawn_on=TODAY, origin=origin())
    return Visit(the_client(office.anna), f"{LIST}{consent_of(office).pk}/intrekken/")


@state("portal/client/withdraw.html", "not granted yet")
def _(office: Office) -> Visit:
    return Visit(the_client(office.anna), f"{LIST}{asked_of_client(office.anna, office.own).pk}/intrekken/")


@state("portal/client/organisations.html", "some")
def _(office: Office) -> Visit:
    object_to(office.anna.pk, office.own, origin=origin())
    return Visit(the_client(office.anna), OUT)


@state("portal/client/organisations.html", "none, and a number that is none")
def _(office: Office) -> Visit:
    return Visit(the_client(a_dossier("Bob")), OUT, {"unit": "OE99"})


@state("portal/client/shut_out.html", "lifted by VDAB before")
def _(office: Office) -> Visit:
    object_to(office.anna.pk, office.other, origin=origin())
    lift(Objection.objects.get().pk, reason="De klant belde.", origin=origin())
    return Visit(the_client(office.anna), f"{OUT}{office.other.pk}/")


@state("portal/client/shut_out.html", "it ends")
def _(office: Office) -> Visit:
    return Visit(the_client(office.anna), f"{OUT}{office.own.pk}/")


@state("portal/client/shut_out.html", "it stays")
def _(office: Office) -> Visit:
    _seen_by_law(office)
    return Visit(the_client(office.anna), f"{OUT}{office.other.pk}/")


@state("portal/client/shut_out.html", "no right, otherwise than told")
def _(office: Office) -> Visit:
    page = f"{OUT}{office.school.pk}/"
    return Visit(the_client(office.anna), page, {"act": "shut_out", "reason": "Daarom", "told": "x"})


@state("portal/client/lift.html", "it sees nothing")
def _(office: Office) -> Visit:
    object_to(office.anna.pk, office.own, origin=origin())
    return Visit(the_client(office.anna), f"{OUT}{office.own.pk}/")


@state("portal/client/lift.html", "it sees the dossier all the same, answered")
def _(office: Office) -> Visit:
    _objection(office)
    answer(Objection.objects.get().pk, "De opdracht loopt nog.", origin=origin())
    return Visit(the_client(office.anna), f"{OUT}{office.own.pk}/")


@state("portal/mediator/tasks.html", "one")
def _(office: Office) -> Visit:
    _objection(office)
    return Visit(office.mira, "/formulieren/taken/")


@state("portal/mediator/tasks.html", "none")
def _(office: Office) -> Visit:
    return Visit(office.mira, "/formulieren/taken/?soort=rule_gap")


@state("portal/mediator/task.html", "an objection, not answered")
def _(office: Office) -> Visit:
    return Visit(office.mira, f"/formulieren/taken/{_objection(office).pk}/", {"words": ""})


@state("portal/mediator/task.html", "a withdrawal")
def _(office: Office) -> Visit:
    withdraw(_seen_by_law(office).pk, withdrawn_on=TODAY, origin=origin())
    return Visit(office.mira, f"/formulieren/taken/{Task.objects.get().pk}/")


@state("portal/mediator/task.html", "answered already")
def _(office: Office) -> Visit:
    task = _objection(office)
    answer(Objection.objects.get().pk, "De opdracht loopt nog.", origin=origin())
    return Visit(office.mira, f"/formulieren/taken/{task.pk}/")
