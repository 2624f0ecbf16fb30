"""The pages of a counsellor's day."""

from datetime import date, timedelta

from inzage.dossiers.models import Dossier
from inzage.rules.names import Kind
from inzage.view_rights.assigning import assign
from inzage.view_rights.consenting import send_back
from inzage.view_rights.models import ViewRight
from inzage.view_rights.registering import Actor, NewActivity, register
from tests.portal.office import (
    TODAY,
    Office,
    a_dossier,
    a_form,
    a_right,
    an_activity,
    an_enrolment,
    from_ibis,
    in_brussels,
    origin,
)
from tests.portal.pages.visiting import Visit, state, untouched
from tests.portal.reading import address


def _ending_in(office: Office, days: int, given: str) -> Dossier:
    dossier = a_dossier(given, "Bedacht")
    right = a_right(dossier, office.own)
    ViewRight.objects.filter(pk=right.pk).update(last_day=TODAY + timedelta(days=days))
    return dossier


@state("portal/partner/day/today.html", "something of each")
def _(office: Office) -> Visit:
    an_enrolment(in_brussels(office.anna), "not_enrolled")
    for days, given in ((0, "Ria"), (7, "Rik"), (8, "Rob"), (30, "Roos")):
        _ending_in(office, days, given)
    new = NewActivity(office.own, Kind.TRAINING, "Lassen voor beginners", requested_on=TODAY)
    register(office.anna.pk, new, actor=Actor(origin(), office.own))
    form = a_form(a_dossier(), office.own, completed_on=None)
    send_back(form.pk, remark="Vul de dag in.", origin=origin())
    return Visit(office.carla, "/vandaag/")


untouched("portal/partner/day/today.html", "nothing", "otto", "/vandaag/")


@state("portal/partner/day/dossiers.html", "filtered")
def _(office: Office) -> Visit:
    _ending_in(office, 7, "Ria")
    return Visit(office.carla, "/dossiers/?einde=30&grond=mediator&op=naam")


untouched("portal/partner/day/dossiers.html", "nothing fits", "carla", "/dossiers/?zekerheid=held")
untouched("portal/partner/day/dossiers.html", "searched", "carla", "/dossiers/", {"zoek": "anna"})
untouched(
    "portal/partner/day/dossiers.html", "searched and not found", "carla", "/dossiers/", {"zoek": "bob"}
)
untouched("portal/partner/day/dossiers.html", "searched nothing", "carla", "/dossiers/", {"zoek": " "})


@state("portal/partner/day/closed.html", "a day that does not exist")
def _(office: Office) -> Visit:
    _ending_in(office, -1, "Ria")
    return Visit(office.carla, "/dossiers/afgesloten/?van=2026-02-30")


untouched("portal/partner/day/closed.html", "nothing fits", "carla", "/dossiers/afgesloten/?reden=deceased")
untouched(
    "portal/partner/day/export.html", "one dossier", "carla", "/dossiers/meenemen/?einde=&grond=mediator"
)
untouched("portal/partner/day/export.html", "nothing", "carla", "/dossiers/afgesloten/meenemen/")


@state("portal/partner/day/give_back.html", "before")
def _(office: Office) -> Visit:
    an_activity(office)
    return Visit(office.carla, f"{address(office.anna)}teruggeven/")


@state("portal/partner/day/give_back.html", "not confirmed")
def _(office: Office) -> Visit:
    return Visit(office.carla, f"{address(office.anna)}teruggeven/", {"right": office.right.pk})


@state("portal/partner/dossier.html", "others see it too")
def _(office: Office) -> Visit:
    a_right(office.anna, office.other)
    assign(office.anna.pk, office.other, office.service, on=date(2026, 2, 1), contact="Jo", origin=origin())
    an_activity(office)
    return Visit(office.carla, address(office.anna))


def _entered(office: Office, **other: str) -> dict[str, str]:
    client = office.anna.client
    known = {"number": client.client_number, "family_name": client.family_name}
    return {**known, "purpose": "training", "activity_title": "Lassen", **other}


@state("portal/partner/day/ask_way.html", "form or mediator")
def _(office: Office) -> Visit:
    return Visit(office.otto, "/aanvragen/nieuw/", _entered(office))


@state("portal/partner/day/ask_way.html", "in Brussels, a promoter without a line")
def _(office: Office) -> Visit:
    office.other.kind = "promoter"
    office.other.save()
    in_brussels(office.anna)
    return Visit(office.otto, "/aanvragen/nieuw/", _entered(office))


@state("portal/partner/day/ask_way.html", "in Brussels with a line from IBIS")
def _(office: Office) -> Visit:
    from_ibis(in_brussels(office.anna), office.other)
    return Visit(office.otto, "/aanvragen/nieuw/", _entered(office))


@state("portal/partner/day/ask_way.html", "a right stands already")
def _(office: Office) -> Visit:
    return Visit(office.carla, "/aanvragen/nieuw/", _entered(office, purpose="guidance"))


@state("portal/partner/day/ask_way.html", "not confirmed beside a right")
def _(office: Office) -> Visit:
    return Visit(office.carla, "/aanvragen/nieuw/", _entered(office, route="form"))
