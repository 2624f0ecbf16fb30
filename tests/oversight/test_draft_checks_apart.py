"""A draft is looked into by a process of its own: all that it needs goes there, and what is found comes back."""

from inzage.oversight.draft_checks import Asked, look
from inzage.rules.reading_books import packaged_books
from inzage.view_rights.parallel import apart
from tests.rules.drafts import draft


def test_of_a_draft_that_says_the_same_another_process_finds_no_difference() -> None:
    same = Asked(draft(), packaged_books(), None)
    found = apart(look, same)
    assert (found["differing"], found["examples"]) == (0, [])
    assert found == look(same)
