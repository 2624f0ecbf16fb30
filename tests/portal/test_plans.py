"""Lists come from an index in their order, however many rows there are that they don't show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inzage.consents.desks import UNDER_WAY
from inzage.consents.models import ConsentForm
from inzage.portal.paging import ByLastDay, longest_waiting
from inzage.view_rights.viewing import open_to
from tests.portal.office import TODAY, Office
from tests.portal.test_log_search import plan_of


def test_rights_without_an_end_are_read_from_those_of_their_unit(office: Office) -> None:
    """By their number alone, all rights of all units might be walked to find the few that there are."""
    with CaptureQueriesContext(connection) as queries:
        ByLastDay(TODAY).rows(open_to(office.own.pk, on=TODAY), "", 51)
    for query in queries:
        plan = plan_of(query["sql"])
        assert "right_by_unit" in plan
        assert "viewright_pkey" not in plan
        assert "TEMP B-TREE" not in plan


IN_TURN = {
    "received": "forms_to_handle",
    "asked": "forms_asked_in_turn",
    "sent_back": "forms_sent_back_in_turn",
}


@pytest.mark.parametrize("state", UNDER_WAY)
@pytest.mark.django_db
def test_each_stack_of_forms_is_read_in_its_turn(state: str) -> None:
    """Also those that nobody has to handle now."""
    with CaptureQueriesContext(connection) as queries:
        longest_waiting(ConsentForm.objects.filter(state=state, route__in=["form", "mediator"]), "")
    plan = plan_of(queries[0]["sql"])
    assert IN_TURN[state] in plan
    assert "TEMP B-TREE" not in plan
