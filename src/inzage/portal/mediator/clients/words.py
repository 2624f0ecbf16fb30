"""What a desk reads before and after it changes who may look, in plain sentences."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from inzage.dossiers.models import Assignment
from inzage.partners.models import Service, Unit
from inzage.portal.mediator.tasks.words import KINDS, kind_of, sentence_of
from inzage.portal.refusing import sentence_of as refused
from inzage.rules.names import OwnershipEnd
from inzage.tasks.models import Task
from inzage.view_rights.assigning import NotAssigned
from inzage.view_rights.explaining import in_words, sentences
from inzage.view_rights.foreseeing import Foreseen
from inzage.view_rights.models import ViewRight

NOT_ASSIGNED: Mapping[str, str | Promise] = {
    "second_owner": gettext_lazy(
        "Op die dagen is een andere organisatie eigenaar van dit dossier: beëindig eerst die toewijzing."
    ),
    "assignment_ended": gettext_lazy("Deze toewijzing was al beëindigd. Er is niets gewijzigd."),
    "end_without_reason": gettext_lazy("Schrijf waarom de toewijzing eindigt."),
    "end_before_start": gettext_lazy(
        "Die dag ligt vóór het begin van de toewijzing: geef het begin zelf of een latere dag."
    ),
}
OTHER_TASKS: Mapping[str, str | Promise] = {
    Task.Kind.ENROLMENT: gettext_lazy("Inschrijving bij Actiris na te kijken"),
    Task.Kind.BALANCE: gettext_lazy("Verschil in de balans met Actiris"),
    Task.Kind.IBIS_DIFFERENCE: gettext_lazy("Verschil met IBIS"),
    Task.Kind.QUESTION: gettext_lazy("Vraag van de klant over een blik in het dossier"),
}
"""The tasks that are handled elsewhere."""


def said(day: date) -> str:
    """A day in the language of the page."""
    return in_words(day, get_language() or "nl")


def why_not(refusal: Exception) -> str:
    """The sentence for who wanted to assign, or to end an assignment."""
    if isinstance(refusal, NotAssigned):
        return str(NOT_ASSIGNED[refusal.reason])
    return refused(refusal)


def task_in_words(task: Task) -> str:
    """Its kind, and what happened where the desks' own pages say that."""
    if task.kind in KINDS:
        return f"{kind_of(task)}. {sentence_of(task)}"
    return f"{OTHER_TASKS[task.kind]}."


def until(right: ViewRight, while_open: str) -> str:
    """Until when a right that stands lasts; `while_open` says it of one that nothing ends yet."""
    if right.last_day is None:
        return while_open
    return _("tot en met %(day)s") % {"day": said(right.last_day)}


def what_assigning_does(
    unit: Unit, service: Service, on: date, foreseen: Foreseen, *, today: date, is_shut_out: bool
) -> list[str]:
    """Told before the assignment is confirmed."""
    names = {"unit": unit.name, "service": service.name, "day": said(on)}
    if foreseen.after is not None:
        names["until"] = until(foreseen.after, _("zolang de toewijzing duurt"))
    if not service.tendered:
        return list(_opens_nothing(names, foreseen))
    return [*_opens(names, on, foreseen, today), *(_against(names) if is_shut_out else ())]


def _opens_nothing(names: dict[str, str], foreseen: Foreseen) -> Iterator[str]:
    yield (
        _("De toewijzing wordt bewaard, maar opent geen inzagerecht: %(service)s is geen getenderde dienst.")
        % names
    )
    if foreseen.before is None:
        yield _("Wil %(unit)s het dossier inzien, dan moet de klant daarmee instemmen.") % names
    else:
        yield _("Het inzagerecht dat %(unit)s nu heeft, verandert niet.") % names


def _opens(names: dict[str, str], on: date, foreseen: Foreseen, today: date) -> Iterator[str]:
    if on > today:
        yield _("%(unit)s wordt op %(day)s eigenaar van het dossier.") % names
        yield _("Die dag krijgt %(unit)s vanzelf inzagerecht, zolang de toewijzing duurt.") % names
        return
    yield _("%(unit)s wordt eigenaar van het dossier, vanaf %(day)s.") % names
    if foreseen.after is None:
        yield _("Dat opent vandaag geen inzagerecht.")
    elif foreseen.before is None:
        yield _("Er gaat meteen een inzagerecht open, %(until)s.") % names
    else:
        yield _("%(unit)s heeft al inzagerecht; dat loopt dan %(until)s.") % names


def _against(names: dict[str, str]) -> Iterator[str]:
    yield (
        _(
            "De klant sloot %(unit)s uit. De toewijzing geeft toch inzage; er komt een taak om de klant te antwoorden."
        )
        % names
    )


def ways_to_end() -> dict[str, str]:
    """How an assignment can end, each in words."""
    words = sentences(get_language() or "nl")["ends"]
    return {str(end): words[end] for end in OwnershipEnd}


def how_it_ended(assignment: Assignment) -> str:
    """How, and why in somebody's words; a reason that only names the way is not said twice."""
    how, reason = ways_to_end().get(assignment.ended_by, ""), assignment.end_reason
    if OwnershipEnd.said_in(reason):
        reason = ways_to_end()[OwnershipEnd.said_in(reason)]
    return how if how == reason else ": ".join(part for part in (how, reason) if part)


def what_ending_does(assignment: Assignment, on: date, foreseen: Foreseen, *, today: date) -> list[str]:
    """Told before the end is confirmed."""
    names = {"unit": assignment.unit.name, "day": said(on)}
    if not assignment.makes_owner:
        return [_("Deze toewijzing opende geen inzagerecht: aan de rechten op dit dossier verandert niets.")]
    if today < on == assignment.assigned_on:
        return [_("De toewijzing begint dan nooit, en opent niets.")]
    return [
        _("%(unit)s is vanaf %(day)s geen eigenaar van het dossier meer.") % names,
        _of_the_right(names, foreseen),
    ]


def _of_the_right(names: dict[str, str], foreseen: Foreseen) -> str:
    if foreseen.before is None:
        return _("%(unit)s heeft vandaag geen inzagerecht: er eindigt niets.") % names
    if foreseen.after is None:
        return _("Het inzagerecht van %(unit)s eindigt meteen.") % names
    left = until(foreseen.after, _("zolang er een actie loopt"))
    return _("%(unit)s mag het dossier nog inzien, %(until)s.") % {**names, "until": left}
