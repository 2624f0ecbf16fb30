"""What the database itself refuses: a decision on record stays as it was given."""

from typing import ClassVar

from django.db import migrations

from inzage.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access_log", "0003_decisions")]
    operations: ClassVar = [
        append_only("access_log_decisionrecord"),
        append_only(
            "access_log_decided", key="record_id = NEW.record_id AND position = NEW.position"
        ),
    ]
