"""A task in words: from its kind and what it is about, in the language of the page."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inzage.tasks.models import Task
from inzage.view_rights.withdrawing import STAYS

KINDS: Mapping[str, str | Promise] = {
    Task.Kind.WITHDRAWAL: gettext_lazy("Toestemming ingetrokken"),
    Task.Kind.OBJECTION: gettext_lazy("Bezwaar van een klant"),
    Task.Kind.RULE_GAP: gettext_lazy("Geen regel in het regelboek"),
    Task.Kind.IMPORT_DIFFERENCE: gettext_lazy("Verschil bij een import"),
}
"""The kinds of tasks that a desk handles here, by their names."""
TO_DO: Mapping[str, str | Promise] = {
    Task.Kind.WITHDRAWAL: gettext_lazy(
        "Kijk na of dit inzagerecht nog nodig is voor de opdracht. Spreek erover met de klant en de organisatie."
    ),
    Task.Kind.OBJECTION: gettext_lazy(
        "Kijk na waarop het inzagerecht rust en of dat zo moet blijven. Antwoord de klant in gewone woorden."
    ),
    Task.Kind.RULE_GAP: gettext_lazy(
        "Meld het aan de regelbeheerder. Kijk na of het einde van het recht klopt."
    ),
    Task.Kind.IMPORT_DIFFERENCE: gettext_lazy("Kijk na wat juist is. Wat gesloten is, blijft gesloten."),
}
SERVICE = "service:"


def kind_of(task: Task) -> str:
    """The name of its kind."""
    return str(KINDS.get(task.kind, task.kind))


def sentence_of(task: Task) -> str:
    """What happened. Where a task holds a sentence of its own, as older ones and corrections do, it is that."""
    if task.kind == Task.Kind.WITHDRAWAL and task.detail == STAYS:
        return _("De klant trok een toestemming in; het inzagerecht blijft op grond van een toewijzing.")
    if task.kind == Task.Kind.OBJECTION:
        return _("De klant sloot een organisatie uit die op een andere grond toch inzage heeft.")
    if task.kind == Task.Kind.RULE_GAP and task.subject.startswith(SERVICE):
        code = task.subject.removeprefix(SERVICE)
        return _(
            "Dienst %(service)s staat niet in het regelboek: het inzagerecht van de eigenaar volgt de terugvalregel."
        ) % {"service": code}
    return task.detail
