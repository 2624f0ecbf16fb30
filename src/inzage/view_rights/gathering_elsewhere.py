"""The facts of rights as statements that somebody else asks: for who doesn't wait for the database by the ORM."""

from collections.abc import Collection, Mapping

from inzage.dossiers.models import Activity, Assignment, Client, EarlierRun
from inzage.view_rights.deciding import Statement
from inzage.view_rights.gathering import (
    ACTIVITY,
    DEATH,
    EARLIER_RUN,
    GRANT,
    OWNERSHIP,
    Gathered,
    Rows,
    first_days,
    put_together,
)
from inzage.view_rights.models import Grant
from inzage.view_rights.prepared import Row
from inzage.view_rights.scopes import prepared, these


def needed(dossiers: Collection[int]) -> dict[str, Statement]:
    """The statements that give the facts of these dossiers, by name."""
    scope = these(*dossiers)
    queries = {
        "grants": prepared(Grant, GRANT, scope, "dossier_id"),
        "owners": prepared(Assignment, OWNERSHIP, scope, "dossier_id", makes_owner=True),
        "activities": prepared(Activity, ACTIVITY, scope, "dossier_id"),
        "earlier": prepared(EarlierRun, EARLIER_RUN, scope, "dossier_id"),
        "died": prepared(Client, ("dossier__id", *DEATH), scope, "dossier__id", deceased_on__isnull=False),
    }
    return {name: Statement(query, dict(scope.lookups)) for name, query in queries.items()}


def gathered(rows: Mapping[str, list[Row]]) -> Gathered:
    """The facts that those statements gave."""
    died = [(dossier, died_on, entered_on) for dossier, died_on, entered_on in rows["died"]]
    facts = (rows["grants"], rows["owners"], rows["activities"], rows["earlier"])
    return put_together(Rows(*facts, first_days(died)))
