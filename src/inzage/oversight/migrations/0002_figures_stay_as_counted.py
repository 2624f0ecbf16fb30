"""What the database itself refuses: a figure stays as it was counted, and what was checked stays on record."""

from typing import ClassVar

from django.db import migrations

from inzage.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("oversight", "0001_initial")]
    operations: ClassVar = [
        append_only("oversight_figure", "name = NEW.name AND day = NEW.day AND about = NEW.about"),
        append_only("oversight_checked"),
    ]
