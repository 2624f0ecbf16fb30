"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from inzage.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("consents", "0003_between_institutions_brussels")]
    operations: ClassVar = [
        append_only("consents_informationgiven", "takes_back_id = NEW.takes_back_id"),
    ]
