"""A unit's rights are counted by the month of their grant from an index.

Those that end otherwise than by their term, and those that are held, are few: found by indexes of their own.
"""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("view_rights", "0003_runs_count_what_they_close")]
    operations: ClassVar = [
        migrations.AddIndex("viewright", models.Index(fields=["unit", "granted_on"], name="right_by_grant")),
        migrations.AddIndex(
            "viewright",
            models.Index(
                fields=["unit", "last_day", "id"],
                name="right_held",
                condition=models.Q(("held", ""), _negated=True),
            ),
        ),
        migrations.AddIndex(
            "viewright",
            models.Index(
                fields=["unit", "ends_by", "last_day", "id"],
                name="right_ended_early",
                condition=models.Q(("ends_by", "term"), _negated=True),
            ),
        ),
    ]
