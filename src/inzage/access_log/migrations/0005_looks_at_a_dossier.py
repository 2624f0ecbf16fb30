"""The looks at one dossier, the latest first, are read from an index alone; it takes the place of that by dossier.

In the state the field loses its own index; in the database that index is dropped by its name. Django would build
the table anew on SQLite, and lose its guards.
"""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

BY_DOSSIER_ALONE = "access_log_showndossier_dossier_id_631902f2"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access_log", "0004_decisions_are_kept")]
    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX {BY_DOSSIER_ALONE}",
                    f"CREATE INDEX {BY_DOSSIER_ALONE} ON access_log_showndossier (dossier_id)",
                )
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="showndossier",
                    name="dossier",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="dossiers.dossier",
                    ),
                )
            ],
        ),
        migrations.AddIndex(
            model_name="showndossier",
            index=models.Index(fields=["dossier", "id"], name="shown_of_dossier"),
        ),
        migrations.RemoveIndex(model_name="decided", name="decided_on_dossier"),
        migrations.AddIndex(
            model_name="decided",
            index=models.Index(
                condition=models.Q(("dossier__isnull", False)),
                fields=["dossier", "record", "position"],
                name="decided_of_dossier",
            ),
        ),
    ]
