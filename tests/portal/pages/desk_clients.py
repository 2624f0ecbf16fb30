"""The pages of one client at a desk."""

from inzage.consents.models import Objection
from inzage.dossiers.models import Assignment
from inzage.view_rights.assigning import assign, end_assignment
from inzage.view_rights.ending import revoke
from inzage.view_rights.objecting import lift, object_to
from inzage.view_rights.restoring import ask_restoration
from tests.portal.office import TODAY, Office, a_dossier, a_form, a_right, an_activity, origin
from tests.portal.pages.visiting import Visit, state

CLIENTS = "portal/mediator/clients"


def _of_anna(office: Office, rest: str = "") -> str:
    """A page about Anna, who is on the mediators' list by a form under way."""
    a_form(office.anna, office.school)
    return f"/klanten/{office.anna.reference}/{rest}"


def _assigned(office: Office) -> Assignment:
    how = {"on": TODAY, "origin": origin(), "contact": "onthaal: 02 000 00 00"}
    return assign(office.anna.pk, office.other, office.service, **how)  # type: ignore[arg-type]


@state(f"{CLIENTS}/find.html", "before")
def _(office: Office) -> Visit:
    return Visit(office.mira, "/klanten/")


@state(f"{CLIENTS}/find.html", "not found")
def _(office: Office) -> Visit:
    return Visit(office.mira, "/klanten/", {"number": "K404", "family_name": "Niemand"})


@state(f"{CLIENTS}/why.html", "before")
def _(office: Office) -> Visit:
    return Visit(office.mira, f"/klanten/{office.anna.reference}/")


@state(f"{CLIENTS}/why.html", "no reason")
def _(office: Office) -> Visit:
    return Visit(office.mira, f"/klanten/{office.anna.reference}/", {"reason": "  "})


@state(f"{CLIENTS}/rights.html", "rights now and past")
def _(office: Office) -> Visit:
    revoke(a_right(office.anna, office.other).pk, remark="Aan de verkeerde gegeven.", origin=origin())
    an_activity(office)
    _assigned(office)
    return Visit(office.mira, _of_anna(office))


@state(f"{CLIENTS}/rights.html", "one that is asked to be restored")
def _(office: Office) -> Visit:
    revoke(office.right.pk, remark="Aan de verkeerde gegeven.", origin=origin())
    ask_restoration(office.right.pk, "Een vergissing.", origin=origin())
    return Visit(office.mira, _of_anna(office))


@state(f"{CLIENTS}/rights.html", "nobody")
def _(office: Office) -> Visit:
    bob = a_dossier("Bob")
    a_form(bob, office.other)
    return Visit(office.mira, f"/klanten/{bob.reference}/")


@state(f"{CLIENTS}/grounds.html", "of everything something")
def _(office: Office) -> Visit:
    object_to(office.anna.pk, office.other, reason="Ik ken hen niet.", origin=origin())
    end_assignment(_assigned(office).pk, on=TODAY, reason="Vergissing", origin=origin())
    _assigned(office)
    return Visit(office.mira, _of_anna(office, "gronden/"))


@state(f"{CLIENTS}/revoke.html", "before")
def _(office: Office) -> Visit:
    an_activity(office)
    return Visit(office.mira, _of_anna(office, f"inzagerechten/{office.right.pk}/intrekken/"))


@state(f"{CLIENTS}/revoke.html", "no reason")
def _(office: Office) -> Visit:
    return Visit(office.mira, _of_anna(office, f"inzagerechten/{office.right.pk}/intrekken/"), {"reason": ""})


@state(f"{CLIENTS}/revoke.html", "ended already")
def _(office: Office) -> Visit:
    revoke(office.right.pk, remark="Vergissing", origin=origin())
    return Visit(office.mira, _of_anna(office, f"inzagerechten/{office.right.pk}/intrekken/"))


def _lifting(office: Office) -> str:
    """Where Anna's objection to Leerhuis is lifted for her."""
    object_to(office.anna.pk, office.other, origin=origin())
    return _of_anna(office, f"uitsluitingen/{Objection.objects.get().pk}/opheffen/")


@state(f"{CLIENTS}/deed.html", "one that is told")
@state(f"{CLIENTS}/lift.html", "before")
def _(office: Office) -> Visit:
    return Visit(office.mira, _lifting(office))


@state(f"{CLIENTS}/lift.html", "no reason")
def _(office: Office) -> Visit:
    return Visit(office.mira, _lifting(office), {"reason": ""})


@state(f"{CLIENTS}/lift.html", "lifted already")
def _(office: Office) -> Visit:
    page = _lifting(office)
    lift(Objection.objects.get().pk, reason="De klant belde.", origin=origin())
    return Visit(office.mira, page)


@state(f"{CLIENTS}/assign.html", "before")
def _(office: Office) -> Visit:
    return Visit(office.mira, _of_anna(office, "toewijzen/"))


@state(f"{CLIENTS}/assign.html", "foretold")
def _(office: Office) -> Visit:
    sent = {"unit": "OE2", "service": "TIBB4", "on": TODAY.isoformat()}
    return Visit(office.mira, _of_anna(office, "toewijzen/"), sent)


@state(f"{CLIENTS}/assign.html", "changed since it was told")
def _(office: Office) -> Visit:
    sent = {"unit": "OE2", "service": "TIBB4", "on": TODAY.isoformat(), "step": "confirmed", "told": "old"}
    return Visit(office.mira, _of_anna(office, "toewijzen/"), sent)


@state(f"{CLIENTS}/assign.html", "nothing filled in")
def _(office: Office) -> Visit:
    return Visit(office.mira, _of_anna(office, "toewijzen/"), {"unit": ""})


@state(f"{CLIENTS}/end.html", "before")
def _(office: Office) -> Visit:
    return Visit(office.mira, _of_anna(office, f"toewijzingen/{_assigned(office).pk}/beeindigen/"))


@state(f"{CLIENTS}/end.html", "foretold")
def _(office: Office) -> Visit:
    sent = {"on": TODAY.isoformat(), "reason": "De opdracht is voorbij."}
    return Visit(office.mira, _of_anna(office, f"toewijzingen/{_assigned(office).pk}/beeindigen/"), sent)


@state(f"{CLIENTS}/end.html", "ended already")
def _(office: Office) -> Visit:
    ended = end_assignment(_assigned(office).pk, on=TODAY, reason="Vergissing", origin=origin())
    return Visit(office.mira, _of_anna(office, f"toewijzingen/{ended.pk}/beeindigen/"))


@state(f"{CLIENTS}/consent.html", "before")
def _(office: Office) -> Visit:
    return Visit(office.mira, _of_anna(office, "toestemming/"))
