"""Why an organisation may see the dossier and until when, in short sentences for the client."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from inzage.portal.language import spoken
from inzage.rules.names import ClosingReason, Event, Ground, Purpose, Relation, Status
from inzage.view_rights.explaining import Floor, floor_under, in_words, last_day_by_rule, rule_behind
from inzage.view_rights.models import ON_A_CONSENT, Grant, ViewRight
from inzage.view_rights.rules_in_words import term_in_words

GROUNDS: Mapping[str, str | Promise] = {
    Ground.ASSIGNMENT: _("VDAB wees u op %(day)s toe aan deze organisatie: %(what)s."),
    Ground.MEDIATOR: _("U gaf op %(day)s toestemming bij uw bemiddelaar, voor %(what)s."),
    Ground.FORM: _("U gaf op %(day)s toestemming met een formulier, voor %(what)s."),
    Ground.BRUSSELS_FORM: _("U gaf op %(day)s toestemming met een Brussels formulier, voor %(what)s."),
    Ground.IBIS: _(
        "Deze organisatie schreef u op %(day)s in voor een opleiding in IBIS, een systeem van Actiris."
    ),
    Ground.RESTORED: _("Dit recht was door een fout weg. Op %(day)s kwam het terug."),
}
PURPOSES: Mapping[str, str | Promise] = {
    Purpose.GUIDANCE: _("begeleiding"),
    Purpose.TRAINING: _("een opleiding"),
}
NO_GROUND = _("De toestemming of toewijzing is voorbij. Het recht loopt nog af.")
EVENTS: Mapping[str, str | Promise] = {
    Event.OWNERSHIP_ENDED: _("het einde van de toewijzing door VDAB"),
    Event.ACTIVITY_CLOSED: _("het einde van uw laatste activiteit bij deze organisatie"),
    Event.ACTIVITY_CANCELLED: _("het annuleren van uw laatste activiteit bij deze organisatie"),
    Event.GRANTED: _("de dag waarop het recht begon of opnieuw werd gegeven"),
}
NO_LAST_DAY: Mapping[str, str | Promise] = {
    Relation.OWNER: _(
        "Er is nog geen laatste dag. Het recht loopt zolang VDAB u aan deze organisatie toewijst."
    ),
    Relation.EXECUTOR: _(
        "Er is nog geen laatste dag. Het recht loopt zolang u een activiteit hebt bij deze organisatie."
    ),
}
NO_LAST_DAY_KNOWN = _("Er is nog geen laatste dag bekend.")
ENDS_BY: Mapping[str, str | Promise] = {
    ClosingReason.WITHDRAWN: _("U trok uw toestemming in."),
    ClosingReason.DECEASED: _("Een overlijden werd gemeld."),
    ClosingReason.REVOKED: _("VDAB nam het recht terug."),
    ClosingReason.GIVEN_BACK: _("De organisatie gaf het recht zelf terug."),
    ClosingReason.OBJECTED: _("U sloot deze organisatie uit."),
    ClosingReason.CORRECTED: _(
        "Er was iets verkeerd geregistreerd. Dat is verbeterd, en daarom stopte het recht."
    ),
}
MOVED = _(
    "Een nieuwe regel geeft %(term)s na %(event)s (%(day)s). Voor termijnen die al lopen, geldt die regel pas vanaf "
    "%(last_day)s. Daarom stopt het recht op die dag."
)
NOT_VERIFIED = _(
    "De regel voor het einde van dit recht is nog niet door VDAB bevestigd. Wij rekenen met de regel die er het best "
    "bij past. De laatste dag kan dus nog veranderen."
)
NO_RULE = _(
    "Voor dit geval is er geen gepubliceerde regel. Wij gebruiken de regel die er het dichtst bij ligt. "
    "De laatste dag kan dus nog veranderen."
)
HELD = _("De laatste dag wordt nog nagekeken door een medewerker. Tot dan mag de organisatie blijven kijken.")


def said(day: date) -> str:
    """A day in the language of this page."""
    return in_words(day, get_language() or "nl")


def counting(grants: Iterable[Grant], on: date) -> list[Grant]:
    """The grounds that bear a right on that day, in the order of their days."""
    known = (grant for grant in grants if grant.granted_on <= on)
    left = (grant for grant in known if grant.withdrawn_on is None or grant.withdrawn_on > on)
    return sorted(left, key=attrgetter("granted_on", "pk"))


def grounds(grants: Iterable[Grant], on: date) -> list[str]:
    """On what a right rests on that day, a sentence for each ground."""
    return [_ground(grant) for grant in counting(grants, on)]


def _ground(grant: Grant) -> str:
    day, what = grant.granted_on, ""
    if grant.form is not None:
        day = grant.form.completed_on or day
        what = str(PURPOSES[grant.form.purpose])
    elif grant.assignment is not None:
        what = grant.assignment.service.name
    return str(GROUNDS[grant.ground]) % {"day": said(day), "what": what}


def because(right: ViewRight) -> str:
    """Why the last day is the last, or why there is none yet."""
    if right.ends_by != ClosingReason.TERM:
        return str(ENDS_BY[right.ends_by])
    if right.anchor_on is None:
        return str(NO_LAST_DAY.get(right.relation, NO_LAST_DAY_KNOWN))
    term = {
        "term": term_in_words(rule_behind(right), spoken()),
        "event": EVENTS[right.anchor_event],
        "day": said(right.anchor_on),
    }
    floor, last_day = floor_under(right), last_day_by_rule(right)
    if floor is Floor.MOVED and last_day:
        return MOVED % {**term, "last_day": said(last_day)}
    counted = gettext("Dat is %(term)s na %(event)s (%(day)s).") % term
    if floor is Floor.KNOWN_LATE:
        return gettext(
            "%(counted)s Wij wisten dat pas later. Daarom stopt het recht pas op de dag waarop wij het wisten."
        ) % {"counted": counted}
    return counted


def doubts(right: ViewRight) -> Iterator[str]:
    """What is not sure about the last day (S19)."""
    if right.ends_by == ClosingReason.TERM:
        if right.rule_gap:
            yield str(NO_RULE)
        elif right.rule_status != Status.VERIFIED:
            yield str(NOT_VERIFIED)
    if right.held:
        yield str(HELD)


MOVERS: Mapping[str, str | Promise] = {
    "ownership_ends": _(
        "Stopt VDAB vandaag de toewijzing? Dan mag de organisatie nog kijken tot en met %(day)s."
    ),
    "activities_close": _(
        "Stoppen uw activiteiten vandaag? Dan mag de organisatie nog kijken tot en met %(day)s."
    ),
    "activity_begins": _(
        "Begint u vandaag een activiteit bij deze organisatie? Dan is de laatste dag %(day)s."
    ),
    "given_back": _("Geeft de organisatie het recht vandaag terug? Dan stopt het meteen."),
}
MOVERS_OPEN: Mapping[str, str | Promise] = {
    "ownership_ends": _(
        "Stopt VDAB vandaag de toewijzing? Dan loopt het recht verder zolang u een activiteit hebt."
    ),
    "activities_close": _(
        "Stoppen uw activiteiten vandaag? Dan loopt het recht verder zolang de toewijzing duurt."
    ),
    "activity_begins": _(
        "Begint u een activiteit bij deze organisatie? Dan loopt het recht zolang die duurt."
    ),
}


def moved(key: str, last_day: date | None) -> str | None:
    """What would move the last day, and to when; None for what a client has no part in."""
    if key not in MOVERS:
        return None
    if last_day is None:
        return str(MOVERS_OPEN[key])
    return str(MOVERS[key]) % {"day": said(last_day)}


def withdrawing(bears: Collection[str]) -> str | None:
    """What withdrawing every consent would do today to a right that these grounds bear; None where no consent does."""
    consents = [ground for ground in bears if ground in ON_A_CONSENT]
    if not consents:
        return None
    if len(consents) < len(bears):
        return gettext("Trekt u uw toestemming in? Dan blijft het recht, want het steunt ook op iets anders.")
    return gettext("Trekt u uw toestemming in? Dan stopt het recht meteen.")
