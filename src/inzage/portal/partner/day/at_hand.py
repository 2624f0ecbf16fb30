"""What asks for a unit's attention on a day: the first of each kind and how many there are, read in one query."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import CharField, Count, F, QuerySet, TextField, Value, Window
from django.db.models.functions import Cast, RowNumber

from inzage.consents.models import ConsentForm, FormState
from inzage.partners.models import Unit
from inzage.portal.reasons import NEAR
from inzage.view_rights.to_start import lines_to_start
from inzage.view_rights.viewing import open_to
from inzage.view_rights.watching import dossiers_with_task

MOST = 20
"""Of each kind at most so many are shown; the list behind it shows all."""
VERY_NEAR = 7
ENDING, LATER, SENT_BACK, TO_START, TO_ENROL = "ending", "later", "sent_back", "to_start", "to_enrol"
TEXTS = ("number", "words", "remark", "route")
KINDS = (ENDING, LATER, SENT_BACK, TO_START, TO_ENROL)


class AtHand(NamedTuple):
    """One thing: its kind and place among those, how many there are, what it is, and in which dossier.

    `words` is what a form lacks, as JSON, or the title of a line; of a form alone, `number` is its client's, `remark`
    what was written with it, `route` the way it goes. Clients of the others come with their rights: a name is looked
    up for what is shown, not for all that is counted.
    """

    kind: str
    place: int
    of: int
    pk: int
    dossier_id: int
    number: str
    words: str
    remark: str
    route: str


def at_hand(unit: Unit, *, on: date) -> list[AtHand]:
    """All of it, by kind and in order."""
    standing = open_to(unit.pk, on=on)
    near, nearer = on + timedelta(days=NEAR), on + timedelta(days=VERY_NEAR)
    sent_back = ConsentForm.objects.filter(asked_by=unit, state=FormState.SENT_BACK)
    of_form = {"number": F("dossier__client__client_number"), "remark": F("remark"), "route": F("route")}
    kinds = (
        _first(ENDING, standing.filter(last_day__gte=on, last_day__lte=nearer), ("last_day", "pk")),
        _first(LATER, standing.filter(last_day__gt=nearer, last_day__lte=near), ("last_day", "pk")),
        _first(SENT_BACK, sent_back, ("changed_at", "pk"), words=Cast("missing", TextField()), **of_form),
        _first(TO_START, lines_to_start(unit.pk, on=on), ("requested_on", "pk"), words=F("title")),
        _first(TO_ENROL, standing.filter(dossier__in=dossiers_with_task(unit)), ("pk",)),
    )
    first, *others = kinds
    found: Iterable[Any] = first.union(*others, all=True)
    return sorted(AtHand(*row) for row in found)


def _first(kind: str, rows: QuerySet[Any], order: tuple[str, ...], **texts: Any) -> Any:
    """The first of `rows` in that order, each with its place and with how many there are in all."""
    as_text = {name: Cast(texts.get(name, Value("")), TextField()) for name in TEXTS}
    placed = rows.annotate(
        kind_at_hand=Value(kind, output_field=CharField()),
        place=Window(RowNumber(), order_by=order),
        of=Window(Count("pk")),
        **{f"its_{name}": text for name, text in as_text.items()},
    )
    columns = ("pk", "dossier_id", *(f"its_{name}" for name in TEXTS))
    return placed.filter(place__lte=MOST).values_list("kind_at_hand", "place", "of", *columns)
