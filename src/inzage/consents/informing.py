"""What a client is told of Actiris: dated texts, and that somebody told them (S08)."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from django.db.models import Q, QuerySet

from inzage.consents.information import LANGUAGES
from inzage.consents.models import ConsentForm, InformationGiven
from inzage.dossiers.models import Dossier


class Text(NamedTuple):
    """One version of the text, given from `since` on; `source` and `status` say whose words they are, and how sure."""

    version: str
    since: date
    source: str
    status: str
    nl: str
    fr: str
    en: str

    @property
    def in_each_language(self) -> list[tuple[str, str]]:
        """The languages, Dutch first, each with its text."""
        return [(language, str(getattr(self, language))) for language in LANGUAGES]


@cache
def texts() -> tuple[Text, ...]:
    """Every version there has been, the first one first (consents/texts/actiris.toml)."""
    read = (files("inzage.consents") / "texts" / "actiris.toml").read_text("utf-8")
    found = [Text(version, **row) for version, row in tomllib.loads(read).items()]
    return tuple(sorted(found, key=lambda text: text.since))


def text_on(day: date) -> Text:
    """The text in force on a day; before the first, the first."""
    begun = [text for text in texts() if text.since <= day]
    return begun[-1] if begun else texts()[0]


def text_called(version: str) -> Text | None:
    """The text of that version."""
    return next((text for text in texts() if text.version == version), None)


def standing(dossier: Dossier) -> QuerySet[InformationGiven]:
    """What was told to this client, without what was taken back; the last first."""
    given = InformationGiven.objects.filter(dossier=dossier, takes_back=None, taken_back_by=None)
    return given.select_related("unit").order_by("-given_on", "-pk")


def told_for(form: ConsentForm) -> InformationGiven | None:
    """That the client was told by whoever this form concerns: its unit, the one that asked it, or the desk."""
    tellers = Q(unit=None) | Q(unit=form.unit_id) | Q(unit=form.asked_by_id)
    return standing(form.dossier).filter(tellers).first()
