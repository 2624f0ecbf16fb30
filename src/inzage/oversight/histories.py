"""Each fact beside its own history: the last version that was written of it says what its row says.

What is changed behind the application's back leaves no version. One statement for each kind of fact, which sees one
state of the database: a fact and its version are written in one transaction.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import CharField, Exists, IntegerField, Model, OuterRef, QuerySet, TextField, Value

from inzage.consents.models import Objection
from inzage.dossiers.models import Activity, Assignment, Client, ClientVersion
from inzage.journal.models import Version
from inzage.oversight.differences import Difference, in_words
from inzage.oversight.models import Differing
from inzage.view_rights.gathering import DEATH
from inzage.view_rights.models import Grant
from inzage.view_rights.prepared import PreparedRows, Row
from inzage.view_rights.recording import VERSIONS, columns_kept
from inzage.view_rights.scopes import SAMPLES, Scope

OF_A_DOSSIER = (Grant, Assignment, Activity)


def changed_in(scope: Scope) -> Iterator[Difference]:
    """The grounds, assignments and activities in a scope that are not what their histories say."""
    for model in OF_A_DOSSIER:
        with _all_at_once():
            rows = _unlike_history(model, tuple(dict(scope.lookups))).rows(**dict(scope.lookups))
        yield from _told(model, columns_kept(model), [pk for (pk,) in rows])


def changed_anywhere() -> Iterator[Difference]:
    """The clients' deaths and the objections that are not: few of each, in the whole register."""
    died = Client.objects.filter(deceased_on__isnull=False).values("pk")
    once = ClientVersion.objects.filter(deceased_on__isnull=False).values("client")
    dead = Client.objects.filter(
        ~Exists(_same(Client, DEATH)), pk__in=died.union(once), dossier__isnull=False
    )
    yield from _told(Client, DEATH, list(dead.values_list("pk", flat=True)))
    kept = columns_kept(Objection)
    objections = Objection.objects.filter(~Exists(_same(Objection, kept)))
    yield from _told(Objection, kept, list(objections.values_list("pk", flat=True)))


@contextmanager
def _all_at_once() -> Iterator[None]:
    """Facts and versions are joined as two lists. Before PostgreSQL has counted the rows of a new register it takes
    them for a few, and would go through all versions for each fact.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")


@cache
def _unlike_history(model: type[Model], lookups: tuple[str, ...]) -> PreparedRows:
    """The facts without a last version that says the same. The scope is said of both: each is read by its index."""

    def ask(**values: Any) -> QuerySet[Any, Any]:
        scope = Scope(tuple(values.items())).on("dossier_id")
        same = _same(model, columns_kept(model), dossier_id=OuterRef("dossier_id"), **scope)
        return model._default_manager.filter(~Exists(same), **scope).values_list("pk")

    return PreparedRows(ask, **{lookup: SAMPLES[lookup] for lookup in lookups})


def _same(model: type[Model], columns: Sequence[str], **where: Any) -> QuerySet[Version]:
    """The last version of a fact, where it says the same in these columns."""
    fact, versions = VERSIONS[model]
    found = versions._default_manager.filter(**where)
    later = found.filter(**{fact: OuterRef(fact)}, pk__gt=OuterRef("pk"))
    equal = {f"{column}__same": OuterRef(column) for column in columns}
    return found.filter(~Exists(later), **{fact: OuterRef("pk")}, **equal)


def _told(model: type[Model], columns: Sequence[str], changed: list[int]) -> Iterator[Difference]:
    """What the row and the last version of each of these facts say differently."""
    if not changed:
        return
    fact, versions = VERSIONS[model]
    whose = ("dossier__id", Value(None, IntegerField())) if model is Client else ("dossier_id", "unit_id")
    written = versions._default_manager.filter(**{f"{fact}__any": changed}).order_by("pk")
    last = {pk: row for pk, *row in written.values_list(fact, *columns)}
    rows = model._default_manager.filter(pk__any=changed).order_by("pk")
    for pk, dossier, unit, *row in rows.values_list("pk", *whose, *columns):
        kept = last.get(pk)
        differ = [place for place in range(len(columns)) if kept is None or row[place] != kept[place]]
        if differ:  # the application may have changed it since: then both say the same again
            name = f"{model._meta.model_name} {pk}"
            stored, proven = (_said(model, columns, side, differ) for side in (row, kept))
            yield Difference(None, dossier, unit, f"{name}: {stored}", proven, Differing.Kind.FACT)


def _said(model: type[Model], columns: Sequence[str], row: Row | list[Any] | None, places: list[int]) -> str:
    """These columns of a row; of what somebody wrote, which could name a person, only which column it is."""
    if row is None:
        return "no version"
    return in_words(
        f"{columns[place]} {row[place]}" if _is_no_text(model, columns[place]) else columns[place]
        for place in places
    )


def _is_no_text(model: type[Model], column: str) -> bool:
    field = model._meta.get_field(column)
    return not isinstance(field, CharField | TextField) or bool(field.choices)
