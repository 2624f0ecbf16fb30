"""What a withdrawal ends and what it leaves, told beforehand by the judgement that then does it (S04)."""

import pytest

from inzage.consents.models import ConsentForm
from inzage.oversight.proving import prove
from inzage.rules.granting import Refusal
from inzage.rules.names import Purpose, Route
from inzage.tasks.models import Task
from inzage.view_rights.assigning import NotAssigned, end_assignment
from inzage.view_rights.consenting import (
    Asked,
    ask_right,
    record_consent_at_mediator,
    refuse,
    send_back,
    take_in,
)
from inzage.view_rights.ending import record_death
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.listing import rights_on
from inzage.view_rights.models import ViewRight
from inzage.view_rights.withdrawing import Withdrawal, foresee_withdrawal, withdraw
from tests.world import World, day, origin


def foreseen_and_done(form: ConsentForm, on: str, *, entered: str) -> Withdrawal:
    told = foresee_withdrawal(form.pk, withdrawn_on=day(on), origin=origin(entered))
    assert withdraw(form.pk, withdrawn_on=day(on), origin=origin(entered)) == told
    assert prove(today=day(entered), processes=1).differences == []
    return told


def open_on(on: str) -> list[str]:
    """The days on which the rights that the list has open on that day opened."""
    return [right["granted_on"] for right in rights_on(day(on)) if right["closed_on"] is None]


def test_an_assignment_that_begins_before_an_announced_withdrawal_keeps_the_right(world: World) -> None:
    world.grant("2025-01-10")
    world.assign("2025-02-01", from_="2025-03-15")
    form = ConsentForm.objects.get()
    assert not foreseen_and_done(form, "2025-04-01", entered="2025-03-01").ends
    assert Task.objects.get().kind == "withdrawal"
    world.night("2025-04-01")
    assert open_on("2025-04-01") == ["2025-01-10"]


def test_of_two_consents_withdrawn_for_one_day_the_second_is_told_to_end_it(world: World) -> None:
    world.grant("2025-01-10")
    world.grant("2025-01-11")
    first, second = ConsentForm.objects.order_by("pk")
    assert not foreseen_and_done(first, "2025-04-01", entered="2025-03-01").ends
    assert foreseen_and_done(second, "2025-04-01", entered="2025-03-01").ends


def test_of_two_consents_withdrawn_for_two_days_the_earlier_does_not_end_it(world: World) -> None:
    world.grant("2025-01-10")
    world.grant("2025-01-11")
    first, second = ConsentForm.objects.order_by("pk")
    foreseen_and_done(first, "2025-04-01", entered="2025-03-01")
    assert not foreseen_and_done(second, "2025-03-31", entered="2025-03-01").ends


@pytest.mark.parametrize("ground", ["assignment", "form"])
def test_a_ground_of_the_day_of_withdrawal_opens_the_next_right(world: World, ground: str) -> None:
    world.grant("2025-01-10")
    form = ConsentForm.objects.get()
    if ground == "assignment":
        world.assign("2025-03-01")
    else:
        world.grant("2025-03-01")
    told = foreseen_and_done(form, "2025-03-01", entered="2025-03-01")
    assert (told.ends, told.opens_anew) == (True, True)
    assert open_on("2025-03-01") == open_on("2025-03-02") == ["2025-03-01"]
    assert world.may_view("2025-03-01")
    assert Task.objects.exists() is (ground == "assignment")


@pytest.mark.parametrize("deceased_on", ["2025-02-01", "2025-02-20"])
def test_a_death_entered_late_takes_no_lawful_day_back(world: World, deceased_on: str) -> None:
    world.grant("2025-01-10")
    record_death(world.piet.pk, deceased_on=day(deceased_on), origin=origin("2025-02-20"))
    for on in ("2025-02-10", "2025-02-19"):
        assert world.may_view(on)
        assert open_on(on) == ["2025-01-10"]
    assert not world.may_view("2025-02-20")
    assert open_on("2025-02-20") == []


def test_a_right_that_was_closed_ahead_of_its_day_does_not_stop_what_comes(world: World) -> None:
    world.grant("2025-01-10")
    world.night("2025-08-01")  # on a copy of the register: its today is still 1 July
    world.grant("2025-07-02")
    record_death(world.piet.pk, deceased_on=day("2025-07-03"), origin=origin("2025-07-03"))
    assert not ViewRight.objects.filter(closed_on=None).exists()


def test_the_own_consent_at_the_mediator_makes_a_form_superfluous_but_tells_others_nothing(
    world: World,
) -> None:
    record_consent_at_mediator(
        world.piet.pk, Asked(world.spoor, Route.MEDIATOR, Purpose.TRAINING), origin=origin("2025-01-10")
    )
    own = Asked(world.spoor, Route.FORM, Purpose.TRAINING, by=world.spoor)
    with pytest.raises(NotGranted) as refused:
        ask_right(world.piet.pk, own, origin=origin("2025-02-01"))
    assert refused.value.refusal is Refusal.CONSENT_RECORDED
    for other in (own._replace(by=world.haven), own._replace(purpose=Purpose.GUIDANCE)):
        assert ask_right(world.piet.pk, other, origin=origin("2025-02-01")).state == "asked"
    assert ask_right(world.piet.pk, own, origin=origin("2025-07-11")).state == "asked"  # it has ended


def test_what_was_asked_of_the_mediator_is_done_by_the_consent_there(world: World) -> None:
    asked = Asked(world.spoor, Route.MEDIATOR, Purpose.TRAINING, by=world.spoor)
    form = ask_right(world.piet.pk, asked, origin=origin("2025-01-10"))
    record_consent_at_mediator(world.piet.pk, asked._replace(by=None), origin=origin("2025-01-12"))
    form.refresh_from_db()
    assert (form.state, form.granted_on, ConsentForm.objects.count()) == ("granted", day("2025-01-12"), 1)


def test_no_refusal_and_no_end_without_its_reason(world: World) -> None:
    form, assignment = world.form("2025-01-10"), world.assign("2025-01-10")
    with pytest.raises(NotGranted) as refused:
        refuse(form.pk, reason=" ", origin=origin("2025-01-11"))
    assert refused.value.refusal is Refusal.NO_REASON
    with pytest.raises(NotAssigned, match="needs its reason"):
        end_assignment(assignment.pk, on=day("2025-02-01"), reason="", origin=origin("2025-02-01"))


def test_a_complete_form_is_not_sent_back_and_one_taken_in_anew_lacks_nothing(world: World) -> None:
    form = world.form("2025-01-10", completed_on=None)
    assert send_back(form.pk, origin=origin("2025-01-11")).missing == ["completed_on"]
    again = take_in(form.pk, completed_on=day("2025-01-12"), origin=origin("2025-01-12"))
    assert again.missing == []
    with pytest.raises(NotGranted) as refused:
        send_back(form.pk, origin=origin("2025-01-13"))
    assert refused.value.refusal is Refusal.COMPLETE


@pytest.mark.parametrize(("entered", "granted"), [("2025-02-28", False), ("2025-03-01", True)])
def test_an_assignment_ended_before_it_began_never_grants(world: World, entered: str, granted: bool) -> None:
    assignment = world.assign("2025-01-10", from_="2025-03-01")
    world.end_assignment(assignment, "2025-03-01", entered=entered)
    world.night("2025-03-02")
    assert ViewRight.objects.exists() is granted
