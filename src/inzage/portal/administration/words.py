"""The words of these pages: roles, refusals, and what a change came to."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inzage.partners.models import Person

Role = Person.Role
ROLES: Mapping[str, Promise] = {
    Role.COUNSELLOR: _("medewerker van een partner"),
    Role.MEDIATOR: _("VDAB-bemiddelaar"),
    Role.BRUSSELS_DESK: _("medewerker van VDAB Brussel"),
    Role.RULE_MANAGER: _("regelbeheerder"),
    Role.DATA_PROTECTION_OFFICER: _("functionaris voor gegevensbescherming"),
    Role.OPERATOR: _("systeembeheerder"),
    Role.ADMINISTRATOR: _("gebruikersbeheerder"),
}
"""The roles that are given here; a client is known by the INSZ number and gets none from anybody."""
BY_PROVIDER = "provider"
BY_PROVIDER_WORDS = _("zoals de identiteitsdienst zegt")
REFUSALS: Mapping[str, Promise] = {
    "person_known": _("Deze persoon is al bekend. Zoek hem of haar op in de lijst."),
    "own_access": _("Uw eigen rol en toegang kunt u niet wijzigen. Vraag het aan een andere beheerder."),
    "no_administrator": _("Alleen een beheerder met open toegang kan dit. Er is niets gewijzigd."),
    "nothing_new": _("Het was al zo. Er is niets gewijzigd."),
    "not_a_counsellor": _("Alleen medewerkers van een partner werken voor een eenheid. Wijzig eerst de rol."),
    "member_already": _("Deze persoon werkt al zo voor die eenheid. Er is niets gewijzigd."),
    "no_member": _("Deze persoon werkt niet meer voor die eenheid. Er is niets gewijzigd."),
}
