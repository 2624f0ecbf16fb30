"""No page asks the database more for there being more in it, whoever looks."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.portal.permissions.asking import YES, asked_of
from tests.portal.permissions.crowd import more
from tests.portal.permissions.page import PAGE, lines_in
from tests.portal.permissions.people import CLOSED, COLUMNS, LEERHUIS, NOBODY, Everyone
from tests.portal.permissions.world import the_world

pytestmark = pytest.mark.django_db
QUERIES = 12
FEW, MANY = 2, 4
"""How much more there is at first, and then again. A statement for each row would be asked MANY times more."""
A_LINE = 150
"""In bytes: by less than this a page differs by itself."""
AS_ANOTHER = {NOBODY, CLOSED, LEERHUIS, "other client"}
"""Who sees no more than somebody else does, or the same of others."""
LONGER = {
    *("my-dossiers", "closed-rights", "dossier", "asked", "notices", "today", "give-back"),
    *("unit-people", "unit-unused", "pupils", "post", "people", "organisations"),
    *("work-list", "desk-tasks", "desk-client", "desk-client-grounds", "quarantine", "deliveries"),
    *("watched", "participant", "own-dossier", "who-looked", "client-consents", "client-organisations"),
    *("questions", "paper", "desk-files", "runs", "log-of-person", "log-of-unit", "rights-of-unit"),
    *("log-of-dossier", "log-line", "stated-reasons", "officer-questions", "state"),
}
"""The pages on which there is more to see."""


class Visit(NamedTuple):
    """An address, with its ids, and who looks there."""

    name: str
    ids: tuple[object, ...]
    column: str


class Cost(NamedTuple):
    """How many statements a page took, but for savepoints, and how long it was."""

    asked: int
    length: int


def visits(world: Everyone) -> Iterator[Visit]:
    """Every page that is shown to somebody."""
    for line in lines_in(PAGE.read_text("utf-8")):
        (asked,) = (asked for asked in asked_of(line.name, world) if asked.about == line.about)
        for column, word in zip(COLUMNS, line.cells, strict=True):
            if word == YES and column not in AS_ANOTHER:
                yield Visit(line.name, asked.ids, column)


def cost_of(world: Everyone, visit: Visit) -> Cost:
    """What it takes now."""
    with CaptureQueriesContext(connection) as queries:
        page = world.browsers[visit.column].get(reverse(visit.name, args=visit.ids))
    assert page.status_code == 200, visit
    asked = sum("SAVEPOINT" not in query["sql"] for query in queries)
    return Cost(asked, 0 if page.streaming else len(page.content))


def test_no_page_asks_more_where_there_is_more() -> None:
    with the_world() as world:
        pages = list(visits(world))
        more(world, FEW)
        few = {visit: cost_of(world, visit) for visit in pages}
        more(world, MANY)
        many = {visit: cost_of(world, visit) for visit in pages}
    grew = {visit for visit in pages if many[visit].asked >= few[visit].asked + MANY}
    assert grew == set()
    assert {visit: cost.asked for visit, cost in many.items() if cost.asked > QUERIES} == {}
    longer = {visit.name for visit in pages if many[visit].length > few[visit].length + A_LINE}
    assert longer >= LONGER, LONGER - longer
