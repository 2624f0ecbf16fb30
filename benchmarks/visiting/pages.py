"""Which pages somebody goes to: those of the menu, what they lead to, and what can be chosen or searched there."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from django.urls import Resolver404, resolve, reverse

from inzage.partners.models import Person, Unit
from inzage.portal.acting import FOR_UNIT
from inzage.portal.menu import menu_of

LINK = re.compile(r'<a\b[^>]*?\shref="([^"#]+)')
LEFT_OUT = frozenset(
    (
        *("export-dossiers", "export-closed", "export-unused", "export-unit-rights"),  # as files
        *("paper-pdf", "desk-pdf", "paper-file", "desk-file", "print-form"),
        *("sign-in", "begin-sign-in", "sign-out", "index", "choose-unit"),  # no pages of somebody at work
    )
)
PLACE = "na"
"""In an address: where a further page of a list begins."""
WORDS = ("stapel", "soort", "stand", "lijst", "reden", "op", "grond", "taak", "einde", "zekerheid")
"""Choices between a few words: a list has times of its own for each."""
Role = Person.Role
COUNSELLORS = (
    *("/dossiers/?einde=7", "/dossiers/?einde=30", "/dossiers/?taak=actiris", "/dossiers/?taak=starten"),
    *("/dossiers/?grond=form", "/dossiers/?grond=assignment", "/dossiers/?op=naam"),
    *("/dossiers/?zekerheid=held", "/dossiers/?zekerheid=unverified", "/aanvragen/nieuw/"),
    *("/dossiers/afgesloten/?reden=term", "/dossiers/afgesloten/?reden=revoked"),
    *("/dossiers/afgesloten/?op=oudste", "/berichten/?soort=refused"),
)
DESKS = ("/formulieren/?stapel=asked", "/formulieren/?stapel=sent_back")
CHOSEN: Mapping[str, tuple[str, ...]] = {
    Role.MEDIATOR: (*DESKS, "/formulieren/taken/?soort=objection", "/uitwisseling/ontvangen/?stapel=applied"),
    Role.BRUSSELS_DESK: (
        *DESKS,
        *("/formulieren/taken/?soort=withdrawal", "/uitwisseling/ontvangen/?stapel=set_aside"),
        *("/brussel/inschrijvingen/?stand=beeindigd", "/brussel/inschrijvingen/?stand=wel"),
        *("/brussel/inschrijvingen/?organisatie=OE1", "/brussel/inschrijvingen/?organisatie=OE7&stand=wel"),
    ),
    Role.ADMINISTRATOR: ("/beheer/mensen/?lijst=wachten", "/beheer/mensen/?lijst=afgesloten"),
}
"""What can be chosen on lists, beside what links on them lead to."""
CLIENT = {"number": "K20", "family_name": "Familie 20"}
REASON = {"reason": "de klant belde"}
ASKED: Mapping[str, tuple[tuple[str, dict[str, str]], ...]] = {
    Role.COUNSELLOR: (
        ("/dossiers/", {"zoek": "familie 20"}),
        ("/dossiers/zoeken/", {"number": "K20"}),
        ("/aanvragen/nieuw/", {**CLIENT, "purpose": "training"}),
    ),
    Role.MEDIATOR: (
        ("/formulieren/", {"number": "K7"}),
        ("/klanten/", CLIENT),
    ),
    Role.BRUSSELS_DESK: (("/klanten/", CLIENT), ("/brussel/inschrijvingen/", {"number": "K20", **REASON})),
    Role.DATA_PROTECTION_OFFICER: (
        ("/toezicht/", {}),
        ("/toezicht/", {"unit": "OE1"}),
        ("/toezicht/", {"person": "person:1", "kind": "list"}),
        ("/toezicht/", {"person": "person:5003", "since": "2026-02-08", "until": "2026-03-10"}),
        ("/toezicht/", {"unit": "OE7", "kind": "search"}),
        ("/toezicht/", {"kind": "export"}),
        ("/toezicht/", {"number": "K20"}),
        ("/toezicht/", {"kind": "search", "since": "2025-02-08", "until": "2025-03-10"}),
        ("/toezicht/", {"person": "person:1", "unit": "OE9"}),
    ),
    Role.ADMINISTRATOR: (("/beheer/mensen/", {"name": "medewerker 11"}),),
}
"""What is searched: sent in the body, so that no address holds it."""


class Page(NamedTuple):
    """An address, with what is sent to it, if anything; and the name under which its times are put together."""

    name: str
    address: str
    sent: Mapping[str, str] | None = None


def pages_of(person: Person, unit: Unit | None) -> list[Page]:
    """Where this person begins."""
    kind = Role.COUNSELLOR if unit else person.role
    addresses = [entry.address for entry in menu_of(person, unit, "/")]
    addresses += [*(COUNSELLORS if unit else CHOSEN.get(kind, ())), reverse("accessibility")]
    own = {FOR_UNIT: unit.oe_number} if unit else {}
    searched = [searched_at(address, {**sent, **own}) for address, sent in ASKED.get(kind, ())]
    return [*(page for address in addresses if (page := page_at(address))), *searched]


def page_at(address: str) -> Page | None:
    """The page at an address; None where it is none of those that are visited."""
    parts = urlsplit(address)
    try:
        name = resolve(parts.path).url_name
    except Resolver404:
        return None
    if name is None or name in LEFT_OUT:
        return None
    return Page(" ".join([name, *_chosen(parts.query)]), address)


def searched_at(address: str, sent: Mapping[str, str]) -> Page:
    """The page that answers what is sent to that address."""
    named = sorted(field for field in sent if field != FOR_UNIT)
    return Page(f"{resolve(address).url_name} searched by {', '.join(named) or 'nothing'}", address, sent)


def _chosen(query: str) -> Iterator[str]:
    chosen = parse_qs(query, keep_blank_values=False)
    yield from sorted(f"{name}={values[0]}" for name, values in chosen.items() if name in WORDS)
    if PLACE in chosen:
        yield "further on"


def pages_in(text: str, address: str) -> Iterator[Page]:
    """The pages to which the links of a page lead."""
    for link in dict.fromkeys(LINK.findall(text)):
        there = urljoin(address, html.unescape(link))
        if there.startswith("/") and (page := page_at(quote(there, safe="/?&=%_-:.,+"))):
            yield page
