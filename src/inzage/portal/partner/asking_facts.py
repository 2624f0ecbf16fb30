"""What decides over the way to a right: which routes the facts leave open and why, and what is there already."""

from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from inzage.consents.desks import UNDER_WAY
from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Dossier
from inzage.portal.acting import Counsellor
from inzage.rules.names import Ground, Route, UnitKind, Way
from inzage.rules.next_steps import ways_to_right
from inzage.view_rights.brussels_forms import routes_of_consent
from inzage.view_rights.consenting import Asked, consent_among
from inzage.view_rights.explaining import in_words
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.next_steps import in_words as way_in_words

WAYS: dict[Route, str | Promise] = {
    Route.FORM: _("met het formulier"),
    Route.MEDIATOR: _("de klant geeft de toestemming bij de bemiddelaar"),
    Route.BRUSSELS_FORM: _("met het Brusselse formulier"),
    Route.BRUSSELS_IBIS: _("met het Brusselse formulier, bij de lijn uit IBIS"),
}
WHY: dict[Route, str | Promise] = {
    Route.FORM: _(
        "De klant woont niet in Brussel. U vult het formulier samen met de klant volledig in, een handtekening is niet "
        "nodig, en de klant bezorgt het aan de bemiddelaar."
    ),
    Route.MEDIATOR: _(
        "De klant woont niet in Brussel. De bemiddelaar legt de toestemming vast, en er is geen formulier nodig. "
        "De aanvraag staat dan op de werklijst van de bemiddelaar."
    ),
    Route.BRUSSELS_FORM: _(
        "De klant woont in Brussel. U vult het Brusselse formulier samen met de klant volledig in, en bezorgt het aan "
        "VDAB Brussel. Zeg de klant vooraf dat VDAB en Actiris gegevens uitwisselen."
    ),
    Route.BRUSSELS_IBIS: _(
        "De klant woont in Brussel, en uw organisatie heeft er al een lijn uit IBIS. Ook dan is het Brusselse "
        "formulier nodig: bezorg het aan de contactpersoon voor IBIS bij VDAB Brussel."
    ),
}


class Facts(NamedTuple):
    """What decides over the way, for the unit that gets the right; of another unit than the own one nothing is told.

    `right` is the own right that stands; `is_assigned` that it came from an assignment; `assigned_from` the day on
    which one is to come; `is_consented` that the client consented to the same at the mediator; `asked` what is under
    way.
    """

    asked_of: Asked
    routes: tuple[Route, ...]
    ways: tuple[Way, ...]
    right: ViewRight | None
    is_assigned: bool
    assigned_from: date | None
    is_consented: bool
    asked: ConsentForm | None

    @property
    def standing(self) -> str:
        """That an own right stands, and until when."""
        if self.right is None:
            return ""
        if self.right.last_day is None:
            return gettext("Uw organisatie heeft al een inzagerecht op dit dossier, zonder einde in zicht.")
        day = in_words(self.right.last_day, get_language() or "nl")
        return gettext("Uw organisatie heeft al een inzagerecht op dit dossier, tot en met %(day)s.") % {
            "day": day
        }

    @property
    def explained(self) -> list[tuple[str | Promise, str | Promise]]:
        """The routes, each with why it is open and what happens on it."""
        return [(WAYS[route], WHY[route]) for route in self.routes]

    @property
    def others(self) -> list[str]:
        """What else leads to a right, beginning nowhere in this application."""
        language = get_language() or "nl"
        return [way_in_words(way, language) for way in self.ways if way in (Way.IBIS, Way.ASSIGNMENT)]

    @property
    def is_to_be_asked(self) -> bool:
        """Whether there is anything to ask: not what is under way, nor on a form what was consented to already."""
        return self.asked is None and not (self.is_consented and Route.MEDIATOR not in self.routes)


def facts_of(dossier: Dossier, asked: Asked, right: ViewRight | None, counsellor: Counsellor) -> Facts:
    """The facts of the day about this dossier, unit and purpose; `right` is the own right that stands."""
    unit, today = asked.unit, counsellor.today
    is_own = unit == counsellor.unit
    routes = routes_of_consent(dossier, unit, by=counsellor.unit, on=today)
    ways = ways_to_right(
        UnitKind(unit.kind),
        in_brussels=Route.MEDIATOR not in routes,
        from_ibis=Route.BRUSSELS_IBIS in routes,
    )
    own = Grant.objects.filter(dossier=dossier, unit=unit, withdrawn_on=None).select_related("form")
    grants = list(own) if is_own else []
    assigned = [grant for grant in grants if grant.ground == Ground.ASSIGNMENT]
    same = {"dossier": dossier, "unit": unit, "purpose": asked.purpose, "asked_by": counsellor.unit}
    return Facts(
        asked_of=asked,
        routes=routes,
        ways=ways if is_own else (),
        right=right if is_own else None,
        is_assigned=right is not None and any(one.right_id == right.pk for one in assigned),
        assigned_from=min((one.granted_on for one in assigned if one.granted_on > today), default=None),
        is_consented=right is not None and consent_among(grants, right, asked.purpose),
        asked=ConsentForm.objects.filter(**same, state__in=UNDER_WAY).first(),
    )
