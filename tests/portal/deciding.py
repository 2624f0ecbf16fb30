"""Clients who decide: their sign-in, and what waits for them."""

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import ClientAccount, Dossier
from inzage.partners.models import Person, Unit
from inzage.rules.names import Purpose, Route
from inzage.view_rights.assigning import assign
from inzage.view_rights.consenting import Asked, ask_right
from tests.portal.office import TODAY, Office, Tab, a_person, origin, signed_in_as

LIST = "/mijn-dossier/toestemmingen/"


def the_client(dossier: Dossier) -> Person:
    """The client whose dossier this is, who can sign in."""
    person = a_person(f"client {dossier.pk}", Person.Role.CLIENT)
    ClientAccount.objects.create(person=person, client=dossier.client)
    return person


def a_client(dossier: Dossier) -> Tab:
    """That client's browser."""
    return signed_in_as(the_client(dossier))


def asked_of_client(
    dossier: Dossier, unit: Unit, *, by: Unit | None = None, route: Route = Route.FORM, title: str = "Lassen"
) -> ConsentForm:
    """What a unit asked, which waits for the client."""
    asked = Asked(unit, route, Purpose.TRAINING, by or unit, title)
    return ask_right(dossier.pk, asked, origin=origin())


def consent_of(office: Office) -> ConsentForm:
    """Anna's consent for Werkpad."""
    return ConsentForm.objects.get(dossier=office.anna, unit=office.own, state="granted")


def assigned(office: Office, unit: Unit | None = None) -> None:
    """Anna is assigned to Werkpad, or to another organisation, as of today."""
    assign(office.anna.pk, unit or office.own, office.service, on=TODAY, origin=origin())


def told_on(page: object) -> dict[str, str]:
    """What the page told, to send along with the answer."""
    confirm = page.context["confirm"]  # type: ignore[attr-defined]
    return {"told": str(confirm["told"].value() or "")}
