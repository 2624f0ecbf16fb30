"""A unit's open rights, and its grounds, are counted in indexes that hold all that is asked of them."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("view_rights", "0010_found_by_name")]
    operations: ClassVar = [
        migrations.AddIndex(
            "viewright",
            models.Index(
                fields=["unit", "granted_on", "last_day", "id", "relation", "ends_by", "anchor_event"],
                name="open_rights_counted",
                condition=models.Q(closed_on=None),
            ),
        ),
        migrations.AddIndex(
            "grant",
            models.Index(
                fields=["unit", "ground", "right", "granted_on", "withdrawn_on"], name="grants_of_unit"
            ),
        ),
    ]
