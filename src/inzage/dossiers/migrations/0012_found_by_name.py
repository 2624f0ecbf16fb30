"""Each client is found by the key of its name, and a dossier stays its client's."""

from typing import ClassVar

from django.db import migrations, models

from inzage.dossiers.keys_of_names import fill
from inzage.journal.guards import never


class Migration(migrations.Migration):
    dependencies: ClassVar = [("dossiers", "0011_ownerships_by_service")]
    operations: ClassVar = [
        migrations.AddField("client", "name_key", models.TextField(db_default="", editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        never("dossiers_dossier", "NEW.client_id <> OLD.client_id", "a dossier stays that of its client"),
    ]
