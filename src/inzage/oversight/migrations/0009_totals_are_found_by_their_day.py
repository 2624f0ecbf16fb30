"""The totals of a year are read without the figures of each unit that stand between them."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("oversight", "0008_what_the_log_had_so_far")]
    operations: ClassVar = [
        migrations.AddIndex(
            "figure",
            models.Index(condition=models.Q(about=""), fields=["name", "day"], name="totals_by_day"),
        ),
    ]
