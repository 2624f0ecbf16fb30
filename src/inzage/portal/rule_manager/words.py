"""Words for what the figures count, and for what stands beside them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from inzage.portal.templatetags.colons import colon
from inzage.rules.names import ClosingReason, Event, Held, Relation
from inzage.rules.rulebook import EXECUTOR, NO_ACTIVITY, OWNER
from inzage.view_rights.explaining import sentences

WHO: Mapping[str, Promise] = {
    EXECUTOR: _("Uitvoerder"),
    NO_ACTIVITY: _("Wie niets uitvoert"),
    OWNER: _("Eigenaar"),
}
OTHER_SERVICES = _("elke andere dienst")
REASONS: Mapping[str, Promise] = {
    Relation.OWNER: _("Open: de partner is eigenaar"),
    Relation.EXECUTOR: _("Open: er loopt een actie"),
    Event.GRANTED: _("Telt af vanaf de toekenning"),
    Event.ACTIVITY_CLOSED: _("Telt af vanaf het einde van de laatste actie"),
    Event.ACTIVITY_CANCELLED: _("Telt af vanaf het annuleren van de laatste actie"),
    Event.OWNERSHIP_ENDED: _("Telt af vanaf het einde van het eigenaarschap"),
    ClosingReason.WITHDRAWN: _("Eindigt: de klant trok de toestemming in"),
    ClosingReason.DECEASED: _("Eindigt: de klant is overleden"),
    ClosingReason.REVOKED: _("Eindigt: VDAB trok het recht in"),
    ClosingReason.GIVEN_BACK: _("Eindigt: de partner gaf het recht terug"),
    ClosingReason.OBJECTED: _("Eindigt: de klant maakte bezwaar"),
    ClosingReason.CORRECTED: _("Eindigt: een registratie is verbeterd"),
}
HELD: Mapping[str, Promise] = {
    Held.RULE: _("De regel is niet nagekeken"),
    Held.THRESHOLD: _("Er zouden ongewoon veel rechten tegelijk eindigen"),
}


def label_of(rule: str, mark: str) -> str:
    """A rule by whom it is for, an owner's with its service; and how sure it is, where it was not verified (S19)."""
    label = named(rule)
    return f"{label} ({mark})" if mark else label


def who_of(rule: str) -> str:
    """For whom a rule is, by its id."""
    if rule.startswith(OWNER):
        return str(WHO[OWNER])
    return str(WHO[NO_ACTIVITY if rule == NO_ACTIVITY else EXECUTOR])


def named(rule: str) -> str:
    """A rule by whom it is for, which service, and which kind of end where it is for one alone."""
    who, of = who_of(rule), rule.removeprefix(OWNER if rule.startswith(OWNER) else EXECUTOR).strip(".")
    if rule == NO_ACTIVITY:
        return who
    text = sentences(get_language() or "nl")["ends"]
    service, _dot, end = of.rpartition(".")
    service, end = (service, text[end]) if end in text else (of, "")
    service = str(OTHER_SERVICES) if service == "fallback" else service
    *labels, last = filter(None, (who, service, end))
    return " ".join([*map(colon, labels), last])


def words_of(name: str, of: Mapping[str, Promise]) -> str:
    """The words; what has none is shown as it is."""
    return str(of.get(name, name))
