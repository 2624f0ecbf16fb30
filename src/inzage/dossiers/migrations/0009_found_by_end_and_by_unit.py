"""Enrolments with an end are few among all, and so are a unit's activities: both are found by indexes of their own."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("dossiers", "0008_citizens_apart")]
    operations: ClassVar = [
        migrations.AddIndex(
            "enrolment",
            models.Index(
                fields=["client"], name="enrolments_that_end", condition=models.Q(("ended_on__isnull", False))
            ),
        ),
        migrations.AddIndex("activity", models.Index(fields=["unit", "closed_on"], name="activity_by_unit")),
    ]
