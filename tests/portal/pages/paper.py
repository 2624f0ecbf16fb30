"""The form as a file, and the files that come with one."""

from django.shortcuts import render
from django.test import RequestFactory

from inzage.consents.form_pdf.giving_out import give_out
from inzage.consents.form_pdf.making import PACKAGES
from inzage.consents.models import ConsentForm, FormFile
from inzage.rules.names import Purpose, Route
from inzage.view_rights.consenting import Asked, ask_right
from tests.portal.office import NOON, Office, a_form, in_brussels, origin
from tests.portal.pages.visiting import Visit, state


def _asked(office: Office, route: Route = Route.FORM) -> ConsentForm:
    """Werkpad asks a form for Anna."""
    return ask_right(
        office.anna.pk, Asked(office.own, route, Purpose.TRAINING, office.own, "Lassen"), origin=origin()
    )


def _with_files(form: ConsentForm, by: Office) -> ConsentForm:
    """The form, with one that was filled in for a part under another name, and a scan; both lie nowhere."""
    about = {"form": form, "size": 480_000, "uploaded_at": NOON, "uploaded_by": by.carla.signature}
    sheet = give_out(form, "nl", origin=origin())
    pdf = {"kind": "filled", "content_type": "application/pdf", "sheet": sheet, "missing": ["completed_on"]}
    FormFile.objects.create(
        **about, **pdf, sha256="a", stored_as="a", other_name=True, uploaded_for=form.asked_by
    )
    FormFile.objects.create(**about, kind="scan", content_type="image/png", sha256="b", stored_as="b")
    return form


@state("portal/paper/asked.html", "to fill in")
def _(office: Office) -> Visit:
    return Visit(office.carla, f"/aanvragen/{_asked(office).pk}/formulier/")


@state("portal/paper/asked.html", "of Brussels, with files")
def _(office: Office) -> Visit:
    in_brussels(office.anna)
    form = _with_files(_asked(office, Route.BRUSSELS_FORM), office)
    return Visit(office.carla, f"/aanvragen/{form.pk}/formulier/")


@state("portal/paper/asked.html", "complete")
def _(office: Office) -> Visit:
    return Visit(office.otto, f"/aanvragen/{a_form(office.anna, office.other).pk}/formulier/")


@state("portal/paper/asked.html", "no file chosen")
def _(office: Office) -> Visit:
    return Visit(office.carla, f"/aanvragen/{_asked(office).pk}/formulier/", {"for_unit": "OE1"})


@state("portal/paper/at_desk.html", "with files")
def _(office: Office) -> Visit:
    return Visit(office.mira, f"/formulieren/{_with_files(_asked(office), office).pk}/bestanden/")


@state("portal/paper/at_desk.html", "none")
def _(office: Office) -> Visit:
    return Visit(office.mira, f"/formulieren/{_asked(office).pk}/bestanden/")


@state("portal/mediator/form.html", "with files")
def _(office: Office) -> Visit:
    form = _with_files(a_form(office.anna, office.other, completed_on=None), office)
    return Visit(office.mira, f"/formulieren/{form.pk}/")


@state("portal/paper/lost.html", "a file that is gone")
def _(office: Office) -> Visit:
    form = _with_files(_asked(office), office)
    file = form.files.get(kind="scan")
    return Visit(office.mira, f"/formulieren/{form.pk}/bestanden/{file.pk}/", status=503)


@state("portal/paper/no_drawing.html", "nothing to draw with")
def _(office: Office) -> Visit:
    page = "portal/paper/no_drawing.html"
    made = render(RequestFactory().get("/"), page, {"packages": PACKAGES}, status=503)
    return Visit(None, "/", status=503, made=made)
