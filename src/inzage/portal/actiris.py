"""What a page says of a Brussels participant: the enrolment with Actiris, the task, and what the client was told."""

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inzage.consents.informing import Text, standing, text_on
from inzage.consents.models import InformationGiven
from inzage.dossiers.addresses import home_read
from inzage.dossiers.enrolments import LACKING, status_on
from inzage.dossiers.models import Dossier, Enrolment
from inzage.journal.models import Origin
from inzage.partners.models import Unit
from inzage.portal.entering import Entry, Radios
from inzage.portal.fields import Day
from inzage.portal.language import spoken
from inzage.portal.words import CHANNELS, ENROLMENTS, LANGUAGES, choices
from inzage.rules.brussels import in_brussels, municipalities, ways_to_enrol
from inzage.rules.names import Channel, EnrolmentStatus
from inzage.tasks.models import Task
from inzage.view_rights.enrolling import Answer, record_enrolment
from inzage.view_rights.informing import Told, inform
from inzage.view_rights.watching import task_of


class OnActiris(NamedTuple):
    """The state of affairs on a day. `lives_in` is the municipality; `ways` tell how the client can enrol (S09)."""

    lives_in: str
    enrolment: Enrolment | None
    status: str
    is_lacking: bool
    ways: list[str]
    task: Task | None = None
    told: InformationGiven | None = None


def on_actiris(dossier: Dossier, today: date, unit: Unit) -> OnActiris | None:
    """What there is to say of a Brussels participant; nothing of anybody else. The task is this unit's."""
    state = brussels_state(dossier, today)
    if state is None:
        return None
    told = standing(dossier).filter(Q(unit=None) | Q(unit=unit)).first()
    return state._replace(task=task_of(dossier, unit), told=told)


def brussels_state(dossier: Dossier, today: date) -> OnActiris | None:
    """The same without task and without what the client was told: asks nothing of a dossier read `with_home`."""
    lives_in = home_read(dossier)
    if not in_brussels(lives_in, today):
        return None
    enrolment: Enrolment | None = getattr(dossier.client, "enrolment", None)
    status = status_on(enrolment, today)
    return OnActiris(
        lives_in=named(lives_in),
        enrolment=enrolment,
        status=str(status or ""),
        is_lacking=status in LACKING,
        ways=list(ways_to_enrol(spoken()).values()),
    )


def named(nis_code: str) -> str:
    """A municipality of Brussels by its name, French on a French page and Dutch on others; another by its NIS code."""
    found = municipalities().get(nis_code)
    if found is None:
        return nis_code
    return found.fr if spoken() == "fr" else found.nl


class Inform(Entry):
    """That the client was told, with the text that stands beside it (S08)."""

    name, button = "inform", _("Noteren dat de klant ingelicht is")
    given_on = Day(label=_("Ingelicht op"), to_come=False)
    language = forms.ChoiceField(
        label=_("In welke taal"),
        choices=choices(LANGUAGES),
        initial="nl",
        widget=Radios,
        error_messages={"required": _("Kies de taal waarin de klant de tekst kreeg.")},
    )
    version = forms.CharField(widget=forms.HiddenInput(attrs={"id": False}), max_length=20)

    def __init__(self, text: Text, *args: Any, today: date, **kwargs: Any) -> None:
        initial = {"given_on": today, "version": text.version}
        super().__init__(*args, prefix=self.name, initial=initial, **kwargs)

    def carry_out(self, dossier: Dossier, unit: Unit | None, origin: Origin) -> None:
        """Record it for this unit, or for the desk."""
        entered = self.cleaned_data
        told = Told(entered["version"], entered["language"], entered["given_on"], unit)
        inform(dossier.pk, told, origin=origin)


def text_today(today: date) -> Text:
    """The text that a client is told today."""
    return text_on(today)


class Enrol(Entry):
    """How the enrolment was found to stand, by the desk or by the school."""

    name, button = "enrol", _("Inschrijving noteren")
    status = forms.ChoiceField(
        label=_("Stand van de inschrijving"),
        choices=[(value, word) for value, word in choices(ENROLMENTS) if value],
        widget=Radios,
        error_messages={"required": _("Kies hoe het met de inschrijving staat.")},
    )
    channel = forms.ChoiceField(
        label=_("Hoe ingeschreven"), choices=[("", _("niet bekend")), *choices(CHANNELS)], required=False
    )
    enrolled_on = Day(label=_("Ingeschreven op"), required=False)
    ended_on = Day(label=_("Eerste dag zonder inschrijving"), required=False)
    checked_on = Day(label=_("Nagekeken op"), to_come=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        initial = {"checked_on": today, **kwargs.pop("initial", {})}
        super().__init__(*args, prefix=self.name, initial=initial, **kwargs)

    def carry_out(self, dossier: Dossier, origin: Origin) -> None:
        """Record it; the origin says whether the desk or the school found it so."""
        entered = self.cleaned_data
        channel = Channel(entered["channel"]) if entered["channel"] else None
        found = Answer(
            EnrolmentStatus(entered["status"]), channel, entered["enrolled_on"], entered["ended_on"]
        )
        record_enrolment(dossier.pk, found, checked_on=entered["checked_on"], origin=origin)
