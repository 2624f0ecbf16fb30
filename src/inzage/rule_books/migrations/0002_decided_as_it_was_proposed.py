"""What the database itself refuses: a decision that says otherwise of its proposal, or is the author's own (S19)."""

from typing import ClassVar

from django.db import migrations

from inzage.journal.guards import only_where

FROM_ITS_FIRST_DAY = (
    "EXISTS (SELECT 1 FROM rule_books_draft draft WHERE draft.id = NEW.draft_id "
    """AND (NEW."on" = draft.starts_on OR NEW.act = 'migrate' AND NEW."on" > draft.starts_on))"""
)
AS_PROPOSED = (
    "EXISTS (SELECT 1 FROM rule_books_proposal proposal WHERE proposal.id = NEW.proposal_id "
    'AND proposal.proposed_by = NEW.proposed_by AND proposal."on" = NEW."on")'
)
NOT_BY_ITS_AUTHOR = (
    "NEW.verdict <> 'approved' OR EXISTS (SELECT 1 FROM rule_books_proposal proposal "
    "JOIN rule_books_draft draft ON draft.id = proposal.draft_id "
    'WHERE proposal.id = NEW.proposal_id AND draft.author <> NEW."by")'
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("rule_books", "0001_drafts_proposals_and_editions")]
    operations: ClassVar = [
        only_where(
            "rule_books_proposal",
            "from_its_first_day",
            FROM_ITS_FIRST_DAY,
            "a book is published from its first day, and terms move to it then or later",
        ),
        only_where(
            "rule_books_edition",
            "as_proposed",
            AS_PROPOSED,
            "a decision repeats who proposed it, and its day",
        ),
        only_where(
            "rule_books_edition",
            "not_by_its_author",
            NOT_BY_ITS_AUTHOR,
            "who wrote a text does not approve it",
        ),
    ]
