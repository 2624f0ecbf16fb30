"""When a form grants, and what it lacks; every combination."""

from datetime import date, timedelta
from itertools import product

import pytest

from inzage.rules.granting import BRUSSELS, FormFacts, Missing, Refusal, missing_from, refusal_of
from inzage.rules.names import Route

TODAY = date(2025, 5, 5)
AROUND = [None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)]


def form(**changes: object) -> FormFacts:
    complete = FormFacts(Route.FORM, True, TODAY, False, None, None, False)
    return complete._replace(**changes)  # type: ignore[arg-type]


def test_a_complete_form_grants_without_a_signature() -> None:
    assert refusal_of(form(), on=TODAY) is None
    assert "signature" not in {str(field) for field in Missing}


def test_what_is_missing_is_listed_in_full() -> None:
    bare = form(route=Route.BRUSSELS_FORM, has_purpose=False, completed_on=None)
    assert missing_from(bare) == [Missing.PURPOSE, Missing.COMPLETED_ON, Missing.INFORMED_OF_ACTIRIS]
    assert missing_from(form()) == []


@pytest.mark.parametrize("route", Route)
def test_only_the_brussels_form_by_both_its_routes_must_say_that_the_client_was_told_of_actiris(
    route: Route,
) -> None:
    untold = form(route=route)
    assert (Missing.INFORMED_OF_ACTIRIS in missing_from(untold)) is (route in BRUSSELS)
    assert missing_from(untold._replace(informed_of_actiris=True)) == []


@pytest.mark.parametrize(("completed_on", "withdrawn_on", "deceased_on"), list(product(AROUND, repeat=3)))
def test_the_first_reason_to_refuse_is_given(
    completed_on: date | None, withdrawn_on: date | None, deceased_on: date | None
) -> None:
    refusal = refusal_of(
        form(completed_on=completed_on, withdrawn_on=withdrawn_on, deceased_on=deceased_on), on=TODAY
    )
    if completed_on is None:
        assert refusal is Refusal.INCOMPLETE
    elif withdrawn_on is not None and withdrawn_on <= TODAY:
        assert refusal is Refusal.WITHDRAWN
    elif deceased_on is not None and deceased_on <= TODAY:
        assert refusal is Refusal.DECEASED
    elif completed_on > TODAY:
        assert refusal is Refusal.BEFORE_COMPLETION
    else:
        assert refusal is None


@pytest.mark.parametrize(
    "lacking", [form(), form(completed_on=None), form(withdrawn_on=TODAY), form(deceased_on=TODAY)]
)
def test_a_form_for_a_unit_that_the_client_shut_out_grants_nothing_whatever_is_on_it(
    lacking: FormFacts,
) -> None:
    assert refusal_of(lacking._replace(objected=True), on=TODAY) is Refusal.OBJECTED
    assert refusal_of(lacking, on=TODAY) is not Refusal.OBJECTED
