"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from inzage.journal.guards import append_only, final_once


class Migration(migrations.Migration):
    dependencies: ClassVar = [("consents", "0006_objections_and_the_language_of_a_form")]
    operations: ClassVar = [
        append_only("consents_objectionversion"),
        final_once(
            "consents_objection",
            "OLD.lifted_at IS NOT NULL",
            "a lifted objection is final",
            "lifted_at IS NULL AND NEW.lifted_at IS NULL AND dossier_id = NEW.dossier_id AND unit_id = NEW.unit_id",
        ),
    ]
