"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from inzage.journal.guards import append_only, final_once


class Migration(migrations.Migration):
    dependencies: ClassVar = [("view_rights", "0001_initial")]
    operations: ClassVar = [
        append_only("view_rights_viewrightversion"),
        append_only("view_rights_grantversion"),
        append_only("view_rights_closing", "right_id = NEW.right_id"),
        final_once(
            "view_rights_viewright",
            "OLD.closed_on IS NOT NULL",
            "a closed right is final",
            "dossier_id = NEW.dossier_id AND unit_id = NEW.unit_id AND closed_on IS NULL AND NEW.closed_on IS NULL",
        ),
    ]
