"""The lines of the log in the client's words: who, when, at what, whether it was allowed and why, what was asked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import AccessLine, Decided, Question, ShownDossier
from inzage.dossiers.models import Dossier
from inzage.portal.client.log import Seen
from inzage.portal.client.own_dossier import with_grounds
from inzage.portal.client.sentences import grounds, said
from inzage.portal.client.staff import OF_A_PERSON, Signed, staff_named
from inzage.portal.templatetags.colons import colon
from inzage.rules.days import BRUSSELS, day_of
from inzage.rules.names import Part, Status
from inzage.rules.viewing import Reason, Verb
from inzage.view_rights.models import ViewRight

KINDS: Mapping[str, str | Promise] = {
    AccessLine.Kind.LOOK: _("opende uw dossier"),
    AccessLine.Kind.LIST: _("zag u in een lijst"),
    AccessLine.Kind.SEARCH: _("zocht u op met uw nummer"),
    AccessLine.Kind.EXPORT: _("haalde een lijst op waar u in staat"),
}
PARTS: Mapping[str, str | Promise] = {
    Part.GENERAL: _("de algemene gegevens en uw stappen naar werk"),
    Part.STEPS: _("uw stappen naar werk"),
    Part.CONFIDENTIAL: _("het vertrouwelijke deel"),
}
VERBS: Mapping[str, str | Promise] = {
    Verb.VIEW: _("mag kijken"),
    Verb.REGISTER: _("gegevens mag invullen"),
}
ALLOWED: Mapping[str, str | Promise] = {
    Reason.RIGHT_STANDS: _("Ja, de organisatie had een inzagerecht."),
    Reason.RIGHT_CLOSED: _(
        "Ja, maar het recht was voorbij. Te zien was alleen dat u er klant was, niet uw dossier."
    ),
    Reason.NO_RIGHT: _(
        "Ja, maar zonder inzagerecht. Te zien was alleen dat u er bekend bent, niet uw dossier."
    ),
    Reason.WORK_LIST: _("Ja, uw dossier stond op de werklijst van VDAB."),
    Reason.STATED_REASON: _("Ja, VDAB mag uw dossier inkijken en gaf een reden."),
    "vdab": _("Ja, VDAB beheert uw dossier en heeft er geen inzagerecht voor nodig."),
}
UNVERIFIED = _("De regel voor de laatste dag van dit recht was nog niet door VDAB bevestigd.")


class Asked(NamedTuple):
    """A question about a look: what was asked and when, and the answer, or until when it can come in time."""

    text: str
    on: str
    due_on: str
    is_overdue: bool
    to_vdab: bool
    answer: str
    answered_on: str
    by_officer: bool


class Look(NamedTuple):
    """One line as the client reads it. `number` is by which "why?" is asked; 0 where it can't be.

    Of lines that say the same, one after the other, one stands for all: `times` of them, from `since` on.
    """

    day: date
    at: str
    since: str
    who: str
    staff: str
    what: str
    allowed: list[str]
    stated_reason: str
    doubt: str
    number: int
    asked: list[Asked]
    may_ask: bool
    folds: bool
    times: int = 1

    def says_as(self, other: "Look") -> bool:
        """Whether one of the two can stand for both: no opening of a dossier, and nothing asked about it."""
        return self.folds and self == other._replace(
            at=self.at, since=self.since, number=self.number, times=self.times
        )


class Told(NamedTuple):
    """What the words of a page of lines are made from, read once for all of them."""

    units: Mapping[str, str]
    staff: Mapping[Signed, str]
    rights: Mapping[int, ViewRight]
    questions: Mapping[int, Sequence[Question]]
    today: date


def told(seen: Sequence[Seen], dossier: Dossier, units: Mapping[str, str], today: date) -> Told:
    """Read what these lines need: people, rights, questions; `units` names each OE number."""
    looks = [one for one in seen if isinstance(one, ShownDossier)]
    rights = ViewRight.objects.filter(dossier=dossier).prefetch_related(with_grounds(dossier))
    questions: dict[int, list[Question]] = {}
    for question in Question.objects.filter(shown__in=[one.pk for one in looks]).order_by("pk"):
        questions.setdefault(question.shown_id, []).append(question)
    return Told(
        units,
        staff_named({signed(one) for one in seen}, dossier),
        rights.in_bulk([one.right for one in seen if one.right]),
        questions,
        today,
    )


def signature_of(seen: Seen) -> str:
    """Who it was, as the log names people; empty where it names none."""
    if isinstance(seen, ShownDossier):
        return seen.line.person
    return f"{OF_A_PERSON}{seen.person}" if seen.person else ""


def signed(seen: Seen) -> Signed:
    """Who it was, and when."""
    at = seen.line.at if isinstance(seen, ShownDossier) else seen.record.timestamp
    return Signed(signature_of(seen), at)


def in_words(seen: Seen, told: Told) -> Look:
    """One line, in the language of this page."""
    return _shown(seen, told) if isinstance(seen, ShownDossier) else _decided(seen, told)


def _shown(shown: ShownDossier, told: Told) -> Look:
    line, questions = shown.line, told.questions.get(shown.pk, ())
    what = str(KINDS[line.kind])
    if line.kind == AccessLine.Kind.LOOK:
        what = f"{colon(what)} {PARTS[line.part]}"
    return Look(
        day=day_of(line.at),
        at=_hour(line.at),
        since=_hour(line.at),
        who=who(line.unit, told.units),
        staff=told.staff[signed(shown)],
        what=f"{what}.",
        allowed=_allowed(shown.verdict, shown.right, day_of(line.at), told),
        stated_reason=line.stated_reason,
        doubt=_doubt(shown.rule_status),
        number=shown.pk,
        asked=[asked(question, told.today) for question in questions],
        may_ask=all(question.answered_at for question in questions),
        folds=line.kind != AccessLine.Kind.LOOK and not questions,
    )


def _decided(decided: Decided, told: Told) -> Look:
    """Nobody looked yet: another system asked whether somebody may, and was told yes."""
    at = decided.record.timestamp
    what = gettext("Een ander systeem (%(system)s) vroeg of deze persoon %(may)s.") % {
        "system": decided.record.caller,
        "may": VERBS.get(decided.action, VERBS[Verb.VIEW]),
    }
    if decided.asked_about:
        about = gettext("Het ging over %(day)s.") % {"day": said(day_of(decided.asked_about))}
        what = f"{what} {about}"
    return Look(
        day=day_of(at),
        at=_hour(at),
        since=_hour(at),
        who=who(decided.unit, told.units),
        staff=told.staff[signed(decided)] if signature_of(decided) else "",
        what=what,
        allowed=_allowed(decided.reason, decided.right, day_of(decided.asked_about or at), told),
        stated_reason="",
        doubt=_doubt(decided.rule_status),
        number=0,
        asked=[],
        may_ask=False,
        folds=True,
    )


def _hour(at: datetime) -> str:
    return f"{at.astimezone(BRUSSELS):%H:%M}"


def who(oe_number: str, units: Mapping[str, str]) -> str:
    """The organisation; VDAB where the line names none."""
    return units.get(oe_number, oe_number) if oe_number else "VDAB"


def _allowed(verdict: str, right_id: int | None, on: date, told: Told) -> list[str]:
    """Whether it was allowed, and on what ground as far as that is known now."""
    sentences = [str(ALLOWED.get(verdict, ALLOWED["vdab"]))]
    right = told.rights.get(right_id) if right_id else None
    if verdict == Reason.RIGHT_STANDS and right is not None:
        sentences += grounds(right.grants.all(), on)
    return sentences


def _doubt(rule_status: str) -> str:
    return "" if rule_status in ("", Status.VERIFIED) else str(UNVERIFIED)


def asked(question: Question, today: date) -> Asked:
    """A question and what came of it."""
    return Asked(
        text=question.text,
        on=said(day_of(question.asked_at)),
        due_on=said(question.due_on),
        is_overdue=question.is_overdue(today),
        to_vdab=question.unit_id is None,
        answer=question.answer,
        answered_on=said(day_of(question.answered_at)) if question.answered_at else "",
        by_officer=question.by_officer,
    )


def by_day(looks: Iterable[Look]) -> dict[str, list[Look]]:
    """The lines under their day, each day once; what says the same again is counted and not repeated."""
    days: dict[str, list[Look]] = {}
    for look in looks:
        of_day = days.setdefault(said(look.day), [])
        if of_day and of_day[-1].says_as(look):
            of_day[-1] = of_day[-1]._replace(since=look.since, times=of_day[-1].times + 1)
        else:
            of_day.append(look)
    return days
