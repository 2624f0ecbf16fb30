"""What the database itself refuses: that somebody at work becomes a citizen, or the other way round."""

from typing import ClassVar

from django.db import migrations

from inzage.journal.guards import never


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("partners", "0007_who_comes_in_which_capacity"),
        ("dossiers", "0008_citizens_apart"),
    ]
    operations: ClassVar = [
        never(
            "partners_person",
            "(OLD.role = 'client') <> (NEW.role = 'client')",
            "at work and as a citizen are two persons",
        ),
    ]
