"""The pages of partners and schools."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from inzage.consents.models import ConsentForm
from inzage.partners.models import Membership
from inzage.rules.names import Purpose, Route
from inzage.view_rights.consenting import Asked, ask_right, send_back
from inzage.view_rights.ending import give_back
from inzage.view_rights.ending_soon import tell_what_ends
from tests.portal.office import (
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


@state("portal/partner/day/dossiers.html", "some end soon")
def _(office: Office) -> Visit:
    a_right(a_dossier("Ria", "Bedacht"), office.own, on=date(2025, 9, 15))
    an_activity(office)
    return Visit(office.carla, "/dossiers/")


untouched("portal/partner/day/dossiers.html", "none", "otto", "/dossiers/")


@state("portal/partner/day/closed.html", "one was given back")
def _(office: Office) -> Visit:
    give_back(office.right.pk, origin=origin())
    return Visit(office.carla, "/dossiers/afgesloten/")


untouched("portal/partner/day/closed.html", "none", "carla", "/dossiers/afgesloten/")
untouched("portal/partner/find_client.html", "before", "carla", "/dossiers/zoeken/")
untouched(
    "portal/partner/find_client.html", "nobody found", "carla", "/dossiers/zoeken/", {"number": "K9999999"}
)


@state("portal/partner/dossier.html", "with lines")
def _(office: Office) -> Visit:
    an_activity(office)
    an_activity(office, title="Solderen", started_on=None)
    return Visit(office.carla, address(office.anna))


@state("portal/partner/dossier.html", "in Brussels, nothing yet")
def _(office: Office) -> Visit:
    in_brussels(office.anna)
    an_enrolment(office.anna, "not_enrolled")
    return Visit(office.carla, address(office.anna))


@state("portal/partner/dossier.html", "a line without a title")
def _(office: Office) -> Visit:
    return Visit(office.carla, address(office.anna), {"kind": "training", "title": "", "begun": "started_on"})


@state("portal/partner/no_right.html", "another's dossier")
def _(office: Office) -> Visit:
    return Visit(office.otto, address(office.anna), status=404)


@state("portal/partner/activity.html", "under way")
def _(office: Office) -> Visit:
    return Visit(office.carla, f"{address(office.anna)}acties/{an_activity(office).pk}/")


@state("portal/partner/activity.html", "asked for")
def _(office: Office) -> Visit:
    line = an_activity(office, started_on=None)
    return Visit(office.carla, f"{address(office.anna)}acties/{line.pk}/")


@state("portal/partner/activity.html", "hours that are none")
def _(office: Office) -> Visit:
    sent = {"step": "perform", "perform-present": "anderhalf"}
    return Visit(office.carla, f"{address(office.anna)}acties/{an_activity(office).pk}/", sent)


@state("portal/partner/inform.html", "to inform")
def _(office: Office) -> Visit:
    in_brussels(office.anna)
    return Visit(office.carla, f"{address(office.anna)}inlichten/")


untouched("portal/partner/day/ask_who.html", "before", "carla", "/aanvragen/nieuw/")
untouched(
    "portal/partner/day/ask_who.html", "nothing filled in", "carla", "/aanvragen/nieuw/", {"number": ""}
)


@state("portal/partner/day/ask_who.html", "from a link")
def _(office: Office) -> Visit:
    return Visit(office.otto, f"/aanvragen/nieuw/?dossier={office.anna.reference}&voor=OE2&weg=form")


def _asked(office: Office) -> ConsentForm:
    """Werkpad asks a Brussels form for Anna."""
    in_brussels(office.anna)
    asked = Asked(office.own, Route.BRUSSELS_FORM, Purpose.TRAINING, office.own)
    return ask_right(office.anna.pk, asked, origin=origin())


@state("portal/partner/asked.html", "one, and one sent back")
def _(office: Office) -> Visit:
    _asked(office)
    form = a_form(a_dossier("Ria", "Bedacht"), office.own, completed_on=None)
    send_back(form.pk, remark="Vul de dag in.", origin=origin())
    return Visit(office.carla, "/aanvragen/")


untouched("portal/partner/asked.html", "none", "otto", "/aanvragen/")


@state("portal/partner/brussels_form.html", "to fill in")
def _(office: Office) -> Visit:
    return Visit(office.carla, f"/aanvragen/{_asked(office).pk}/")


@state("portal/partner/print_form.html", "on paper")
def _(office: Office) -> Visit:
    return Visit(office.carla, f"/aanvragen/{_asked(office).pk}/afdrukken/")


@state("portal/partner/notices.html", "a right was granted, others end soon or were closed")
def _(office: Office) -> Visit:
    a_right(a_dossier("Ria", "Bedacht"), office.own, on=date(2025, 9, 9))
    a_right(a_dossier("Bob", "Bedacht"), office.own, on=date(2025, 9, 20))
    give_back(a_right(a_dossier("Lea", "Bedacht"), office.own).pk, origin=origin())
    tell_what_ends(origin=origin())
    return Visit(office.carla, "/berichten/")


@state("portal/partner/notices.html", "a form came back and a client is not enrolled")
def _(office: Office) -> Visit:
    in_brussels(office.anna)
    an_enrolment(office.anna, "not_enrolled")
    form = a_form(a_dossier("Ria", "Bedacht"), office.own, completed_on=None)
    send_back(form.pk, remark="Vul de dag in.", origin=origin())
    return Visit(office.carla, "/berichten/")


untouched("portal/partner/notices.html", "none of a kind", "carla", "/berichten/?soort=refused")
untouched("portal/partner/notices.html", "none", "otto", "/berichten/")


@state("portal/partner/other_unit.html", "opened for another")
def _(office: Office) -> Visit:
    return Visit(office.carla, "/dossiers/zoeken/", {"for_unit": "OE2", "number": "K1"}, status=409)


@state("portal/partner/other_unit.html", "to turn back, with a file to choose again")
def _(office: Office) -> Visit:
    Membership.objects.create(person=office.carla, unit=office.other)
    scan = SimpleUploadedFile("gescand formulier.pdf", b"%PDF-", "application/pdf")
    sent = {"for_unit": "OE1", "back_to": "OE2", "upload-file": scan}
    return Visit(office.carla, "/aanvragen/1/formulier/", sent, status=409, unit=office.own)


@state("portal/school/pupils.html", "one pupil")
def _(office: Office) -> Visit:
    in_brussels(office.anna)
    from_ibis(office.anna, office.school)
    return Visit(office.sofie, "/leerlingen/")


untouched("portal/school/pupils.html", "none", "sofie", "/leerlingen/")


@state("portal/school/pupil.html", "without a card")
def _(office: Office) -> Visit:
    in_brussels(office.anna)
    from_ibis(office.anna, office.school)
    return Visit(office.sofie, f"/leerlingen/{office.anna.reference}/")
