"""What a night closed, whoever closed it, is counted by the day on which it closed."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("view_rights", "0012_restored_as_it_was_asked")]
    operations: ClassVar = [
        migrations.AddIndex(
            "viewright",
            models.Index(
                fields=["closed_on"],
                name="right_by_closing_day",
                condition=models.Q(closed_on__isnull=False),
            ),
        ),
    ]
