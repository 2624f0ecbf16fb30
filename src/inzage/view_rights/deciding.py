"""Many questions about dossiers, answered at once: which statements they need, and the verdicts on what those give.

The statements are compiled once from the one predicate (`viewing.standing`), and don't wait for each other; so whoever
asks runs them in the way that suits: here one after the other, the decision API without waiting (S01).
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from inzage.consents.desks import ROUTES
from inzage.dossiers.models import Dossier
from inzage.partners.models import Person
from inzage.rules.viewing import client_may, mediator_may, partner_may
from inzage.view_rights.desks import among, day
from inzage.view_rights.models import ViewRight
from inzage.view_rights.prepared import PreparedRows, Row
from inzage.view_rights.questions import Asked, RightRow, Subject, Verdict, When
from inzage.view_rights.viewing import standing, stood_at

RIGHT = tuple(name for name in RightRow._fields if name != "stands")
BEFORE_ALL, LONG_AGO, SOME_DOSSIER = date(1, 1, 1), datetime(1, 1, 2, tzinfo=UTC), UUID(int=0)
"""Values to compile statements with."""


class Statement(NamedTuple):
    """A compiled query with the values to ask it with."""

    query: PreparedRows
    values: dict[str, Any]


def _rights(references: list[UUID], predicate: Q, on: date) -> QuerySet[Any, Any]:
    """The rights there ever were on those dossiers by then, and of each whether it stands.

    Of all units: a dossier has few, and sought one by one in a list of a thousand they would take longer.
    """
    rights = ViewRight.objects.filter(dossier__reference__any=references, granted_on__lte=on)
    stands = rights.annotate(stands=ExpressionWrapper(predicate, BooleanField()))
    named = stands.values_list("dossier__reference", "unit__oe_number", "dossier_id", "stands", *RIGHT)
    return named.order_by("granted_on", "pk")


RIGHTS = PreparedRows(
    lambda references, on: _rights(references, standing(on), on),
    references=[SOME_DOSSIER],
    on=BEFORE_ALL,
)
PEOPLE = PreparedRows(
    lambda names: Person.objects.filter(subject__any=names, is_active=True).values_list(
        "subject", "issuer", "pk", "role", "memberships__unit__oe_number"
    ),
    names=[""],
)
CLIENTS = PreparedRows(
    lambda references: Dossier.objects.filter(reference__any=references).values_list(
        "reference", "pk", "client__client_number"
    ),
    references=[SOME_DOSSIER],
)


RIGHTS_AT = PreparedRows(
    lambda references, moment, on: _rights(references, stood_at(moment, on), on),
    references=[SOME_DOSSIER],
    moment=LONG_AGO,
    on=BEFORE_ALL,
)


def needed(asked: Sequence[Asked], when: When) -> dict[str, Statement]:
    """The statements that the questions need, by name; what no database can hold is not asked at all."""
    statements = {}
    of_partners = [question for question in asked if question.kind is Subject.PARTNER_USER]
    others = [question for question in asked if question.kind is not Subject.PARTNER_USER]
    names = {question.name for question in asked if question.kind is not Subject.CLIENT}
    if names:
        statements["people"] = Statement(PEOPLE, {"names": _storable(names)})
    if references := _references(of_partners):
        values = {"references": references, "on": when.on}
        moment = {"moment": when.moment} if when.moment else {}
        statements["rights"] = Statement(RIGHTS_AT if moment else RIGHTS, {**values, **moment})
    if references := _references(others):
        statements["clients"] = Statement(CLIENTS, {"references": references})
        for role in ROUTES:
            values = {"references": references, **day(when.on)._asdict()}
            statements[f"work list of {role}"] = Statement(among(role), values)
    return statements


def _references(asked: Sequence[Asked]) -> list[UUID]:
    return list({question.dossier for question in asked if question.dossier is not None})


def _storable(texts: set[str]) -> list[str]:
    return [text for text in texts if "\x00" not in text]


def ask(statements: Mapping[str, Statement]) -> dict[str, list[Row]]:
    """The rows of each, asked one after the other."""
    return {name: query.rows(**values) for name, (query, values) in statements.items()}


def decide_all(asked: Sequence[Asked], when: When) -> list[Verdict]:
    """The verdict on each question, in their order."""
    return verdicts(asked, ask(needed(asked, when)))


def verdicts(asked: Sequence[Asked], rows: Mapping[str, list[Row]]) -> list[Verdict]:
    """The verdict on each question from the rows of the statements that were needed."""
    known = Known(rows)
    return [known.verdict(question) for question in asked]


class Known:
    """What the statements gave, looked up by what questions name."""

    def __init__(self, rows: Mapping[str, list[Row]]) -> None:
        self._people: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
        self._members: set[tuple[int, str]] = set()
        for subject, issuer, pk, role, unit in rows.get("people", ()):
            self._people[subject][pk] = (issuer, role)
            self._members.add((pk, unit))
        self._rights: dict[tuple[UUID | None, str], tuple[int, RightRow] | tuple[None, None]] = {}
        for reference, unit, dossier, *columns in rows.get("rights", ()):
            _dossier, before = self._rights.get((reference, unit), (None, None))
            if before is None or not before.stands:
                self._rights[reference, unit] = dossier, RightRow._make(columns)
        self._clients = {reference: (pk, number) for reference, pk, number in rows.get("clients", ())}
        self._work_lists = {
            (reference, str(role)) for role in ROUTES for (reference,) in rows.get(f"work list of {role}", ())
        }

    def verdict(self, question: Asked) -> Verdict:
        """The verdict on one question."""
        return VERDICTS[question.kind](self, question)

    def _person(self, question: Asked, roles: frozenset[str]) -> int | None:
        """The one active person in one of those roles; where two issuers know that subject, the issuer must be said."""
        found = [
            pk
            for pk, (issuer, role) in self._people.get(question.name, {}).items()
            if role in roles and question.issuer in ("", issuer)
        ]
        return found[0] if len(found) == 1 else None

    def partner_user(self, question: Asked) -> Verdict:
        person = self._person(question, COUNSELLORS)
        dossier, right = self._rights.get((question.dossier, question.unit), (None, None))
        reason = partner_may(
            question.verb,
            question.part,
            known=person is not None,
            member=(person, question.unit) in self._members,
            right=None if right is None else right.stands,
        )
        return Verdict(reason, person, dossier, right)

    def mediator(self, question: Asked) -> Verdict:
        person = self._person(question, DESK_ROLES)
        dossier, _number = self._clients.get(question.dossier, (None, None))
        role = self._people[question.name][person][1] if person else ""
        reason = mediator_may(
            question.verb,
            question.part,
            known=person is not None,
            dossier=dossier is not None,
            on_work_list=(question.dossier, role) in self._work_lists,
            stated_reason=bool(question.stated_reason),
        )
        return Verdict(reason, person, dossier, role=role)

    def client(self, question: Asked) -> Verdict:
        dossier, number = self._clients.get(question.dossier, (None, None))
        reason = client_may(question.verb, question.part, own=dossier is not None and number == question.name)
        return Verdict(reason, None, dossier)


COUNSELLORS = frozenset((str(Person.Role.COUNSELLOR),))
DESK_ROLES = frozenset(map(str, ROUTES))
VERDICTS: Mapping[Subject, Callable[[Known, Asked], Verdict]] = {
    Subject.PARTNER_USER: Known.partner_user,
    Subject.MEDIATOR: Known.mediator,
    Subject.CLIENT: Known.client,
}
