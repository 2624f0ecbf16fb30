"""What the database itself refuses: an answer that says otherwise of its request, or that opened another right (S22)."""

from typing import ClassVar

from django.db import migrations

from inzage.journal.guards import only_where

AS_ASKED = (
    "EXISTS (SELECT 1 FROM view_rights_restoration asked "
    "WHERE asked.id = NEW.restoration_id AND asked.asked_by = NEW.asked_by)"
)
OPENED_AGAIN = (
    "NEW.opened_id IS NULL OR EXISTS (SELECT 1 FROM view_rights_restoration asked "
    "JOIN view_rights_viewright closed ON closed.id = asked.right_id "
    "JOIN view_rights_viewright opened "
    "ON opened.dossier_id = closed.dossier_id AND opened.unit_id = closed.unit_id "
    "WHERE asked.id = NEW.restoration_id AND opened.id = NEW.opened_id "
    "AND opened.id <> closed.id AND opened.granted_on >= closed.closed_on)"
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("view_rights", "0011_counted_in_indexes")]
    operations: ClassVar = [
        only_where(
            "view_rights_restorationanswer",
            "as_asked",
            AS_ASKED,
            "an answer repeats who asked it",
        ),
        only_where(
            "view_rights_restorationanswer",
            "opened_again",
            OPENED_AGAIN,
            "what is restored is a later right of the same unit on the same dossier",
        ),
    ]
