"""Words for what stands in the access log."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import AccessLine
from inzage.partners.models import Person
from inzage.portal.words import INSTITUTIONS
from inzage.rules.names import Part
from inzage.rules.viewing import Reason

RUN = "run"
KINDS: Mapping[str, Promise] = {
    AccessLine.Kind.LOOK: _("inkijken"),
    AccessLine.Kind.LIST: _("lijst"),
    AccessLine.Kind.SEARCH: _("zoeken"),
    AccessLine.Kind.EXPORT: _("uitvoer"),
}
PARTS: Mapping[str, Promise] = {
    Part.GENERAL: _("algemeen deel"),
    Part.STEPS: _("Stappen naar werk"),
    Part.CONFIDENTIAL: _("vertrouwelijk luik"),
}
VERDICTS: Mapping[str, Promise] = {
    Reason.RIGHT_STANDS: _("op een inzagerecht dat gold"),
    Reason.RIGHT_CLOSED: _("alleen dat het er is: het recht was afgesloten"),
    Reason.NO_RIGHT: _("alleen dat het er is: er was geen recht"),
    Reason.OWN_DOSSIER: _("het eigen dossier"),
    "vdab": _("als medewerker van VDAB"),
}
DENIALS: Mapping[str, Promise] = {
    Reason.RIGHT_CLOSED: _("Het recht was afgesloten"),
    Reason.NO_RIGHT: _("Er was geen recht"),
    Reason.NOT_ON_WORK_LIST: _("Niet op de werklijst, en geen reden opgegeven"),
    Reason.NOT_OWN_DOSSIER: _("Niet het eigen dossier"),
    Reason.PART_NOT_INCLUDED: _("Het vertrouwelijke luik"),
    Reason.NOT_REGISTERED_HERE: _("In dat deel wordt niets geregistreerd"),
    Reason.NOT_MEMBER: _("Werkt niet voor die organisatie"),
    Reason.UNKNOWN_SUBJECT: _("Onbekende persoon, of afgesloten account"),
    Reason.UNKNOWN_CLIENT: _("Onbekende klant"),
    Reason.UNKNOWN_UNIT: _("Onbekende organisatie"),
    Reason.NOT_FOR_THIS_CALLER: _("Het systeem mocht dit niet vragen"),
}
ROLES: Mapping[str, Promise] = {
    Person.Role.COUNSELLOR: _("begeleider bij een partner"),
    Person.Role.MEDIATOR: _("bemiddelaar van VDAB"),
    Person.Role.BRUSSELS_DESK: _("VDAB Brussel"),
    Person.Role.CLIENT: _("klant"),
    Person.Role.RULE_MANAGER: _("regelbeheerder"),
    Person.Role.DATA_PROTECTION_OFFICER: _("functionaris gegevensbescherming"),
    Person.Role.OPERATOR: _("beheerder van het systeem"),
    Person.Role.ADMINISTRATOR: _("beheerder van gebruikers"),
}


def signed_in_words(signature: str) -> str:
    """Who or what signed where it is no person we know: the worker, a command, files that came in, an institution."""
    kind, _colon, of = signature.partition(":")
    if signature == RUN:
        return gettext("de verwerking")
    if kind == "system":
        return gettext("beheerder %(account)s, met een opdracht") % {"account": of}
    if kind == "import":
        return gettext("invoer van bestanden")
    return str(INSTITUTIONS.get(of, of)) if kind == "adapter" else signature


def words_of(name: str, of: Mapping[str, Promise]) -> str:
    """The words; what has none is shown as it is."""
    return str(of.get(name, name))
