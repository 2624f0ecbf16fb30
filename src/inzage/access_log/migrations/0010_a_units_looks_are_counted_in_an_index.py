"""A unit's looks are counted from an index alone. Lines are found by their person in one index, not in three.

In the state the field loses its own index; in the database it is dropped by its name, and with it the one for
beginnings of texts that PostgreSQL has. Django would build the table anew on SQLite, and lose its guards.
"""

from typing import ClassVar

from django.db import migrations, models

BY_PERSON_ALONE = "access_log_accessline_person_7f0c06f4"
BEGINNINGS = f"{BY_PERSON_ALONE}_like"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access_log", "0009_the_kind_of_a_reason")]
    operations: ClassVar = [
        migrations.AddIndex(
            "accessline", models.Index(fields=["unit", "at", "id", "kind"], name="lines_of_unit")
        ),
        migrations.RemoveIndex("accessline", "lines_by_unit"),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX {BY_PERSON_ALONE}",
                    f"CREATE INDEX {BY_PERSON_ALONE} ON access_log_accessline (person)",
                ),
                migrations.RunSQL(f"DROP INDEX IF EXISTS {BEGINNINGS}", migrations.RunSQL.noop),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="accessline", name="person", field=models.CharField(max_length=100)
                )
            ],
        ),
    ]
