"""Guards inside the database itself, on both engines: what may only be added, what is final (docs/decisions/0020)."""

from collections.abc import Callable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import StateApps

Script = Callable[[StateApps, BaseDatabaseSchemaEditor], None]


def append_only(table: str, *unique: str, key: str = "id = NEW.id") -> RunPython:
    """A migration step: rows of `table` can be added, never changed, deleted, truncated or replaced.

    `unique` says what else than its `key` SQLite could replace a row by: `right_id = NEW.right_id`.
    """

    def guard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        message = f"{table} is append-only"
        _execute(editor, _refuse(editor, table, message, "UPDATE", "DELETE"))
        _execute(editor, _refuse_emptying(editor, table, message, (key, *unique)))

    return RunPython(guard, RunPython.noop)


def final_once(table: str, condition: str, message: str, *unique: str) -> RunPython:
    """A migration step: a row of `table` for which `condition` (on OLD) holds can't be changed; none is deleted."""

    def guard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        kept = f"{table} keeps its rows"
        _execute(editor, _refuse(editor, table, message, "UPDATE", when=condition))
        _execute(editor, _refuse(editor, table, kept, "DELETE"))
        _execute(editor, _refuse_emptying(editor, table, kept, ("id = NEW.id", *unique)))

    return RunPython(guard, RunPython.noop)


def never(table: str, condition: str, message: str) -> RunPython:
    """A migration step: a row of `table` can't be changed in a way for which `condition` (on OLD and NEW) holds."""

    def guard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        _execute(editor, _refuse(editor, table, message, "UPDATE", when=condition))

    return RunPython(guard, RunPython.noop)


def only_where(table: str, name: str, condition: str, message: str) -> RunPython:
    """A migration step: a row of `table` is added only where `condition` (on NEW, and on other tables) holds.

    Where that can't be known, for want of a value or of the other row, it does not. `name` is the trigger's.
    """
    begins = f"CREATE TRIGGER {table}_{name} BEFORE INSERT ON {table} FOR EACH ROW"

    def guard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":  # no WHEN of a trigger asks other tables there
            statements = [
                f"CREATE FUNCTION {table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN IF ({condition}) IS NOT TRUE THEN "
                f"RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; "
                "END IF; RETURN NEW; END $$",
                f"{begins} EXECUTE FUNCTION {table}_{name}()",
            ]
        else:
            refusal = f"SELECT RAISE(ABORT, '{message}')"
            statements = [f"{begins} WHEN ({condition}) IS NOT TRUE BEGIN {refusal}; END"]
        _execute(editor, statements)

    return RunPython(guard, RunPython.noop)


def again_on_sqlite(guard: RunPython) -> RunPython:
    """A migration step after a change of a guarded table's columns: SQLite made it anew, and forgot its guards."""

    def again(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            guard.code(apps, editor)

    return RunPython(again, RunPython.noop)


def remade(table: str, *changes: Operation) -> list[Operation]:
    """Migration steps that change the constraints of `table`. SQLite makes it anew for each, forgets the guards that
    stand on it, and refuses where one of another table names it: there they are taken down, and put back as they were.
    """
    kept: list[str] = []

    def take_down(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            with editor.connection.cursor() as cursor:
                cursor.execute(NAMING, [f"%{table}%"])
                guards = cursor.fetchall()
            kept[:] = [sql for _name, sql in guards]
            _execute(editor, [f"DROP TRIGGER {name}" for name, _sql in guards])

    def put_back(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        _execute(editor, kept)
        kept.clear()

    return [RunPython(take_down, put_back), *changes, RunPython(put_back, take_down)]


NAMING = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE %s ORDER BY rowid"


def _execute(editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
    for statement in statements:
        editor.execute(statement, params=None)


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


def _refuse_emptying(
    editor: BaseDatabaseSchemaEditor, table: str, message: str, keys: tuple[str, ...]
) -> list[str]:
    """Each engine's own way past those: TRUNCATE, and REPLACE, which deletes without a word to any trigger."""
    if editor.connection.vendor == "postgresql":
        return [
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION inzage_refuse('{message}')"
        ]
    return [
        f"CREATE TRIGGER {table}_no_replace_{place} BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for place, same in enumerate(keys)
    ]


REFUSE_FUNCTION = """
CREATE OR REPLACE FUNCTION inzage_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END $$
"""
