"""Each stack of forms under way is read in the order in which it waits: this takes the place of the index of one."""

from typing import ClassVar

from django.db import migrations, models

UNDER_WAY = models.Q(("state__in", ["received", "asked", "sent_back"]))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("consents", "0008_forms_as_files")]
    operations: ClassVar = [
        migrations.AddIndex(
            "consentform",
            models.Index(fields=["state", "changed_at", "id"], name="forms_in_turn", condition=UNDER_WAY),
        ),
        migrations.RemoveIndex("consentform", "forms_to_handle"),
    ]
