"""Who could see a dossier on a day: as it was known then, as it is known now, and what was registered in between."""

import uuid
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from inzage.dossiers.models import Dossier
from inzage.oversight.past_days import Compared, Stood, compared
from inzage.oversight.recorded import Late
from inzage.partners.models import Person
from inzage.portal.doors import Official, for_role
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.fields import Day
from inzage.portal.language import Word
from inzage.portal.protection.watching import watch
from inzage.rules.days import day_of
from inzage.view_rights.explaining import in_words, sentences
from inzage.view_rights.looking import look
from inzage.view_rights.scopes import these

LATE: dict[str, Word] = {
    "grant": gettext_lazy("grond van het recht"),
    "assignment": gettext_lazy("toewijzing"),
    "activity": gettext_lazy("actie"),
    "death": gettext_lazy("overlijden"),
}


class OnDay(Entry):
    """The day that is asked about; the page is asked with it in its address."""

    dag = Day(label=gettext_lazy("Dag"), to_come=False)


class Told(NamedTuple):
    """Of one organisation what could be seen, in words: known then, known now, and what made the difference."""

    unit: str
    oe_number: str
    then: str
    now: str
    difference: str
    late: list[str]


@for_role(Person.Role.DATA_PROTECTION_OFFICER)
def past_day(request: HttpRequest, officer: Official, reference: uuid.UUID) -> HttpResponse:
    """No name and no number of the client: organisations, days and kinds of ground. It is a look, and on record."""
    asked = Dossier.objects.filter(reference=reference).first()
    if asked is None:
        raise Http404
    day_asked = OnDay(request.GET if "dag" in request.GET else {"dag": str(officer.today)})
    day = day_asked.cleaned_data["dag"] if day_asked.is_valid() else None

    def show(_right: object) -> HttpResponse:
        shown = {
            "dossier": asked,
            "on_day": day_asked,
            "wrong": wrong_of(day_asked),
            "day": day,
            "told": _told(compared(these(asked.pk), day)) if day else [],
        }
        return render(request, "portal/protection/past_day.html", shown)

    return look(asked, watch(officer, "wie had inzage op een dag"), show)


def _told(pairs: list[Compared]) -> list[Told]:
    language = get_language() or "nl"
    return [
        Told(
            pair.either.unit_name,
            pair.either.oe_number,
            _right_in_words(pair.then, language),
            _right_in_words(pair.now, language),
            _difference(pair),
            [_late_in_words(one, language) for one in pair.behind_it],
        )
        for pair in pairs
    ]


def _right_in_words(stood: Stood | None, language: str) -> str:
    if stood is None:
        return _("Nee.")
    words = sentences(language)
    grounds = ", ".join(words["grounds"][ground] for ground in stood.grounds)
    return _("Ja, sinds %(granted)s. Grond: %(grounds)s. Laatste dag: %(last_day)s.") % {
        "granted": in_words(stood.granted_on, language),
        "grounds": grounds or words["right"]["no_ground"],
        "last_day": in_words(stood.last_day, language) if stood.last_day else words["right"]["open"],
    }


def _difference(pair: Compared) -> str:
    if not pair.differs:
        return ""
    if pair.then is None:
        return _("Achteraf gezien had deze organisatie een recht.")
    if pair.now is None:
        return _("Achteraf gezien had deze organisatie geen recht.")
    return _("Achteraf gezien had dit recht een andere grond of een ander einde.")


def _late_in_words(one: Late, language: str) -> str:
    return _("Later geregistreerd: %(what)s, geldig vanaf %(holds_from)s, ingevoerd op %(recorded)s.") % {
        "what": LATE[one.what],
        "holds_from": in_words(one.holds_from, language),
        "recorded": in_words(day_of(one.recorded_at), language),
    }
