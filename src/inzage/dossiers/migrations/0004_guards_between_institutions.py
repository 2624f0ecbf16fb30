"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from inzage.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("dossiers", "0003_between_institutions")]
    operations: ClassVar = [
        append_only("dossiers_address"),
        append_only("dossiers_enrolmentversion"),
        append_only("dossiers_recordcard", "replaces_id = NEW.replaces_id"),
    ]
