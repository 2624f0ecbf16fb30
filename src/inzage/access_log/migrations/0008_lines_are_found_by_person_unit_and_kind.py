"""Indexes by which the log is searched, the newest first, however long it is."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access_log", "0007_questions_are_kept")]
    operations: ClassVar = [
        migrations.AddIndex("accessline", models.Index(fields=["person", "at", "id"], name="lines_by_person")),
        migrations.AddIndex("accessline", models.Index(fields=["unit", "at", "id"], name="lines_by_unit")),
        migrations.AddIndex("accessline", models.Index(fields=["kind", "at", "id"], name="lines_by_kind")),
    ]
