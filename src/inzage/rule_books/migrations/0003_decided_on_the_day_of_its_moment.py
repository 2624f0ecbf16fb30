"""What the database itself refuses: a decision on another day than that of its moment, in Brussels."""

from importlib import import_module
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import migrations, models
from django.db.models.functions import TruncDate

from inzage.journal.guards import again_on_sqlite, append_only, only_where

before = import_module("inzage.rule_books.migrations.0002_decided_as_it_was_proposed")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("rule_books", "0002_decided_as_it_was_proposed")]
    operations: ClassVar = [
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                name="edition_on_the_day_of_its_moment",
                condition=models.Q(day=TruncDate("at", tzinfo=ZoneInfo("Europe/Brussels"))),
            ),
        ),
        again_on_sqlite(
            append_only("rule_books_edition", "proposal_id = NEW.proposal_id AND verdict = NEW.verdict")
        ),
        again_on_sqlite(
            only_where(
                "rule_books_edition",
                "as_proposed",
                before.AS_PROPOSED,
                "a decision repeats who proposed it, and its day",
            )
        ),
        again_on_sqlite(
            only_where(
                "rule_books_edition",
                "not_by_its_author",
                before.NOT_BY_ITS_AUTHOR,
                "who wrote a text does not approve it",
            )
        ),
    ]
