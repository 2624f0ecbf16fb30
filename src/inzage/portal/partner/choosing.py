"""Which of a unit's dossiers are listed: by when the right ends, by task, by ground, by how sure the rule is."""

from collections.abc import Iterable
from datetime import date, timedelta

from django import forms
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inzage.dossiers.names import as_looked_up
from inzage.partners.models import Unit
from inzage.portal.fields import without_separators
from inzage.portal.paging import ByLastDay, ByName, Order
from inzage.portal.partner.filtering import Filter
from inzage.rules.names import Ground, Status
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.to_start import lines_to_start
from inzage.view_rights.viewing import open_to
from inzage.view_rights.watching import dossiers_with_task

ALL: tuple[str, Promise] = ("", _("alle"))
GROUNDS: list[tuple[str, str | Promise]] = [
    (str(Ground.ASSIGNMENT), _("toewijzing")),
    (str(Ground.MEDIATOR), _("toestemming bij de bemiddelaar")),
    (str(Ground.FORM), _("formulier")),
    (str(Ground.BRUSSELS_FORM), _("Brussels formulier")),
    (str(Ground.IBIS), "IBIS"),
    (str(Ground.RESTORED), _("hersteld na een fout")),
]
CAUTIONS = [("held", _("wacht op bevestiging")), ("unverified", _("regel niet nagekeken"))]


class OfDossiers(Filter):
    """What of the own dossiers is listed, and in which order."""

    einde = forms.ChoiceField(
        label=_("Eindigt"), choices=[ALL, ("7", _("binnen 7 dagen")), ("30", _("binnen 30 dagen"))]
    )
    taak = forms.ChoiceField(
        label=_("Taak"),
        choices=[ALL, ("actiris", _("inschrijven bij Actiris")), ("starten", _("een actie kan starten"))],
    )
    grond = forms.ChoiceField(label=_("Grond"), choices=[ALL, *GROUNDS])
    zekerheid = forms.ChoiceField(label=_("Zekerheid"), choices=[ALL, *CAUTIONS])
    op = forms.ChoiceField(
        label=_("Volgorde"), choices=[("", _("eerst wat eerst eindigt")), ("naam", _("op naam"))]
    )

    def rights(self, unit: Unit, *, on: date) -> QuerySet[ViewRight]:
        """The rights of the unit that stand that day and were chosen."""
        rights = open_to(unit.pk, on=on).select_related("dossier__client")
        if within := self.get("einde"):
            rights = rights.filter(last_day__lte=on + timedelta(days=int(within)))
        if task := self.get("taak"):
            rights = rights.filter(_with_task(task, unit, on))
        if ground := self.get("grond"):
            rights = rights.filter(_one_by_one(Exists(_resting_on(ground, on))))
        if caution := self.get("zekerheid"):
            rights = (
                rights.exclude(held="") if caution == "held" else rights.exclude(rule_status=Status.VERIFIED)
            )
        return rights

    def order(self, unit: Unit, *, on: date) -> Order:
        """By last day, or by name."""
        return ByName(ViewRight.objects.filter(unit=unit)) if self.get("op") else ByLastDay(on)


def _with_task(task: str, unit: Unit, on: date) -> Q:
    if task == "actiris":
        return Q(dossier__in=dossiers_with_task(unit))
    return Q(dossier__in=lines_to_start(unit.pk, on=on).values("dossier"))


def _one_by_one(found: Exists) -> Case:
    """The same, asked of each right in the order of the list: a page ends with the first few, of however many."""
    return Case(When(found, then=Value(True)), default=Value(False), output_field=BooleanField())


def _resting_on(ground: str, on: date) -> QuerySet[Grant]:
    left = Q(withdrawn_on=None) | Q(withdrawn_on__gt=on)
    mine = {"right": OuterRef("pk"), "dossier": OuterRef("dossier"), "unit": OuterRef("unit")}
    return Grant.objects.filter(left, ground=ground, granted_on__lte=on, **mine)


def named(rights: QuerySet[ViewRight], words: str) -> QuerySet[ViewRight]:
    """Of these rights those whose client has a name with words that begin so, or a number that does.

    As for the order by name, all are read: the own ones only, so that nothing is learnt of other clients.
    """
    columns = ("pk", "dossier__client__given_name", "dossier__client__family_name")
    numbers = ("dossier__client__client_number", "dossier__client__insz")
    rows = rights.order_by().values_list(*columns, *numbers)
    return rights.filter(pk__any={row[0] for row in rows if _fits(words, row[1:3], row[3:])})


def _fits(words: str, name: Iterable[str], numbers: tuple[str, str]) -> bool:
    client_number, insz = numbers
    if client_number.casefold() == words.strip().casefold() or insz == without_separators(words):
        return True
    parts = as_looked_up(" ".join(name)).split()
    sought = as_looked_up(words).split()
    return bool(sought) and all(any(part.startswith(word) for part in parts) for word in sought)
