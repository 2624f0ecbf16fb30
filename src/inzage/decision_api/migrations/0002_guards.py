"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from inzage.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("decision_api", "0001_initial")]
    operations: ClassVar = [append_only("decision_api_callerversion")]
