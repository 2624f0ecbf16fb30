"""What fills the measured register by SQL names every column that the database asks for."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import NOT_PROVIDED, Field

from benchmarks.population import SQL
from benchmarks.visiting.filling import HERE

INTO = re.compile(r'INSERT INTO (\w+) \(([\w\s,"]+)\)')
TABLES = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
SCRIPTS = (SQL, HERE / "log.sql", HERE / "region.sql")


def _is_asked(field: "Field[object, object]") -> bool:
    """Whether a row can't be there without a value for it, and the database has none of its own."""
    return not (field.null or field.primary_key) and field.db_default is NOT_PROVIDED


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: str(script.name))
def test_a_script_names_every_column_that_must_hold_something(script: Path) -> None:
    """Else the register can't be made any more, which shows only when somebody measures."""
    filled = INTO.findall(script.read_text())
    assert filled
    left_out = {
        f"{table}.{field.column}"
        for table, columns in filled
        for field in TABLES[table]._meta.local_concrete_fields
        if _is_asked(field) and field.column not in re.findall(r"\w+", columns)
    }
    assert left_out == set()


def test_it_is_noticed_where_one_is_left_out() -> None:
    """A unit has its number, and the code of its organisation, empty or not."""
    unit = TABLES["partners_unit"]._meta
    asked = {field.column for field in unit.local_concrete_fields if _is_asked(field)}
    assert {"oe_number", "organisation_code"} <= asked
    assert not {"id", "partner_id"} & asked
