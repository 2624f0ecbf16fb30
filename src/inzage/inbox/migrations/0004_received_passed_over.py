"""Messages that were overtaken or set aside are few among all: their lists are found by indexes of their own."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("inbox", "0003_between_institutions_about")]
    operations: ClassVar = [
        migrations.AddIndex(
            "received",
            models.Index(
                fields=["source", "id"], name=f"received_{state}", condition=models.Q(("state", state))
            ),
        )
        for state in ("overtaken", "set_aside")
    ]
