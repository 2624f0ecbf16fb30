"""No page asks the database much, or weighs much; and nothing of it comes from another host."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.portal.office import Office
from tests.portal.pages.every import STATES
from tests.portal.pages.visiting import State, answer_to, browser_of

QUERIES = 12
WEIGHT = 150_000
"""In bytes, as they lie on disk: what a first visit fetches at most, before it is compressed."""
LINKED = re.compile(r'(?:src|<link[^>]*href)="(/static/)?([^"]*)"')


@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_page_asks_the_database_twelve_things_at_most(office: Office, state: State) -> None:
    visit = state.prepare(office)
    browser = browser_of(visit)
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(visit.address)
    asked = [query["sql"] for query in queries if not _is_of_the_transaction(query["sql"])]
    assert answer.status_code != 500
    assert len(asked) <= QUERIES, "\n".join(asked)


@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_first_visit_weighs_little_and_fetches_from_here(office: Office, state: State) -> None:
    page = answer_to(state.prepare(office)).content
    weight = len(page)
    for here, name in LINKED.findall(page.decode()):
        assert here, name
        found = finders.find(name)
        assert isinstance(found, str), name
        weight += Path(found).stat().st_size
    assert weight <= WEIGHT


def _is_of_the_transaction(sql: str) -> bool:
    return sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT", "COMMIT"))
