"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from inzage.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access_log", "0001_initial")]
    operations: ClassVar = [
        append_only("access_log_accessline"),
        append_only(
            "access_log_showndossier", "line_id = NEW.line_id AND dossier_id = NEW.dossier_id"
        ),
    ]
