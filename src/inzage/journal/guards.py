"""Guards inside the database itself, on both engines: what may only be added, what is final (docs/decisions/0020)."""

from collections.abc import Callable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython
from django.db.migrations.state import StateApps

Script = Callable[[StateApps, BaseDatabaseSchemaEditor], None]


def append_only(*tables: str) -> RunPython:
    """A migration step: rows of `tables` can be added, never changed, deleted or truncated."""

    def guard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            for statement in _refuse(editor, table, f"{table} is append-only", "UPDATE", "DELETE"):
                editor.execute(statement, params=None)
            if editor.connection.vendor == "postgresql":
                editor.execute(
                    f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                    f"FOR EACH STATEMENT EXECUTE FUNCTION inzage_refuse('{table} is append-only')",
                    params=None,
                )

    return RunPython(guard, RunPython.noop)


def final_once(table: str, condition: str, message: str) -> RunPython:
    """A migration step: a row of `table` for which `condition` (on OLD) holds can't be changed; none is deleted."""

    def guard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _refuse(editor, table, message, "UPDATE", when=condition):
            editor.execute(statement, params=None)
        for statement in _refuse(editor, table, f"{table} keeps its rows", "DELETE"):
            editor.execute(statement, params=None)

    return RunPython(guard, RunPython.noop)


def _refuse(
    editor: BaseDatabaseSchemaEditor, table: str, message: str, *events: str, when: str = "TRUE"
) -> list[str]:
    """The statements that make `events` on `table` fail with `message`."""
    if editor.connection.vendor == "postgresql":
        return [
            REFUSE_FUNCTION,
            *(
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                f"FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION inzage_refuse('{message}')"
                for event in events
            ),
        ]
    return [
        f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
        f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for event in events
    ]


REFUSE_FUNCTION = """
CREATE OR REPLACE FUNCTION inzage_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END $$
"""
