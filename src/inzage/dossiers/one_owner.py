"""One owner at a time (S18), inside the database: ownerships of different units in one dossier never overlap."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

MESSAGE = "one_owner_at_a_time"

POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    f"ALTER TABLE dossiers_assignment ADD CONSTRAINT {MESSAGE} EXCLUDE USING gist "
    "(dossier_id WITH =, unit_id WITH <>, daterange(assigned_on, ended_on, '[)') WITH &&) WHERE (makes_owner)",
)

# Days are half-open, so an ownership of no days overlaps nothing: hence the two strict comparisons with its own start.
SQLITE = tuple(
    f"CREATE TRIGGER {MESSAGE}_{event.split()[0].lower()} BEFORE {event} ON dossiers_assignment "
    "WHEN NEW.makes_owner AND (NEW.ended_on IS NULL OR NEW.ended_on > NEW.assigned_on) AND EXISTS ("
    "SELECT 1 FROM dossiers_assignment other WHERE other.dossier_id = NEW.dossier_id "
    "AND other.id IS NOT NEW.id AND other.unit_id <> NEW.unit_id AND other.makes_owner "
    "AND (other.ended_on IS NULL OR other.ended_on > other.assigned_on) "
    "AND (NEW.ended_on IS NULL OR other.assigned_on < NEW.ended_on) "
    "AND (other.ended_on IS NULL OR NEW.assigned_on < other.ended_on)) "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    for event in ("INSERT", "UPDATE OF unit_id, dossier_id, makes_owner, assigned_on, ended_on")
)


def keep_one_owner(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The migration step."""
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement, params=None)
