"""Forms that wait at the desks of the demo: some complete, some with something missing (demo mode only)."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from inzage.consents.models import ConsentForm
from inzage.dossiers.addresses import brussels_participants, lives_in_brussels
from inzage.dossiers.models import Client, ClientAccount, Dossier
from inzage.journal.models import Origin
from inzage.partners.models import Person, Unit
from inzage.rules.days import day_of
from inzage.rules.granting import BRUSSELS
from inzage.rules.names import Purpose, Route
from inzage.view_rights.consenting import Asked, ask_right, take_in


class Waiting(NamedTuple):
    """A form at a desk: for what, by which route, how long ago completed (None: left empty), and told of Actiris."""

    purpose: Purpose
    route: Route
    completed_days_ago: int | None
    informed: bool = False


FORMS = (
    Waiting(Purpose.GUIDANCE, Route.FORM, 2),
    Waiting(Purpose.TRAINING, Route.FORM, 1),
    Waiting(Purpose.TRAINING, Route.FORM, None),
    Waiting(Purpose.GUIDANCE, Route.BRUSSELS_FORM, 3, informed=True),
    Waiting(Purpose.TRAINING, Route.BRUSSELS_FORM, 1),
)


def place_forms(at: datetime) -> None:
    """Let the counsellors' units ask rights on dossiers they never had, where no form was ever asked."""
    if ConsentForm.objects.exclude(asked_by=None).exists():
        return
    asker = Person.objects.filter(role=Person.Role.COUNSELLOR).order_by("pk").first()
    unit = asker.units.order_by("pk").first() if asker else None
    if unit is None:
        return
    origin = Origin(by=asker.signature if asker else "", at=at, source="demo")
    for brussels in (True, False):
        forms = [form for form in FORMS if (form.route in BRUSSELS) is brussels]
        for form, dossier in zip(forms, _never_seen_by(unit, day_of(at), brussels=brussels), strict=False):
            _bring(form, dossier, unit, origin)
    _ask_client(unit, origin)


def _ask_client(unit: Unit, origin: Origin) -> None:
    """Let the client who can sign in have something to answer."""
    account = ClientAccount.objects.select_related("client__dossier").order_by("pk").first()
    if account is not None:
        brussels = lives_in_brussels(account.client, day_of(origin.at))
        route = Route.BRUSSELS_FORM if brussels else Route.FORM
        asked = Asked(unit, route, Purpose.TRAINING, by=unit, activity_title="Lassen voor beginners")
        ask_right(account.client.dossier.pk, asked, origin=origin)


def _never_seen_by(unit: Unit, today: date, *, brussels: bool) -> list[Dossier]:
    """Dossiers of clients who live in Brussels, for the Brussels forms, or of others."""
    residents = brussels_participants(Client.objects.all(), today).values("pk")
    alive = Dossier.objects.filter(client__deceased_on=None).exclude(viewright__unit=unit).order_by("pk")
    theirs = alive.filter(client__in=residents) if brussels else alive.exclude(client__in=residents)
    return list(theirs[: len(FORMS)])


def _bring(form: Waiting, dossier: Dossier, unit: Unit, origin: Origin) -> None:
    asked = ask_right(dossier.pk, Asked(unit, form.route, form.purpose, by=unit), origin=origin)
    days_ago = form.completed_days_ago
    completed_on = None if days_ago is None else day_of(origin.at) - timedelta(days=days_ago)
    take_in(asked.pk, completed_on=completed_on, informed_of_actiris=form.informed, origin=origin)
