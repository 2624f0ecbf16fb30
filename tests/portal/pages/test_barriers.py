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
def test_a_page_has_no_barrier_and_fits_on_the_smallest_screen_in_any_language(
    office: Office, looker: Looker, state: State
) -> None:
    """Axe looks at each page in one of its languages, in turn: it looks for what the template says, not the words."""
    visit = state.prepare(office)
    again = visit.sent is None and visit.made is None  # what is sent in twice may be answered otherwise
    languages = LANGUAGES if again else LANGUAGES[:1]
    in_turn = languages[STATES.index(state) % len(languages)]
    for language in languages:
        seen = looker.look(answer_to(visit, language), for_barriers=language == in_turn)
        assert seen.language == language
        assert seen.barriers == [], language
        assert seen.width <= SMALLEST["width"], language
        assert seen.complaints == [], language
