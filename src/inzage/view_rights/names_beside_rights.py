"""The key of the client's name beside each open right, so that one index has a unit's rights by name.

The database itself keeps the two equal: whatever anybody writes there, and whenever the client gets another name.
A closed right is final, and nobody finds it by name.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

CLIENTS = (
    "SELECT client.name_key FROM dossiers_dossier dossier JOIN dossiers_client client "
    "ON client.id = dossier.client_id WHERE dossier.id = "
)
RENAMED = (
    "UPDATE view_rights_viewright SET name_key = NEW.name_key WHERE closed_on IS NULL "
    "AND dossier_id IN (SELECT id FROM dossiers_dossier WHERE client_id = NEW.id)"
)
POSTGRESQL = (
    "CREATE FUNCTION inzage_name_of(dossier bigint) RETURNS text LANGUAGE plpgsql STABLE AS $$ "
    f"BEGIN RETURN ({CLIENTS}$1); END $$",
    # made anew in one go, in an order by signs whatever the language of the database
    'ALTER TABLE view_rights_viewright ALTER COLUMN name_key TYPE text COLLATE "C" '
    "USING CASE WHEN closed_on IS NULL THEN inzage_name_of(dossier_id) ELSE '' END",
    "DROP FUNCTION inzage_name_of",
    "CREATE FUNCTION inzage_named() RETURNS trigger LANGUAGE plpgsql AS $$ "
    f"BEGIN NEW.name_key := ({CLIENTS}NEW.dossier_id); RETURN NEW; END $$",
    *(
        f"CREATE TRIGGER view_rights_viewright_named_{event.split()[0].lower()} BEFORE {event} "
        "ON view_rights_viewright FOR EACH ROW WHEN (NEW.closed_on IS NULL) EXECUTE FUNCTION inzage_named()"
        for event in ("INSERT", "UPDATE OF name_key, dossier_id")
    ),
    f"CREATE FUNCTION inzage_renamed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {RENAMED}; RETURN NULL; END $$",
    "CREATE TRIGGER dossiers_client_renamed AFTER UPDATE OF name_key ON dossiers_client "
    "FOR EACH ROW WHEN (NEW.name_key <> OLD.name_key) EXECUTE FUNCTION inzage_renamed()",
)
SQLITE = (
    f"UPDATE view_rights_viewright SET name_key = ({CLIENTS}dossier_id) WHERE closed_on IS NULL",
    *(
        f"CREATE TRIGGER view_rights_viewright_named_{event.split()[0].lower()} AFTER {event} "
        f"ON view_rights_viewright WHEN NEW.closed_on IS NULL AND NEW.name_key <> ({CLIENTS}NEW.dossier_id) "
        f"BEGIN UPDATE view_rights_viewright SET name_key = ({CLIENTS}NEW.dossier_id) WHERE id = NEW.id; END"
        for event in ("INSERT", "UPDATE OF name_key, dossier_id")
    ),
    "CREATE TRIGGER dossiers_client_renamed AFTER UPDATE OF name_key ON dossiers_client "
    f"WHEN NEW.name_key <> OLD.name_key BEGIN {RENAMED}; END",
)


def keep_names(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The migration step."""
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement, params=None)
