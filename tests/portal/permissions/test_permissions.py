"""Nobody sees what they may not: each address, everyone, the own and another's, as docs/permissions.md says (S01)."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from inzage.portal.coming_in.urls import OPEN
from inzage.portal.urls import urlpatterns
from tests.portal.permissions.asking import (
    FORM,
    NO,
    NOT_THERE,
    ON,
    SIGN_IN,
    YES,
    answer,
    answer_to_sent,
    asked_of,
    row,
    said,
    unknown_for,
)
from tests.portal.permissions.entries import ENTRIES, kinds_of
from tests.portal.permissions.page import COMMAND, PAGE, Line, folder_of, lines_in, page
from tests.portal.permissions.people import (
    CLOSED,
    COLUMNS,
    LEERHUIS,
    NOBODY,
    OFFICIALS,
    WERKPAD,
    Everyone,
)
from tests.portal.permissions.world import the_world

pytestmark = pytest.mark.django_db
TEXT = PAGE.read_text("utf-8")
LINES = lines_in(TEXT)
WITH_ID = [name for name in ENTRIES if kinds_of(name) != [[]]]
PUBLIC = {"accessibility", "calendar-feed", "healthy", "language", "manual", "sign-in", *OPEN}
OF_NOBODY = {"calendar-feed", "client-shut-out", "letter", "letter-as-html"}
"""Whom a client wants to shut out is any organisation, the demo's mails are for all who try it, and a calendar is for
the program that has its address.
"""
OF_OFFICIALS = {
    "",
    "account",
    "administration",
    "coming_in",
    "held",
    "manual",
    "operation",
    "protection",
    "restoring",
    "rule_manager",
    "rule_manager/drafts",
}
"""The folders in which officials have pages; the portal's own first pages are everyone's."""
SWAPPED = {WERKPAD: LEERHUIS, LEERHUIS: WERKPAD, "client": "other client", "other client": "client"}


@pytest.fixture
def _django_db_helper() -> None:
    """No transaction for each test, as the mark would give it: the world has one for all, and is undone with it."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Everyone]:
    """Everyone and everything, made once for all addresses."""
    with django_db_blocker.unblock(), the_world() as made:
        yield made


def cell(line: Line, column: str) -> str:
    """What the page says of somebody."""
    return line.cells[list(COLUMNS).index(column)]


def test_every_address_of_the_portal_is_asked() -> None:
    assert {str(pattern.name) for pattern in urlpatterns} == set(ENTRIES)


@pytest.mark.parametrize("name", ENTRIES)
def test_the_page_says_what_everyone_is_answered(name: str, world: Everyone) -> None:
    answered = [Line(name, asked.about, row(world, asked, name)) for asked in asked_of(name, world)]
    assert [line for line in LINES if line.name == name] == answered, (
        f"`{COMMAND}` writes {PAGE.name} anew; look at what it changes"
    )


def test_the_page_says_nothing_else() -> None:
    assert page(LINES) == TEXT, f"`{COMMAND}` writes {PAGE.name} anew"


@pytest.mark.parametrize("name", WITH_ID)
def test_unknown_and_anothers_are_answered_to_the_letter_the_same(name: str, world: Everyone) -> None:
    for asked in asked_of(name, world):
        for column in COLUMNS:
            there = answer(world, column, name, asked.ids)
            if there.word != YES:
                unknown = {answer(world, column, name, ids) for ids in unknown_for(asked)}
                assert unknown == {there}, (asked.about, column)


@pytest.mark.parametrize("name", ENTRIES)
def test_who_may_not_see_a_page_can_not_send_its_form(name: str, world: Everyone) -> None:
    for asked in asked_of(name, world):
        for column in COLUMNS:
            looked = said(world, column, name, asked.ids)
            if looked in (NO, NOT_THERE, SIGN_IN):
                sent = answer_to_sent(world, column, name, asked.ids).word
                assert sent in (looked, FORM), (asked.about, column)


def test_nobody_sees_anything_without_signing_in() -> None:
    for line in LINES:
        assert (cell(line, NOBODY) == SIGN_IN) == (line.name not in PUBLIC), line


@pytest.mark.parametrize("column", SWAPPED)
def test_each_partner_and_each_client_is_answered_of_the_own_what_the_other_is_of_the_others(
    column: str,
) -> None:
    of_one = {(line.name, line.about): cell(line, column) for line in LINES if line.about.count(":") == 1}
    of_other = {
        (line.name, _swapped(line.about)): cell(line, SWAPPED[column])
        for line in LINES
        if line.about.count(":") == 1
    }
    assert of_one == of_other
    assert YES in of_one.values()
    assert NOT_THERE in of_one.values()


def _swapped(about: str) -> str:
    unit, _, words = about.partition(":")
    return f"{SWAPPED[unit]}:{words}"


def test_no_partner_and_no_client_sees_a_thing_of_the_other() -> None:
    things = [line for line in LINES if line.about and line.name not in OF_NOBODY]
    for column in ("client", WERKPAD, "manager"):
        assert {cell(line, column) for line in things if line.about.startswith(LEERHUIS)} <= {
            NO,
            NOT_THERE,
            ON,
        }
    for column in ("other client", LEERHUIS):
        assert {cell(line, column) for line in things if line.about.startswith(WERKPAD)} <= {
            NO,
            NOT_THERE,
            ON,
        }


def test_a_right_that_closed_yesterday_opens_no_more_than_none_at_all() -> None:
    things = [line for line in LINES if line.about.startswith(WERKPAD) and line.name not in OF_NOBODY]
    assert [cell(line, CLOSED) for line in things] == [cell(line, LEERHUIS) for line in things]
    assert YES not in {cell(line, CLOSED) for line in things}


def test_nothing_of_one_dossier_is_there_under_another() -> None:
    mixed = [line for line in LINES if line.about.count(":") > 1]
    assert mixed
    assert {word for line in mixed for word in line.cells} <= {NO, NOT_THERE, SIGN_IN}


@pytest.mark.parametrize("column", OFFICIALS)
def test_officials_open_nothing_of_partners_desks_and_clients(column: str) -> None:
    elsewhere = [
        line for line in LINES if folder_of(line.name) not in OF_OFFICIALS and line.name not in PUBLIC
    ]
    assert {cell(line, column) for line in elsewhere} == {NO}
