"""Gives each client that was there already the key of its name: most names in one statement, the others one by one."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from inzage.dossiers.names import MOST, key_of

AT_A_TIME = 5000
POSTGRESQL = (
    # made anew in one go: to update millions of rows one by one takes far longer, and leaves a table twice as large
    "ALTER TABLE dossiers_client ALTER COLUMN name_key TYPE text USING left("
    """lower(trim(family_name) COLLATE "C") || chr(9) || lower(trim(given_name) COLLATE "C"), {most})"""
)
SQLITE = (
    "UPDATE dossiers_client SET name_key = substr("
    "lower(trim(family_name)) || char(9) || lower(trim(given_name)), 1, {most})"
)
NOT_PLAIN = {
    "postgresql": """(family_name || given_name) COLLATE "C" ~ '[^ -~]'""",
    "sqlite": "family_name || given_name GLOB '*[^ -~]*'",
}
"""Names with more in them than the letters that every database makes small in the same way."""


def fill(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The migration step."""
    vendor = editor.connection.vendor
    editor.execute((POSTGRESQL if vendor == "postgresql" else SQLITE).format(most=MOST), params=None)
    with editor.connection.cursor() as cursor:
        cursor.execute(f"SELECT id, family_name, given_name FROM dossiers_client WHERE {NOT_PLAIN[vendor]}")
        others = [(key_of(family, given), pk) for pk, family, given in cursor.fetchall()]
        for first in range(0, len(others), AT_A_TIME):
            cursor.executemany(
                "UPDATE dossiers_client SET name_key = %s WHERE id = %s", others[first : first + AT_A_TIME]
            )
