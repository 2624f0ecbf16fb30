"""`inzage administrator`: the first one, who lets in all others."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from inzage.partners.models import Person
from inzage.partners.people import NotChanged, make_first_administrator
from inzage.project.command import InzageCommand, Wrong, by_operator

LONGEST = 200


class Command(InzageCommand):
    help = (
        "Make the first administrator, known by the subject that the identity provider gives. Once: an administrator "
        "lets in all others, the next administrators too."
    )
    shown = "administrator"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("subject", metavar="SUBJECT", help="who it is, as the provider says it (`sub`)")
        parser.add_argument("--name", required=True, help="what people call him or her")
        parser.add_argument("--issuer", help="the provider; without it the one of INZAGE_OIDC_ISSUER")

    def handle(self, *_args: Any, **options: Any) -> None:
        issuer = _line("issuer", options["issuer"] or settings.OIDC_ISSUER)
        subject, name = _line("subject", options["subject"]), _line("name", options["name"])
        origin = by_operator("inzage administrator").origin
        try:
            person = make_first_administrator(issuer, subject, name, origin)
        except NotChanged as refused:
            raise Wrong(f"{refused}\n{_who()}Nothing was changed.") from refused
        self.stdout.write(f"{person.name} is administrator, as {person.subject} of {person.issuer}.")


def _line(what: str, text: str) -> str:
    text = text.strip()
    if not text or len(text) > LONGEST or not text.isprintable():
        how = " Set INZAGE_OIDC_ISSUER, or say --issuer." if what == "issuer" else ""
        raise Wrong(f"The {what} is 1 to {LONGEST} signs on one line.{how}")
    return text


def _who() -> str:
    """Those there are, so that whoever asks knows whom to ask."""
    there = Person.objects.filter(role=Person.Role.ADMINISTRATOR, is_active=True).order_by("pk")[:5]
    return "".join(f"  {person.name}: {person.subject} of {person.issuer}\n" for person in there)
