"""A client's "why?": ten working days for the unit, then once to the officer; answered once, kept as it was."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from inzage.access_log.models import Question, ShownDossier
from inzage.journal.models import Origin
from inzage.notices.models import Notice
from inzage.oversight.questions import (
    NoSuchQuestion,
    NotAnswered,
    NotAsked,
    answer,
    answer_as_officer,
    ask_why,
    open_questions,
    overdue,
    pass_on_overdue,
    question_of,
    with_officer,
)
from inzage.project import questions as duty
from inzage.project.nights import QUESTIONS
from inzage.project.questions import PassingOnQuestions
from inzage.rules.days import BRUSSELS, midnight
from inzage.tasks.models import Task
from tests.portal.clients import a_look
from tests.portal.office import TODAY, Office, a_dossier

DUE = date(2026, 3, 16)
"""Ten working days after Monday 2 March."""
DAY = timedelta(days=1)


@pytest.fixture
def office(db: None) -> Office:
    """Werkpad with a right on Anna's dossier."""
    return Office()


@pytest.fixture
def look(office: Office) -> ShownDossier:
    """Carla of Werkpad looked."""
    return a_look(office.anna, office.carla, office.own)


def client(on: date = TODAY) -> Origin:
    """The client, on that day at ten."""
    return Origin("person:1", at(on), "portal")


def at(on: date) -> datetime:
    """That day at ten."""
    return midnight(on) + timedelta(hours=10)


def test_a_question_goes_to_the_unit_of_the_look_with_ten_working_days(
    office: Office, look: ShownDossier
) -> None:
    question = ask_why(look, "Waarom?", origin=client())
    assert (question.unit, question.due_on, question.text) == (office.own, DUE, "Waarom?")
    notice = Notice.objects.get(kind="asked_why")
    assert (notice.unit, notice.dossier, notice.on) == (office.own, office.anna, TODAY)
    assert not Task.objects.exists()


@pytest.mark.parametrize("unit", ["", "OE-gone"])
def test_about_vdab_or_a_unit_that_is_unknown_it_goes_to_the_officer_at_once(
    office: Office, unit: str
) -> None:
    look = a_look(office.anna, office.mira, None)
    look.line.unit = unit
    question = ask_why(look, "Waarom?", origin=client())
    assert (question.unit, question.due_on) == (None, DUE)
    assert question_of(Task.objects.get(kind="question", unit=None, done_at=None)) == question.pk
    assert not Notice.objects.filter(kind="asked_why").exists()


def test_while_it_is_open_the_same_is_not_asked_again_and_afterwards_it_may_be(
    office: Office, look: ShownDossier
) -> None:
    question = ask_why(look, "Waarom?", origin=client())
    with pytest.raises(NotAsked):
        ask_why(look, "Nog eens", origin=client())
    ask_why(a_look(office.anna, office.carla, office.own), "Andere keer", origin=client())
    answer(question.pk, "Daarom.", unit=office.own, origin=client())
    ask_why(look, "Nog eens", origin=client())
    assert [one.text for one in open_questions()] == ["Andere keer", "Nog eens"]


def test_only_the_unit_that_was_asked_answers_and_only_once(office: Office, look: ShownDossier) -> None:
    question = ask_why(look, "Waarom?", origin=client())
    with pytest.raises(NoSuchQuestion):
        answer(question.pk, "Wij niet.", unit=office.other, origin=client())
    with pytest.raises(NoSuchQuestion):
        answer(question.pk + 1, "Daarom.", unit=office.own, origin=client())
    answer(question.pk, "Daarom.", unit=office.own, origin=client())
    with pytest.raises(NotAnswered):
        answer(question.pk, "Toch anders.", unit=office.own, origin=client())
    question.refresh_from_db()
    assert (question.answer, question.by_officer) == ("Daarom.", False)


def test_a_unit_does_not_answer_what_was_asked_about_vdab(office: Office) -> None:
    question = ask_why(a_look(office.anna, office.mira, None), "Waarom?", origin=client())
    with pytest.raises(NoSuchQuestion):
        answer(question.pk, "Wij niet.", unit=office.own, origin=client())


@pytest.mark.parametrize(("on", "passed_on"), [(DUE - DAY, 0), (DUE, 0), (DUE + DAY, 1)])
def test_it_is_passed_on_after_its_last_day_and_not_before(
    look: ShownDossier, on: date, passed_on: int
) -> None:
    question = ask_why(look, "Waarom?", origin=client())
    assert len(overdue(on)) == passed_on
    assert question.is_overdue(on) is bool(passed_on)
    assert pass_on_overdue(at(on)) == passed_on
    assert Task.objects.filter(kind="question").count() == passed_on


def test_it_is_passed_on_once_in_its_life(look: ShownDossier) -> None:
    ask_why(look, "Waarom?", origin=client())
    assert [pass_on_overdue(at(DUE + night * DAY)) for night in (1, 2, 3)] == [1, 0, 0]
    Task.objects.update(done_at=at(DUE + 3 * DAY), done_by="person:9")
    assert pass_on_overdue(at(DUE + 4 * DAY)) == 0


def test_what_was_answered_is_not_passed_on(office: Office, look: ShownDossier) -> None:
    question = ask_why(look, "Waarom?", origin=client())
    answer(question.pk, "Daarom.", unit=office.own, origin=client(DUE))
    assert pass_on_overdue(at(DUE + DAY)) == 0


