"""Following one dossier: all looks, decisions, and the history of its rights with their reasons, in time order."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inzage.access_log.models import Decided, ShownDossier
from inzage.dossiers.models import Dossier
from inzage.partners.models import Person, Unit
from inzage.portal.doors import Official, for_role
from inzage.portal.protection.happenings import Happening, happenings
from inzage.portal.protection.rows import OF_A_PERSON, Who, units_numbered, who_signed
from inzage.portal.protection.watching import watch
from inzage.portal.protection.words import DENIALS, KINDS, PARTS, VERDICTS, words_of
from inzage.portal.templatetags.colons import colon
from inzage.rules.days import day_of
from inzage.rules.names import Status
from inzage.rules.viewing import YES
from inzage.view_rights.explaining import in_words, sentences, state_in_words
from inzage.view_rights.held import RestorationAnswer
from inzage.view_rights.looking import look
from inzage.view_rights.models import ViewRightVersion


class Told(NamedTuple):
    """Something that happened: when, what kind of thing, by whom, for which unit, and what there is to say."""

    at: datetime
    what: str
    who: Who
    unit: Unit | None
    sentences: list[str]
    line: int | None
    state: str


@for_role(Person.Role.DATA_PROTECTION_OFFICER)
def dossier(request: HttpRequest, officer: Official, reference: uuid.UUID) -> HttpResponse:
    """The one page on which the officer reads a client's name: that is a look, and on record as one."""
    followed = Dossier.objects.select_related("client").filter(reference=reference).first()
    if followed is None:
        raise Http404

    def show(_right: object) -> HttpResponse:
        page, after = happenings(followed.pk, request.GET.get("na", ""))
        shown = {
            "dossier": followed,
            "told": _told(page, get_language() or "nl"),
            "after": after,
            "started": request.GET.get("na"),
        }
        return render(request, "portal/protection/dossier.html", shown)

    return look(followed, watch(officer, "volgt dossier"), show)


def _told(page: Iterable[Happening], language: str) -> list[Told]:
    happened = list(page)
    restored = _restored([each.what for each in happened if isinstance(each.what, ViewRightVersion)])
    deciders = [by for answer in restored.values() for by in (answer.asked_by, answer.answered_by)]
    people = who_signed([*deciders, *(_signature(each.what) for each in happened)])
    oe_numbers = {_unit(each.what) for each in happened if not isinstance(each.what, ViewRightVersion)}
    units = units_numbered(oe_numbers)
    told = []
    for each in happened:
        what, who = each.what, people[_signature(each.what)]
        if isinstance(what, ViewRightVersion):
            title = _("inzagerecht")
            said = _right_in_words(what, language)
            if answer := restored.get((what.right_id, what.recorded_at)):
                said.extend(_restoring_in_words(answer, people, language))
            told.append(Told(each.at, title, who, what.unit, said, None, "ended" if what.closed_on else ""))
        elif isinstance(what, Decided):
            state = "" if what.allowed else "refused"
            said = _decision_in_words(what, language)
            told.append(Told(each.at, _("beslissing"), who, units.get(what.unit), said, None, state))
        else:
            kind = words_of(what.line.kind, KINDS)
            said = _look_in_words(what, language)
            told.append(Told(each.at, kind, who, units.get(what.line.unit), said, what.line_id, ""))
    return told


def _restored(versions: Iterable[ViewRightVersion]) -> dict[tuple[int, datetime], RestorationAnswer]:
    """Of those that opened by a restoration, by the right and the moment, what was answered: one question."""
    answers = RestorationAnswer.objects.filter(opened__in={version.right_id for version in versions})
    found = answers.select_related("restoration")
    return {(answer.opened_id, answer.at): answer for answer in found if answer.opened_id}


def _restoring_in_words(answer: RestorationAnswer, people: Mapping[str, Who], language: str) -> Iterator[str]:
    """Who asked, who approved, and why."""
    request = answer.restoration
    yield _(
        "Hersteld na een fout: gevraagd door %(asked_by)s op %(day)s, goedgekeurd door %(approved_by)s."
    ) % {
        "asked_by": people[answer.asked_by].name,
        "day": in_words(day_of(request.asked_at), language),
        "approved_by": people[answer.answered_by].name,
    }
    yield _("Waarom het afsluiten een fout was: %(reason)s") % {"reason": request.reason}
    if answer.remark:
        yield _("Bij de goedkeuring: %(remark)s") % {"remark": answer.remark}


def _signature(what: ShownDossier | Decided | ViewRightVersion) -> str:
    if isinstance(what, ViewRightVersion):
        return what.recorded_by
    if isinstance(what, Decided):
        return f"{OF_A_PERSON}{what.person}" if what.person else what.record.caller
    return what.line.person


def _unit(what: ShownDossier | Decided) -> str:
    return what.unit if isinstance(what, Decided) else what.line.unit


def _look_in_words(shown: ShownDossier, language: str) -> list[str]:
    said = f"{colon(words_of(shown.line.part, PARTS))} {words_of(shown.verdict, VERDICTS)}"
    until = _until(shown.rule, shown.rule_status, shown.last_day, language)
    stated = _("Opgegeven reden: %(reason)s") % {"reason": shown.line.stated_reason}
    return [said, *until, *([stated] if shown.line.stated_reason else [])]


def _decision_in_words(decided: Decided, language: str) -> list[str]:
    allowed = decided.reason in YES
    answer = _("ja") if allowed else _("nee")
    why = words_of(decided.reason, VERDICTS) if allowed else words_of(decided.reason, DENIALS)
    asked = _("Gevraagd door %(caller)s. Antwoord: %(answer)s (%(why)s).") % {
        "caller": decided.record.caller,
        "answer": answer,
        "why": why,
    }
    return [asked, *_until(decided.rule, decided.rule_status, decided.last_day, language)]


def _until(rule: str, status: str, last_day: object, language: str) -> list[str]:
    """By which rule, how sure that is where it was not verified (S19), and until when."""
    if not rule:
        return []
    mark = "" if status in ("", Status.VERIFIED) else f" ({sentences(language)['statuses'][status]})"
    day = in_words(last_day, language) if last_day else sentences(language)["right"]["open"]  # type: ignore[arg-type]
    return [_("Regel %(rule)s%(mark)s, laatste dag: %(day)s.") % {"rule": rule, "mark": mark, "day": day}]


def _right_in_words(version: ViewRightVersion, language: str) -> list[str]:
    granted = _("Toegekend op %(day)s.") % {"day": in_words(version.granted_on, language)}
    return [granted, *state_in_words(version, language)]
