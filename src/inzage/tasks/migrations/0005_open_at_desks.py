"""The tasks that are open at the desks are few among those that are done: found by an index that holds them alone."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("tasks", "0004_everyone_in_the_portal")]
    operations: ClassVar = [
        migrations.AddIndex(
            "task",
            models.Index(
                fields=["kind", "id"],
                name="tasks_open_at_desks",
                condition=models.Q(("done_at", None), ("unit", None)),
            ),
        ),
    ]
