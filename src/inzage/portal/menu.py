"""The main menu: which pages stand in it for whom."""

from collections.abc import Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inzage.partners.models import Person, Unit
from inzage.portal.acting import manages


class Item(NamedTuple):
    """A page in the menu: the name of its address, its words, and which paths it stands for."""

    name: str
    words: str | Promise
    within: str = ""
    """Where set, the item is the current one on every page whose path begins so."""


class Entry(NamedTuple):
    """An item as it is shown."""

    name: str
    address: str
    words: str | Promise
    is_current: bool


FORMS = Item("work-list", _("Formulieren"))
TASKS = Item("desk-tasks", _("Taken"), "/formulieren/taken/")
CLIENTS = Item("desk-find-client", _("Klanten"), "/klanten/")
EXCHANGE = Item("quarantine", _("Uitwisseling"), "/uitwisseling/")
RESTORATIONS = Item("restorations", _("Herstel"), "/herstel/")
NOTICES = Item("notices", _("Berichten"))
OF_ROLE: dict[str, Sequence[Item]] = {
    Person.Role.MEDIATOR: (
        FORMS,
        TASKS,
        CLIENTS,
        RESTORATIONS,
        EXCHANGE,
        Item("record-consent", _("Toestemming registreren")),
        Item("lasting", _("Lange trajecten")),
    ),
    Person.Role.BRUSSELS_DESK: (
        FORMS,
        TASKS,
        CLIENTS,
        EXCHANGE,
        Item("watched", _("Inschrijvingen"), "/brussel/"),
    ),
    Person.Role.CLIENT: (
        Item("own-dossier", _("Wie mag kijken")),
        Item("who-looked", _("Wie keek"), "/mijn-dossier/wie-keek/"),
        Item("client-consents", _("Toestemmingen"), "/mijn-dossier/toestemmingen/"),
    ),
    Person.Role.RULE_MANAGER: (
        Item("rule-book", _("Regelboek")),
        Item("drafts", _("Ontwerpen"), "/regels/ontwerpen/"),
        Item("rule-figures", _("Cijfers")),
        Item("rehearsals", _("Doorrekenen"), "/regels/doorrekeningen/"),
        Item("runs", _("Nachtelijke afsluitingen"), "/regels/nachten/"),
        Item("held-rights", _("Aangehouden"), "/regels/vastgehouden/"),
        RESTORATIONS,
    ),
    Person.Role.DATA_PROTECTION_OFFICER: (
        Item("access-log", _("Logboek")),
        Item("officer-questions", _("Vragen van klanten"), "/toezicht/vragen/"),
        Item("stated-reasons", _("Opgegeven redenen")),
        Item("held-long", _("Aangehouden")),
        Item("log-figures", _("Cijfers")),
    ),
    Person.Role.OPERATOR: (Item("state", _("Toestand")),),
    Person.Role.ADMINISTRATOR: (
        Item("people", _("Mensen"), "/beheer/mensen/"),
        Item("organisations", _("Codes van organisaties")),
    ),
}
OF_COUNSELLORS = (
    Item("today", _("Vandaag")),
    Item("my-dossiers", _("Mijn dossiers")),
    Item("find-client", _("Zoek een klant")),
)
OF_SCHOOLS = (Item("pupils", _("Leerlingen"), "/leerlingen/"),)
AFTER = (Item("asked", _("Aanvragen")), Item("questions", _("Vragen van klanten"), "/vragen/"), NOTICES)
OF_MANAGERS = (
    Item("unit-people", _("Ons team")),
    Item("unit-figures", _("Cijfers")),
    Item("unit-unused", _("Ongebruikt"), "/organisatie/ongebruikt/"),
)


def menu_of(person: Person, unit: Unit | None, path: str) -> list[Entry]:
    """The menu of this person, working for that unit, on the page at that path."""
    return [_entry(item, path) for item in _items(person, unit)]


def _items(person: Person, unit: Unit | None) -> Sequence[Item]:
    if person.role != Person.Role.COUNSELLOR:
        return OF_ROLE[person.role]
    if unit is None:
        return ()
    schools = OF_SCHOOLS if unit.kind == Unit.Kind.SCHOOL else ()
    managers = OF_MANAGERS if manages(person, unit) else ()
    return (*OF_COUNSELLORS, *schools, *AFTER, *managers)


def _entry(item: Item, path: str) -> Entry:
    address = reverse(item.name)
    current = path.startswith(item.within) if item.within else path == address
    return Entry(item.name, address, item.words, current)