def test_about_vdab_it_makes_no_second_task_when_it_is_overdue(office: Office) -> None:
    ask_why(a_look(office.anna, office.mira, None), "Waarom?", origin=client())
    assert pass_on_overdue(at(DUE + DAY)) == 0
    assert Task.objects.count() == 1


@pytest.mark.parametrize(("on", "may"), [(DUE, False), (DUE + DAY, True)])
def test_the_officer_answers_what_is_overdue_and_not_before(look: ShownDossier, on: date, may: bool) -> None:
    question = ask_why(look, "Waarom?", origin=client())
    pass_on_overdue(at(on))
    assert (question in with_officer(on)) is may
    if not may:
        with pytest.raises(NoSuchQuestion):
            answer_as_officer(question.pk, "Daarom.", origin=client(on))
        return
    assert answer_as_officer(question.pk, "Daarom.", origin=client(on)).by_officer
    assert Task.objects.get().done_by == "person:1"


def test_the_officer_answers_for_vdab_at_once_and_once(office: Office) -> None:
    question = ask_why(a_look(office.anna, office.mira, None), "Waarom?", origin=client())
    answer_as_officer(question.pk, "Daarom.", origin=client())
    with pytest.raises(NotAnswered):
        answer_as_officer(question.pk, "Toch anders.", origin=client())
    assert not Task.objects.filter(done_at=None).exists()


def test_late_the_unit_can_still_answer_and_closes_the_officers_task(
    office: Office, look: ShownDossier
) -> None:
    question = ask_why(look, "Waarom?", origin=client())
    pass_on_overdue(at(DUE + DAY))
    answer(question.pk, "Sorry, te laat.", unit=office.own, origin=client(DUE + DAY))
    assert not Task.objects.filter(done_at=None).exists()
    with pytest.raises(NotAnswered):
        answer_as_officer(question.pk, "Daarom.", origin=client(DUE + DAY))


def refused(change: Callable[[], object]) -> bool:
    """Whether the database refuses it."""
    try:
        with transaction.atomic():
            change()
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Anders"},
        {"due_on": DUE + DAY},
        {"asked_at": at(TODAY + DAY)},
        {"asked_by": "person:2"},
        {"unit": None},
    ],
)
def test_what_was_asked_stays_as_it_was_asked(look: ShownDossier, changed: dict[str, object]) -> None:
    question = ask_why(look, "Waarom?", origin=client())
    assert refused(lambda: Question.objects.filter(pk=question.pk).update(**changed))


def test_another_look_is_not_put_under_a_question(office: Office, look: ShownDossier) -> None:
    question, other = ask_why(look, "Waarom?", origin=client()), a_look(office.anna, office.carla, office.own)
    assert refused(lambda: Question.objects.filter(pk=question.pk).update(shown=other))


def test_an_answer_stays_and_no_question_goes(office: Office, look: ShownDossier) -> None:
    question = ask_why(look, "Waarom?", origin=client())
    answer(question.pk, "Daarom.", unit=office.own, origin=client())
    kept = Question.objects.filter(pk=question.pk)
    assert refused(lambda: kept.update(answer="Anders"))
    assert refused(lambda: kept.update(answered_at=None, answered_by="", answer=""))
    assert refused(kept.delete)


def test_half_an_answer_and_a_second_open_question_are_refused(look: ShownDossier) -> None:
    question = ask_why(look, "Waarom?", origin=client())
    kept = Question.objects.filter(pk=question.pk)
    assert refused(lambda: kept.update(answered_at=at(TODAY)))
    assert refused(lambda: kept.update(answer="Daarom."))
    same = {"shown": look, "asked_by": "x", "asked_at": at(TODAY), "due_on": DUE, "text": "Weer"}
    assert refused(lambda: Question.objects.create(**same))


def test_on_sqlite_a_question_is_not_replaced_either(look: ShownDossier) -> None:
    question = ask_why(look, "Waarom?", origin=client())
    if connection.vendor == "sqlite":
        replace = "INSERT OR REPLACE INTO access_log_question SELECT * FROM access_log_question WHERE id = %s"
        assert refused(lambda: connection.cursor().execute(replace, [question.pk]))
    assert Question.objects.get().text == "Waarom?"


def test_the_worker_passes_on_at_its_start_and_then_each_night(
    look: ShownDossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_why(look, "Waarom?", origin=client())
    moments = [at(DUE)]
    monkeypatch.setattr(duty, "now", lambda: moments[-1])
    passing_on = PassingOnQuestions(due=moments[-1])
    assert passing_on.act() is False
    assert not Task.objects.exists()
    assert passing_on.due == datetime.combine(DUE + DAY, QUESTIONS, BRUSSELS)
    moments.append(passing_on.due - timedelta(minutes=1))
    passing_on.act()
    assert not Task.objects.exists()
    moments.append(passing_on.due)
    passing_on.act()
    assert Task.objects.get().kind == "question"


def test_a_question_is_about_one_dossier_of_a_line_that_showed_more(office: Office) -> None:
    """A list shows many: each client asks about the own place in it."""
    mine, theirs = (a_look(dossier, office.carla, office.own) for dossier in (office.anna, a_dossier("Bert")))
    ask_why(mine, "Waarom?", origin=client())
    assert ask_why(theirs, "Waarom?", origin=client()).shown == theirs
