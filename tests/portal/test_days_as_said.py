"""Days and moments as people say them, by one filter on every page, in three languages."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils.translation import override

import inzage
from inzage.portal.managing.figures import _weeks
from inzage.portal.operation.lights import in_words
from inzage.view_rights.ending import give_back
from tests.portal.at_desk import page_of
from tests.portal.office import Office, a_form, origin, signed_in_as
from tests.portal.reading import text

FIRST, SECOND = date(2027, 3, 1), date(2027, 3, 2)
LATE = datetime(2027, 2, 28, 23, 30, 5, tzinfo=UTC)
"""Half past midnight on the first of March in Brussels."""
SAID = [
    ("nl", "1 maart 2027", "2 maart 2027", "maandag 1 maart 2027"),
    ("fr", "1er mars 2027", "2 mars 2027", "lundi 1er mars 2027"),
    ("en", "1 March 2027", "2 March 2027", "Monday 1 March 2027"),
]


def shown(template: str, value: object) -> str:
    """What a template makes of it, without loading anything."""
    return Template(template).render(Context({"value": value}))


@pytest.mark.parametrize(("language", "first", "second", "with_weekday"), SAID)
def test_a_day_is_said_as_people_say_it(language: str, first: str, second: str, with_weekday: str) -> None:
    with override(language):
        assert shown("{{ value|day }}", FIRST) == first
        assert shown("{{ value|day }}", SECOND) == second
        assert shown('{{ value|day:"l" }}', FIRST).lower() == with_weekday.lower()


@pytest.mark.parametrize(("language", "first"), [each[:2] for each in SAID])
def test_a_moment_is_that_of_brussels(language: str, first: str) -> None:
    with override(language):
        assert shown("{{ value|day }}", LATE) == first
        assert shown("{{ value|moment }}", LATE) == in_words(LATE) == f"{first} 00:30"
        assert shown('{{ value|moment:"H:i:s" }}', LATE) == f"{first} 00:30:05"


@pytest.mark.parametrize("template", ["{{ value|day|default:'–' }}", "{{ missing|moment|default:'–' }}"])
def test_where_there_is_none_nothing_is_said(template: str) -> None:
    assert shown(template, None) == "–"


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "week van 1 maart"), ("fr", "semaine du 1er mars"), ("en", "week of 1 March")],
)
def test_a_week_begins_on_a_day_that_is_said_so_too(language: str, said: str) -> None:
    with override(language):
        assert [bar.label for bar in _weeks({FIRST: 3})] == [said]


def test_no_page_and_no_code_spells_a_day_by_itself() -> None:
    """A month after its day is said by `day`, `moment` or `in_words` alone."""
    by_itself = re.compile(r"""date:["'][^"']*j[^"']*F|date_format\([^)]*["']j""")
    source = Path(inzage.__file__).parent
    found = {
        str(path.relative_to(source))
        for path in source.rglob("*")
        if path.suffix in (".html", ".txt", ".py") and by_itself.search(path.read_text("utf-8"))
    }
    assert found == {"view_rights/explaining.py", "consents/form_pdf/filling_in.py"}  # paper knows no pages


@pytest.mark.parametrize(("language", "said"), [("nl", "1 maart"), ("fr", "1er mars"), ("en", "1 March")])
def test_a_page_says_it_so_to_its_reader(office: Office, language: str, said: str) -> None:
    a_form(office.anna, office.school)
    give_back(office.right.pk, origin=origin())
    office.mira.language = language
    office.mira.save()
    page = page_of(office.anna, f"inzagerechten/{office.right.pk}/intrekken/")
    assert f"{said} 2026" in text(signed_in_as(office.mira).get(page))
