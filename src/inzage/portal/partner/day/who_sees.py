"""Who else may see a dossier, told to who may see it: the organisation and what it is there, no more (0045)."""

from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inzage.dossiers.models import Dossier
from inzage.partners.models import Unit
from inzage.rules.names import Relation
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import standing

NOW = {
    Relation.OWNER: _("is eigenaar van het dossier"),
    Relation.EXECUTOR: _("voert er een actie uit"),
}
BEFORE = {
    Relation.FORMER_OWNER: _("was eigenaar van het dossier"),
    Relation.EXECUTOR: _("voerde er een actie uit"),
    Relation.NONE: _("kreeg inzage, en voerde nog geen actie uit"),
}


class Seer(NamedTuple):
    """Another organisation with a right that stands, and what it is in this dossier."""

    unit: Unit
    because: str | Promise


def who_else_sees(dossier: Dossier, own: Unit, on: date) -> list[Seer]:
    """The others with a right that stands that day, by name. Not until when, nor on which consent."""
    rights = ViewRight.objects.filter(standing(on), dossier=dossier).exclude(unit=own)
    return [
        Seer(right.unit, _because(right))
        for right in rights.select_related("unit").order_by("unit__name", "pk")
    ]


def _because(right: ViewRight) -> str | Promise:
    """What the unit is there now, while nothing ends its right; or else was."""
    said = NOW if right.anchor_on is None else BEFORE
    return said.get(Relation(right.relation), BEFORE[Relation.NONE])
