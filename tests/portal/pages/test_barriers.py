"""No page in any state has a barrier that axe finds (WCAG 2.2 AA), or scrolls sideways on a small screen."""

from collections.abc import Iterator

import pytest

from tests.portal.office import Office
from tests.portal.pages.browsing import SMALLEST, Looker, a_looker
from tests.portal.pages.every import STATES
from tests.portal.pages.visiting import LANGUAGES, State, answer_to

pytestmark = [pytest.mark.browser, pytest.mark.axe]


@pytest.fixture(scope="module")
def looker() -> Iterator[Looker]:
    """One browser for all pages."""
    with a_looker() as one:
        yield one


@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_page_has_no_barrier_in_any_language_and_fits_on_the_smallest_screen(
    office: Office, looker: Looker, state: State
) -> None:
    visit = state.prepare(office)
    again = visit.sent is None and visit.made is None  # what is sent in twice may be answered otherwise
    for language in LANGUAGES if again else LANGUAGES[:1]:
        seen = looker.look(answer_to(visit, language))
        assert seen.language == language
        assert seen.barriers == [], language
        assert seen.width <= SMALLEST["width"], language
        assert seen.complaints == [], language
