"""Enrolments with an end are few among all: the list of those that ended is found by an index of its own."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("dossiers", "0007_lines_to_start")]
    operations: ClassVar = [
        migrations.AddIndex(
            "enrolment",
            models.Index(
                fields=["client"], name="enrolments_that_end", condition=models.Q(("ended_on__isnull", False))
            ),
        ),
    ]
