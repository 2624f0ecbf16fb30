"""A client shuts out one organisation: its consents end, no other ground does, no new consent opens anything (S04)."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from pytest_django import Settings

from inzage.consents.models import DECLINED, ConsentForm, FormState, Objection, ObjectionVersion
from inzage.consents.objections import objected_since
from inzage.dossiers.models import Dossier
from inzage.journal.models import Origin
from inzage.notices.models import Notice
from inzage.oversight.proving import prove
from inzage.partners.models import Unit
from inzage.rules.granting import Refusal
from inzage.rules.names import Ground, Purpose, Route
from inzage.tasks.models import Task
from inzage.view_rights.answering_held import answer_held
from inzage.view_rights.consenting import Asked, ask_right, record_consent_at_mediator
from inzage.view_rights.granting import NotGranted, grant_by_form
from inzage.view_rights.held import Answer
from inzage.view_rights.holding import check_evening
from inzage.view_rights.listing import rights_on
from inzage.view_rights.models import ViewRight
from inzage.view_rights.objecting import (
    NotObjected,
    answer,
    foresee_objection,
    lift,
    object_to,
    objection_of,
)
from inzage.view_rights.withdrawing import Withdrawal, foresee_withdrawal, withdraw
from tests.vdab import saying
from tests.world import World, day, noon, origin


def shut_out(
    world: World, on: str, *, unit: Unit | None = None, dossier: Dossier | None = None
) -> Withdrawal:
    """Shut the unit out, having foreseen the very same; what is stored stays what the rules say."""
    whose, whom = (dossier or world.piet).pk, unit or world.spoor
    told = foresee_objection(whose, whom.pk, origin=origin(on))
    assert object_to(whose, whom, reason=" genoeg ", origin=origin(on)) == told
    assert prove(today=day(on), processes=1).differences == []
    return told


def refused(do: Callable[[], object]) -> str:
    """Why the rules refuse it."""
    with pytest.raises(NotGranted) as why:
        do()
    return str(why.value.refusal)


def test_all_consents_go_together_and_the_right_ends_that_day(world: World) -> None:
    world.grant("2025-01-10")
    world.grant("2025-02-10", purpose=Purpose.TRAINING)
    told = shut_out(world, "2025-03-01")
    assert (told.ends, told.opens_anew, told.left) == (True, False, ())
    assert (world.may_view("2025-02-28"), world.may_view("2025-03-01")) == (True, False)
    right = world.right()
    assert (right.closing_reason, str(right.closed_on), world.last_day()) == (
        "objected",
        "2025-03-01",
        "2025-02-28",
    )
    assert {str(form.withdrawn_on) for form in ConsentForm.objects.all()} == {"2025-03-01"}
    assert not Task.objects.exists()
    assert Notice.objects.filter(kind="closed", unit=world.spoor).count() == 1


def test_what_was_kept_goes_with_the_consent_and_asks_no_mediator(world: World, settings: Settings) -> None:
    settings.EVENING_LIMITS = {"times": 1, "least": 0, "nights": 20, "floor": 0, "percent": 0}
    right = world.grant("2025-01-10")
    check_evening(day("2025-07-10"), clock=lambda: noon("2025-07-10"))
    answer_held([right.pk], Answer.KEPT, "Blijft.", origin=origin("2025-07-11"))
    assert world.may_view("2025-07-12")
    told = shut_out(world, "2025-07-12")
    assert (told.ends, told.opens_anew, told.left) == (True, False, ())
    assert not world.may_view("2025-07-12")
    assert not Task.objects.filter(kind=Task.Kind.OBJECTION).exists()


def test_other_units_and_other_clients_are_untouched(world: World) -> None:
    for near in ({}, {"unit": world.brug}, {"dossier": world.an}):
        world.grant("2025-01-10", **near)
    shut_out(world, "2025-03-01")
    assert not world.may_view("2025-03-01")
    assert world.may_view("2025-03-01", unit=world.brug)
    assert world.may_view("2025-03-01", dossier=world.an)
    assert ConsentForm.objects.filter(withdrawn_on=None).count() == 2


@pytest.mark.parametrize("ended", [None, "2025-02-15"])
def test_what_rests_on_an_assignment_running_or_ended_stays_and_goes_to_a_mediator(
    world: World, ended: str | None
) -> None:
    world.grant("2025-01-10")
    assignment = world.assign("2025-02-01")
    if ended:
        world.end_assignment(assignment, ended)
    told = shut_out(world, "2025-03-01")
    assert (told.ends, told.left) == (False, (Ground.ASSIGNMENT,))
    assert world.may_view("2025-03-01")
    task = Task.objects.get()
    assert (task.kind, task.unit, task.dossier) == ("objection", None, world.piet)
    assert objection_of(task) == Objection.objects.get()


def test_an_assignment_of_that_very_day_opens_the_next_right_at_once(world: World) -> None:
    world.grant("2025-01-10")
    world.assign("2025-03-01")
    told = shut_out(world, "2025-03-01")
    assert (told.ends, told.opens_anew, told.left) == (True, True, (Ground.ASSIGNMENT,))
    assert world.may_view("2025-03-01")
    assert Task.objects.get().kind == "objection"


def test_a_consent_of_that_very_day_opens_nothing_any_more(world: World) -> None:
    world.grant("2025-01-10")
    world.grant("2025-03-01")
    told = shut_out(world, "2025-03-01")
    assert (told.ends, told.opens_anew) == (True, False)
    assert not world.may_view("2025-03-01")


def test_a_right_that_opened_that_very_day_is_gone(world: World) -> None:
    world.grant("2025-03-01")
    assert shut_out(world, "2025-03-01").ends
    assert not world.may_view("2025-03-01")
    assert [state for state in rights_on(day("2025-03-01")) if state["closed_on"] is None] == []


def test_a_right_that_ended_the_day_before_is_not_ended_again(world: World) -> None:
    world.grant("2025-01-10")
    assert world.last_day() == "2025-07-10"
    assert shut_out(world, "2025-07-11").right is None
    assert world.right().closing_reason == "term"


def test_on_its_last_day_a_right_is_still_ended(world: World) -> None:
    world.grant("2025-01-10")
    assert shut_out(world, "2025-07-10").ends
    assert (world.right().closing_reason, world.last_day()) == ("objected", "2025-07-09")


def test_a_withdrawal_announced_for_later_is_overtaken(world: World) -> None:
    world.grant("2025-01-10")
    form = ConsentForm.objects.get()
    withdraw(form.pk, withdrawn_on=day("2025-04-01"), origin=origin("2025-02-01"))
    assert shut_out(world, "2025-03-01").ends
    form.refresh_from_db()
    assert str(form.withdrawn_on) == "2025-03-01"


def test_what_is_under_way_is_declined_and_who_asked_hears_no_more_than_that(world: World) -> None:
    own = world.form("2025-02-01", by=world.spoor)
    by_another = world.form("2025-02-01", by=world.haven)
    elsewhere = world.form("2025-02-01", unit=world.brug, by=world.spoor)
    shut_out(world, "2025-03-01")
    for form in (own, by_another, elsewhere):
        form.refresh_from_db()
    assert [(form.state, form.remark) for form in (own, by_another)] == [(FormState.REFUSED, DECLINED)] * 2
    assert elsewhere.state == FormState.RECEIVED
    told = Notice.objects.filter(kind="refused").order_by("pk")
    assert [(notice.unit, notice.detail) for notice in told] == [
        (world.spoor, DECLINED),
        (world.haven, DECLINED),
    ]


def test_while_it_stands_no_consent_opens_a_right_until_it_is_lifted(world: World) -> None:
    world.grant("2025-01-10")
    shut_out(world, "2025-03-01")
    asked = Asked(world.spoor, Route.MEDIATOR, Purpose.GUIDANCE)

    def at_mediator(on: str, of: Asked = asked, dossier: Dossier | None = None) -> ViewRight:
        return record_consent_at_mediator((dossier or world.piet).pk, of, origin=origin(on))

    assert refused(lambda: at_mediator("2025-03-01")) == Refusal.OBJECTED
    assert at_mediator("2025-03-01", asked._replace(unit=world.brug))
    assert at_mediator("2025-03-01", dossier=world.an)
    form = world.form("2025-03-02", by=world.haven)
    assert refused(lambda: grant_by_form(form.pk, origin=origin("2025-03-02"))) == Refusal.OBJECTED
    lift(Objection.objects.get().pk, origin=origin("2025-03-05"))
    assert not world.may_view("2025-03-05")
    assert grant_by_form(form.pk, origin=origin("2025-03-05"))
    assert world.may_view("2025-03-05")


def test_the_unit_itself_can_not_ask_and_whom_it_is_asked_for_by_another_tells_nothing(world: World) -> None:
    shut_out(world, "2025-03-01")
    own = Asked(world.spoor, Route.FORM, Purpose.TRAINING, by=world.spoor)

    def ask(asked: Asked, dossier: Dossier | None = None) -> ConsentForm:
        return ask_right((dossier or world.piet).pk, asked, origin=origin("2025-03-02"))

    assert refused(lambda: ask(own)) == Refusal.OBJECTED
    assert ask(own._replace(by=world.haven)).state == "asked"
    assert ask(own._replace(unit=world.haven)).state == "asked"
    assert ask(own, world.an).state == "asked"


def test_an_assignment_still_grants_while_it_stands_and_a_mediator_hears_of_it(world: World) -> None:
    shut_out(world, "2025-03-01")
    world.assign("2025-03-02", unit=world.brug)
    assert not Task.objects.exists()
    world.assign("2025-03-02", dossier=world.an)
    assert not Task.objects.exists()
    world.end_assignment(world.piet.assignment_set.get(unit=world.brug), "2025-03-03")
    world.assign("2025-03-03")
    assert world.may_view("2025-03-03")
    assert Task.objects.get().kind == "objection"


def test_it_stands_once_and_a_lifted_one_is_final(world: World) -> None:
    shut_out(world, "2025-03-01")
    with pytest.raises(NotObjected):
        object_to(world.piet.pk, world.spoor, origin=origin("2025-03-02"))
    objection = Objection.objects.get()
    assert objection.reason == "genoeg"
    lift(objection.pk, origin=origin("2025-03-03"))
    for again in (lift, lambda pk, *, origin: answer(pk, "Ja.", origin=origin)):
        with pytest.raises(NotObjected):
            again(objection.pk, origin=origin("2025-03-04"))
    shut_out(world, "2025-03-05")
    assert Objection.objects.count() == 2
    assert ObjectionVersion.objects.filter(objection=objection).count() == 2


@pytest.mark.parametrize("end", ["answered", "lifted"])
def test_the_task_is_done_by_the_answer_or_by_lifting(world: World, end: str) -> None:
    world.grant("2025-01-10")
    world.assign("2025-02-01")
    shut_out(world, "2025-03-01")
    objection = Objection.objects.get()
    at = Origin("person:7", origin("2025-03-04").at, "portal")
    if end == "answered":
        assert answer(objection.pk, "De opdracht loopt door.", origin=at).answered_at == at.at
    else:
        lift(objection.pk, origin=at)
    task = Task.objects.get()
    assert (task.done_at, task.done_by) == (at.at, "person:7" if end == "answered" else "")
    assert world.may_view("2025-03-04")


@pytest.mark.parametrize("ground", ["assignment", "form", "none"])
def test_withdrawing_one_consent_tells_the_grounds_that_are_left(world: World, ground: str) -> None:
    world.grant("2025-01-10")
    form = ConsentForm.objects.get()
    if ground == "assignment":
        world.assign("2025-02-01")
    elif ground == "form":
        world.grant("2025-02-01")
    told = foresee_withdrawal(form.pk, withdrawn_on=day("2025-03-01"), origin=origin("2025-03-01"))
    assert told.left == ((Ground(ground),) if ground != "none" else ())


def test_the_database_keeps_one_standing_objection_and_a_lifted_one_as_it_was(world: World) -> None:
    shut_out(world, "2025-03-01")
    objection = Objection.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.create(dossier=world.piet, unit=world.spoor, objected_at=noon("2025-03-02"))
    Objection.objects.create(dossier=world.piet, unit=world.brug, objected_at=noon("2025-03-02"))
    Objection.objects.create(dossier=world.an, unit=world.spoor, objected_at=noon("2025-03-02"))
    lift(objection.pk, origin=origin("2025-03-03"))
    for kept in (Objection.objects.filter(pk=objection.pk), ObjectionVersion.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            kept.update(reason="anders")
        with pytest.raises(DatabaseError), transaction.atomic():
            kept._raw_delete(kept.db)


@pytest.mark.parametrize(
    ("on", "counts"),
    [("2025-02-28", False), ("2025-03-01", False), ("2025-03-02", False), ("2025-03-03", True)],
)
def test_until_the_day_on_which_it_is_lifted_no_consent_counts_given_before_or_since(
    world: World, on: str, counts: bool
) -> None:
    shut_out(world, "2025-03-01")
    lift(Objection.objects.get().pk, origin=origin("2025-03-03"))
    assert objected_since(world.piet.pk, world.spoor.pk, day(on)) is not counts
    assert not objected_since(world.piet.pk, world.brug.pk, day(on))
    assert not objected_since(world.an.pk, world.spoor.pk, day(on))


def test_what_vdab_told_while_it_stood_opens_nothing_by_itself_once_it_is_lifted(world: World) -> None:
    shut_out(world, "2025-03-01")
    told = saying.consented("2025-03-02")
    saying.tell(told, on="2025-03-02")
    lift(Objection.objects.get().pk, origin=origin("2025-03-05"))
    saying.tell(saying.moved("11002", "2025-03-06"), on="2025-03-06")
    assert saying.became(told) == ("quarantined", Refusal.OBJECTED)
    assert not world.may_view("2025-03-06")
