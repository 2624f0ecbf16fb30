"""Each stack of forms under way is read from an index of its own, in the order in which they wait."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("consents", "0009_why_an_objection_was_lifted")]
    operations: ClassVar = [
        migrations.AddIndex(
            "consentform",
            models.Index(
                fields=["changed_at"], name=f"forms_{state}_in_turn", condition=models.Q(("state", state))
            ),
        )
        for state in ("asked", "sent_back")
    ]
