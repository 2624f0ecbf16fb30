"""Which of a unit's dossiers are listed: by when the right ends, by task, by ground, by how sure the rule is."""

from datetime import date, timedelta
from functools import reduce
from operator import or_

from django import forms
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inzage.dossiers.names import BETWEEN, as_looked_up
from inzage.partners.models import Unit
from inzage.portal.clients import dossiers_numbered
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
            rights = rights.filter(_resting_on(ground, unit, on))
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


def _resting_on(ground: str, unit: Unit, on: date) -> Case:
    """Whether a right has such a ground: those of the unit are found once, and asked of each right in its turn.

    So a page ends with the first few, of however many.
    """
    left = Q(withdrawn_on=None) | Q(withdrawn_on__gt=on)
    grants = Grant.objects.filter(left, unit=unit, ground=ground, granted_on__lte=on, right__isnull=False)
    found = When(pk__in=grants.values("right"), then=Value(True))
    return Case(found, default=Value(False), output_field=BooleanField())


def named(rights: QuerySet[ViewRight], unit: Unit, words: str) -> QuerySet[ViewRight]:
    """Of these rights of the unit those whose client has a name with words that begin so, or exactly that number.

    The names are read in the index by name, which holds all that is asked of it: no right that isn't found is read.
    """
    own, sought = ViewRight.objects.filter(unit=unit, closed_on=None), as_looked_up(words).split()
    by_name = own.filter(*map(_with_word, sought)).order_by("name_key") if sought else own.none()
    by_number = own.filter(dossier__in=dossiers_numbered(words))
    found = {pk for each in (by_name, by_number) for pk in each.values_list("pk", flat=True)}
    return rights.filter(pk__any=found)


def _with_word(word: str) -> Q:
    begun = (Q(name_key__contains=f"{before}{word}") for before in (" ", BETWEEN))
    return reduce(or_, begun, Q(name_key__startswith=word))
