"""Coming in, and what is not there."""

import sqlite3

from django.db import OperationalError
from django.test import RequestFactory
from django.views.csrf import csrf_failure
from django.views.defaults import server_error

from inzage.partners.models import Membership, Person
from inzage.portal.busy import answer_when_busy
from tests.portal.office import Office, a_person
from tests.portal.pages.visiting import Visit, state


@state("portal/sign_in.html", "in the demo")
def _(office: Office) -> Visit:
    return Visit(None, "/aanmelden/")


@state("portal/choose_unit.html", "two organisations")
def _(office: Office) -> Visit:
    Membership.objects.create(person=office.carla, unit=office.other)
    return Visit(office.carla, "/organisatie/")


@state("portal/choose_unit.html", "no organisation")
def _(office: Office) -> Visit:
    return Visit(a_person("Nieuw", Person.Role.COUNSELLOR), "/organisatie/")


@state("404.html", "no such page")
def _(office: Office) -> Visit:
    return Visit(office.carla, "/bestaat-niet/", status=404)


@state("403.html", "somebody else's page")
def _(office: Office) -> Visit:
    return Visit(office.carla, "/formulieren/", status=403)


@state("400.html", "a place in a list that is none")
def _(office: Office) -> Visit:
    return Visit(office.carla, "/dossiers/?na=x", status=400)


@state("403_csrf.html", "sent from elsewhere")
def _(office: Office) -> Visit:
    request = RequestFactory().post("/dossiers/zoeken/")
    return Visit(None, "/", status=403, made=csrf_failure(request))


@state("500.html", "a defect")
def _(office: Office) -> Visit:
    return Visit(None, "/", status=500, made=server_error(RequestFactory().get("/")))


@state("503.html", "the database is locked")
def _(office: Office) -> Visit:
    error = OperationalError("database is locked")
    error.__cause__ = sqlite3.OperationalError("database is locked")
    error.__cause__.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return Visit(None, "/", status=503, made=answer_when_busy(error))
