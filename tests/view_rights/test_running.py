"""The nightly run: once, on the right days, with its report, its notices and its history in one transaction (S22)."""

import pytest
from django.db import DatabaseError, connection, transaction

from inzage.journal import bulk
from inzage.notices.models import Notice
from inzage.rules.names import Kind
from inzage.view_rights import running
from inzage.view_rights.models import Closing, ClosingRun, ViewRight, ViewRightVersion
from inzage.view_rights.running import rehearse, report_of, requests_older_than
from tests.world import World, day, noon


def several(world: World) -> None:
    """Rights that end on 10, 11 and 12 July, by three rules, and one that stays."""
    world.grant("2025-01-10")
    world.end_assignment(world.assign("2024-06-01", unit=world.haven), "2025-01-11")
    world.grant("2024-06-01", unit=world.brug)
    world.close(world.activity("2024-06-02", unit=world.brug, kind=Kind.TRAJECTORY), "2025-01-12")
    world.grant("2025-01-13", dossier=world.an)


def test_missed_nights_are_caught_up_with_the_right_days(world: World) -> None:
    several(world)
    report = world.night("2025-07-13")
    assert (report.examined, report.closed, report.opened) == (3, 3, 0)
    assert report.by_rule == {"closing.executor": 1, "closing.no-activity": 1, "closing.owner.TIBB4": 1}
    assert (report.rule_gaps, report.unverified) == (1, 1)
    closed = ViewRight.objects.exclude(closed_on=None).order_by("closed_on")
    assert [str(right.closed_on) for right in closed] == ["2025-07-11", "2025-07-12", "2025-07-13"]
    assert world.is_proven("2025-07-13")


def test_night_by_night_it_ends_the_same(world: World) -> None:
    several(world)
    assert [world.night(f"2025-07-{on}").closed for on in (10, 11, 12, 13)] == [0, 1, 1, 1]
    closed = ViewRight.objects.exclude(closed_on=None).order_by("closed_on")
    assert [str(right.closed_on) for right in closed] == ["2025-07-11", "2025-07-12", "2025-07-13"]


def test_run_twice_it_does_the_work_once(world: World) -> None:
    several(world)
    world.night("2025-07-13")
    before = (ViewRightVersion.objects.count(), Notice.objects.count(), Closing.objects.count())
    assert world.night("2025-07-13").closed == 0
    assert (ViewRightVersion.objects.count(), Notice.objects.count(), Closing.objects.count()) == before


def test_a_rehearsal_says_the_same_and_changes_nothing(world: World) -> None:
    several(world)
    world.assign("2025-07-01", from_="2025-07-13", unit=world.haven)
    before = (list(ViewRight.objects.values()), ViewRightVersion.objects.count(), Notice.objects.count())
    said = rehearse(day("2025-07-13"), clock=lambda: noon("2025-07-13"))
    assert (
        list(ViewRight.objects.values()),
        ViewRightVersion.objects.count(),
        Notice.objects.count(),
    ) == before
    assert not ClosingRun.objects.exists()
    assert (said.closed, said.opened) == (3, 1)
    assert said == world.night("2025-07-13")


def test_each_right_is_judged_again_with_fresh_facts(world: World) -> None:
    right = world.grant("2025-01-10")
    world.activity("2025-01-15")
    ViewRight.objects.filter(pk=right.pk).update(last_day=day("2025-02-01"))
    report = world.night("2025-02-02")
    assert (report.examined, report.closed) == (1, 0)
    assert (world.last_day(), world.right().closed_on) == (None, None)
    assert world.is_proven("2025-02-02")


def test_the_report_is_kept_right_by_right(world: World) -> None:
    several(world)
    report = world.night("2025-07-13")
    record = ClosingRun.objects.get()
    assert report_of(record) == report
    assert (record.day, record.finished_at is not None) == (day("2025-07-13"), True)
    gaps = record.closings.filter(rule_gap=True)
    assert [closing.right.unit for closing in gaps] == [world.brug]


def test_everyone_concerned_is_told_without_a_mail_per_dossier(world: World) -> None:
    several(world)
    world.night("2025-07-13")
    told = Notice.objects.filter(kind="closed")
    assert {notice.unit for notice in told} == {world.spoor, world.haven, world.brug}
    assert {notice.mail_to for notice in told} == {""}


@pytest.mark.parametrize("table", ["notices_notice", "view_rights_viewrightversion", "view_rights_closing"])
def test_where_log_or_notice_cannot_be_written_nothing_is_closed(
    world: World, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(world)
    insert = bulk.insert

    def failing(model: type, *rest: object) -> None:
        if model._meta.db_table == table:  # type: ignore[attr-defined]
            raise DatabaseError
        insert(model, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(bulk, "insert", failing)
    with pytest.raises(DatabaseError), transaction.atomic():
        world.night("2025-07-13")
    assert not ViewRight.objects.exclude(closed_on=None).exists()
    monkeypatch.setattr(bulk, "insert", insert)
    assert world.night("2025-07-13").closed == 3


def test_batches_do_what_one_would(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    several(world)
    monkeypatch.setattr(running, "BATCH", 1)
    report = world.night("2025-07-13")
    assert (report.examined, report.closed, sum(report.by_rule.values())) == (3, 3, 3)


@pytest.mark.parametrize(("today", "listed"), [("2025-07-14", 0), ("2025-07-15", 0), ("2025-07-16", 1)])
def test_a_request_older_than_six_months_is_work_for_somebody(world: World, today: str, listed: int) -> None:
    world.grant("2025-01-10")
    request = world.activity("2025-01-15", requested=True)
    assert requests_older_than(6, today=day(today)) == [request][:listed]
    assert world.last_day() is None


def test_what_keeps_no_right_open_is_no_work(world: World) -> None:
    world.grant("2025-01-10")
    world.activity("2025-01-15", requested=True, unit=world.haven)
    world.activity("2025-01-15", requested=True, dossier=world.an)
    world.activity("2025-01-15")
    world.cancel(world.activity("2025-01-16", requested=True), "2025-01-17")
    assert requests_older_than(6, today=day("2026-01-01")) == []


def test_a_quiet_night_asks_little(world: World, django_assert_max_num_queries: object) -> None:
    world.grant("2025-01-10")
    with django_assert_max_num_queries(21):  # type: ignore[operator]
        assert world.night("2025-02-01").examined == 0
    assert connection.queries_log.maxlen
