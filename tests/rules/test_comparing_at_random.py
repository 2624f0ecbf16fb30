"""What random histories of many facts show of a draft, the check of all small combinations has found too."""

from random import Random

import pytest

from inzage.rules.combinations import Bound, Combination
from inzage.rules.comparing import Change, compare, differences
from inzage.rules.history import History
from inzage.rules.rulebook import RuleBooks
from tests.rules.against_reference import Production, by_client
from tests.rules.random_books import as_read, random_rules
from tests.rules.random_registers import random_register
from tests.rules.reference_books import Rules

CLIENTS = 300
SMALL = Bound(activities=1, ownerships=1, grants=2)


def histories(rules: Rules, seed: int) -> list[History]:
    """What each unit had with each client; the first right of a unit knows all that comes after it."""
    first: dict[tuple[str, str], History] = {}
    for register in by_client(random_register(seed, CLIENTS, rules)):
        for right, case in Production(register, rules).cases():
            of = right.dossier.client.client_number, right.unit.oe_number
            first.setdefault(of, History(case.grants, case.ownerships, case.executions, case.deceased_on))
    return list(first.values())


@pytest.mark.parametrize("seed", range(1, 4))
def test_every_change_that_random_histories_show_is_found_with_few_facts(seed: int) -> None:
    rules = random_rules(Random(seed))
    *before, draft = as_read(rules).every()
    books = RuleBooks(before)
    moved_on = next((on for on, starts_on in rules.moves if starts_on == draft.starts_on), None)
    shown: set[Change] = set()
    for history in histories(rules, seed):
        shown |= {one.change for one in differences(Combination(history), draft, books, moved_on=moved_on)}
    found = {change for change, _rule in compare(draft, books, moved_on=moved_on, bound=SMALL).examples}
    assert shown <= found
    assert shown
