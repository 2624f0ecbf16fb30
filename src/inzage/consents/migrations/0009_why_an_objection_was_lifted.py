"""Why VDAB lifted an objection for a client, kept with it.

In the database the columns come in one step each: Django would build the tables anew on SQLite, and lose their guards.
"""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

COLUMN = "ADD COLUMN lift_reason text NOT NULL DEFAULT ''"
CHECK = "CONSTRAINT objection_lifted_for_a_reason CHECK (lift_reason = '' OR lifted_at IS NOT NULL)"


def _field() -> models.TextField:  # type: ignore[type-arg]
    return models.TextField(blank=True, default="", db_default="")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("consents", "0008_forms_as_files")]
    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    [
                        f"ALTER TABLE consents_objection {COLUMN} {CHECK}",
                        f"ALTER TABLE consents_objectionversion {COLUMN}",
                    ],
                    migrations.RunSQL.noop,
                )
            ],
            state_operations=[
                migrations.AddField("objection", "lift_reason", _field()),
                migrations.AddField("objectionversion", "lift_reason", _field()),
                migrations.AddConstraint(
                    "objection",
                    models.CheckConstraint(
                        name="objection_lifted_for_a_reason",
                        condition=Q(lift_reason="") | Q(lifted_at__isnull=False),
                    ),
                ),
            ],
        ),
    ]
