"""Every template names its states, and each state is what it says."""

import pytest

from tests.portal.office import Office
from tests.portal.pages.every import STATES
from tests.portal.pages.visiting import State, answer_to, states_by_template, templates


@pytest.mark.parametrize("template", templates())
def test_every_template_names_its_states(template: str) -> None:
    assert states_by_template().get(template), f"tests/portal/pages names no state of {template}"


def test_no_state_is_of_a_template_that_is_gone() -> None:
    assert sorted(states_by_template().keys() - set(templates())) == []


def test_no_two_states_of_a_template_have_one_name() -> None:
    names = [str(state) for state in STATES]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("state", STATES, ids=str)
def test_each_state_is_shown_by_its_template_with_its_status(office: Office, state: State) -> None:
    visit = state.prepare(office)
    answer = answer_to(visit)
    assert answer.status_code == visit.status
    if visit.made is None:
        assert state.template in [template.name for template in answer.templates]  # type: ignore[attr-defined]
