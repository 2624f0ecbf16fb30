"""A unit's open rights are found by the client's name, which the database keeps beside each of them."""

from typing import ClassVar

from django.db import migrations, models

from inzage.journal.guards import again_on_sqlite, final_once
from inzage.view_rights.names_beside_rights import keep_names


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("dossiers", "0012_found_by_name"),
        ("view_rights", "0009_unusual_days_to_come"),
    ]
    operations: ClassVar = [
        migrations.AddField("viewright", "name_key", models.TextField(db_default="", editable=False)),
        again_on_sqlite(
            final_once(
                "view_rights_viewright",
                "OLD.closed_on IS NOT NULL",
                "a closed right is final",
                "dossier_id = NEW.dossier_id AND unit_id = NEW.unit_id "
                "AND closed_on IS NULL AND NEW.closed_on IS NULL",
            )
        ),
        migrations.RunPython(keep_names, migrations.RunPython.noop),
        migrations.AddIndex(
            "viewright",
            models.Index(
                fields=["unit", "name_key", "id"],
                name="right_by_name",
                condition=models.Q(closed_on=None),
            ),
        ),
    ]
