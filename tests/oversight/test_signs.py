"""A duty's signs: when it last did its work, and since when it can't; never what an error said."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError

from inzage.oversight.models import Sign
from inzage.oversight.signs import EVERY, Signing, sign
from inzage.project.working import Duty, attempt, work
from tests.world import World, noon

AT = noon("2026-03-02")


def test_since_when_a_duty_fails_stays_until_it_works_again(world: World) -> None:
    sign("mails", problem="", at=AT)
    sign("mails", problem="OSError", at=AT + timedelta(minutes=1))
    sign("mails", problem="TimeoutError", at=AT + timedelta(minutes=2))
    failing = Sign.objects.get()
    assert (failing.done_at, failing.failing_since) == (AT, AT + timedelta(minutes=1))
    assert failing.problem == "TimeoutError"
    sign("mails", problem="", at=AT + timedelta(minutes=3))
    working = Sign.objects.get()
    assert (working.done_at, working.failing_since, working.problem) == (AT + timedelta(minutes=3), None, "")


def test_a_duty_that_never_worked_fails_since_its_first_try(world: World) -> None:
    sign("deliver", problem="ConnectError", at=AT)
    sign("deliver", problem="ConnectError", at=AT + timedelta(hours=1))
    found = Sign.objects.get()
    assert (found.done_at, found.failing_since) == (None, AT)


def test_a_duty_that_goes_well_gives_a_sign_now_and_then_and_a_change_at_once(world: World) -> None:
    moments = iter([AT, AT + EVERY / 2, AT + EVERY * 0.6, AT + EVERY * 0.7, AT + EVERY * 3])
    signing = Signing(lambda: next(moments))
    seen = []
    for problem in ("", "", "OSError", "OSError", ""):
        signing("mails", problem)
        found = Sign.objects.get()
        seen.append((found.done_at, found.failing_since))
    failed = AT + EVERY * 0.6
    assert seen == [(AT, None), (AT, None), (AT, failed), (AT, failed), (AT + EVERY * 3, None)]


def test_what_is_said_of_a_failure_is_the_kind_of_error_only() -> None:
    said: list[tuple[str, str]] = []

    def breaks() -> bool:
        raise ValueError("85.01.02-999-01 of Anna")

    attempt(Duty("breaking", breaks, pause=1), lambda duty, problem: said.append((duty, problem)))
    attempt(Duty("working", lambda: True, pause=1), lambda duty, problem: said.append((duty, problem)))
    assert said == [("breaking", "ValueError"), ("working", "")]


def test_a_sign_that_can_not_be_given_keeps_no_duty_from_its_work() -> None:
    stop, done = threading.Event(), []

    def act() -> bool:
        done.append(1)
        if len(done) == 3:
            stop.set()
        return True

    def no_sign(_duty: str, _problem: str) -> None:
        raise OperationalError("database is locked")

    work([Duty("acting", act, pause=0.001)], stop, said=no_sign)
    assert len(done) == 3


@pytest.mark.parametrize("problem", ["", "OSError"])
def test_the_database_refuses_a_failure_without_its_kind(world: World, problem: str) -> None:
    from django.db import IntegrityError, transaction

    since = None if problem else AT
    with pytest.raises(IntegrityError), transaction.atomic():
        Sign.objects.create(duty="mails", done_at=None, failing_since=since, problem=problem)
