"""Who else may see a dossier, told to who may see it: the organisation and what it is there, no more (0045)."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inzage.partners.models import Unit
from inzage.rules.names import Relation
from inzage.view_rights.models import ViewRight

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


def seers(others: Iterable[ViewRight]) -> list[Seer]:
    """The others with a right that stands. Not until when, nor on which consent."""
    return [Seer(right.unit, _because(right)) for right in others]


def _because(right: ViewRight) -> str | Promise:
    """What the unit is there now, while nothing ends its right; or else was."""
    said = NOW if right.anchor_on is None else BEFORE
    return said.get(Relation(right.relation), BEFORE[Relation.NONE])
