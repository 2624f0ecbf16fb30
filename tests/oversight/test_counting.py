"""The figures of a day are what a plain count of the same rows gives; counted once, and never changed."""

from collections import Counter
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inzage.access_log.decisions import Decided, DecisionRecord
from inzage.access_log.misses import REFUSED
from inzage.access_log.models import AccessLine, ShownDossier
from inzage.oversight import counting
from inzage.oversight.counted import SO_FAR, Counted
from inzage.oversight.counting import count_due, log_of, reason_of, rights_on
from inzage.oversight.figures import by_day, latest, summed
from inzage.oversight.models import Figure
from inzage.rules.days import midnight
from inzage.view_rights.models import ViewRight
from tests.world import World, day, noon

ON = "2026-03-02"


def totals(name: Counted) -> dict[str, int]:
    """The figures of that name as they are kept."""
    return dict(Figure.objects.filter(name=name).values_list("about", "number"))


def some_rights(world: World) -> None:
    """Rights of every kind: of an owner, a former one, executors, of who executes nothing; and one that is over."""
    world.assign("2026-01-05")
    world.grant("2026-01-05", unit=world.brug)
    world.activity("2026-01-06", unit=world.brug)
    world.grant("2026-01-05", dossier=world.an)
    world.close(world.activity("2026-01-06", dossier=world.an), "2026-02-01")
    ended = world.assign("2026-01-05", dossier=world.an, unit=world.haven, service=world.wij3)
    world.end_assignment(ended, "2026-02-02")
    world.grant("2025-01-05", unit=world.haven)


def test_rights_are_counted_as_a_plain_loop_counts_them(world: World) -> None:
    some_rights(world)
    on = day(ON)
    standing = [
        right
        for right in ViewRight.objects.all()
        if right.granted_on <= on and not right.closed_on and (right.last_day is None or right.last_day >= on)
    ]
    assert 0 < len(standing) < ViewRight.objects.count()
    figures = rights_on(on)
    assert figures[Counted.RIGHTS] == {"": len(standing)}
    assert figures[Counted.BY_RULE] == Counter(right.rule for right in standing)
    assert figures[Counted.BY_STATUS] == Counter(right.rule_status for right in standing)
    assert figures[Counted.BY_REASON] == Counter(reason_of(vars(right)) for right in standing)
    assert figures[Counted.GAPS] == Counter(right.rule for right in standing if right.rule_gap)
    assert sum(figures[Counted.BY_REASON].values()) == len(standing)
    assert {"owner", "executor", "activity_closed", "ownership_ended"} <= set(figures[Counted.BY_REASON])


ASKED = "Een vraag van de klant"
STATED = [(ASKED, "stated"), ("formulier kwijt", "stated"), ("toezicht gevraagd", "stated"), (ASKED, None)]
NO_SEARCH = [
    (REFUSED, "refused"),
    ("toezicht: volgt dossier", "watch"),
    (REFUSED, None),
    ("toezicht: volgt dossier", None),
]
REASONS = [("", ""), ("", None), ("formulier 3", "work"), ("formulier 3", None), *STATED, *NO_SEARCH]
"""Each with its kind, none for lines of before the kind was kept."""
LINES = st.lists(
    st.tuples(
        st.sampled_from(AccessLine.Kind.values),
        st.sampled_from(["OE1", "OE2", ""]),
        st.sampled_from(REASONS),
        st.integers(0, 2),
        st.integers(-1, 24 * 60),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES)
def test_the_log_is_counted_as_a_plain_loop_counts_it(
    world: World, lines: list[tuple[str, str, tuple[str, str | None], int, int]]
) -> None:
    with transaction.atomic():
        for kind, unit, (reason, why), shown, minutes in lines:
            at = midnight(day(ON)) + timedelta(minutes=minutes)
            line = AccessLine.objects.create(
                at=at,
                kind=kind,
                person="person:1",
                unit=unit,
                part="general",
                stated_reason=reason,
                reason_kind=why,
            )
            for dossier in [world.piet, world.an][:shown]:
                ShownDossier.objects.create(line=line, dossier=dossier, verdict="vdab")
        figures = log_of(day(ON))
        transaction.set_rollback(True)
    of_day = [line for line in lines if 0 <= line[4] < 24 * 60]
    looks = [line for line in of_day if line[0] == "look"]
    assert figures[Counted.LINES] == Counter(kind for kind, *_ in of_day)
    assert figures[Counted.LOOKS] == Counter(unit or "vdab" for _kind, unit, *_ in looks)
    searches = [line for line in of_day if line[0] == "search" and line[3] == 0 and line[2] not in NO_SEARCH]
    assert figures[Counted.NOT_FOUND] == Counter(unit or "vdab" for _kind, unit, *_ in searches)
    stated = [line for line in looks if line[1] == "" and line[2] in [*STATED, (REFUSED, None)]]
    assert figures[Counted.WITH_REASON] == {"": len(stated)}


def test_denied_decisions_are_counted_by_reason_on_the_day_they_were_given(world: World) -> None:
    for place, (at, allowed, reason) in enumerate(
        [
            (noon(ON), False, "no_right"),
            (noon(ON), True, "right_stands"),
            (noon(ON), False, "no_right"),
            (noon("2026-03-01"), False, "right_closed"),
        ]
    ):
        record = DecisionRecord.objects.create(
            id=f"00000000-0000-7000-8000-{place:012}", timestamp=at, type="evaluation", caller="test"
        )
        Decided.objects.create(record=record, position=0, allowed=allowed, reason=reason)
    assert log_of(day(ON))[Counted.DENIED] == {"no_right": 2}


def test_each_day_of_the_log_is_counted_when_it_is_over_one_after_the_other(world: World) -> None:
    for on in ("2026-02-27", "2026-03-01", ON):
        AccessLine.objects.create(at=noon(on), kind="look", person="person:1", unit="OE1", part="general")
    turns = 1
    while count_due(noon(ON)):
        turns += 1
    assert turns == 3
    counted = by_day([Counted.LINES], since=day("2026-02-01"), until=day(ON))[Counted.LINES]
    assert counted == {day("2026-02-27"): 1, day("2026-02-28"): 0, day("2026-03-01"): 1}
    assert summed([Counted.LOOKS], since=day("2026-02-01"), until=day(ON)) == {Counted.LOOKS: {"OE1": 2}}


WORKERS = st.lists(st.sampled_from(["today's", "an earlier one"]), min_size=5, max_size=5)
LOOKS = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["OE1", "OE2", ""])), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(looks=LOOKS, since=st.integers(-1, 5), lasts=st.integers(0, 6), workers=WORKERS)
def test_what_a_stretch_of_days_came_to_is_the_sum_of_its_days(
    world: World, looks: list[tuple[int, str]], since: int, lasts: int, workers: list[str]
) -> None:
    """Also where a worker of an earlier version counted some of them, and didn't keep how much there was so far."""
    first = day("2026-02-20")
    with transaction.atomic():
        for place, unit in [(0, "OE1"), *looks]:
            at = midnight(first + timedelta(days=place, hours=9))
            AccessLine.objects.create(at=at, kind="look", person="person:1", unit=unit, part="general")
        for place, worker in enumerate(workers):
            with pytest.MonkeyPatch.context() as patch:
                if worker == "an earlier one":
                    patch.setattr(counting, "_so_far_with", lambda *_: {})
                count_due(midnight(first + timedelta(days=place + 1, hours=1)))
        begins, ends = first + timedelta(days=since), first + timedelta(days=since + lasts)
        plain = Counter[str]()
        days = Figure.objects.filter(name=Counted.LOOKS, day__gte=begins, day__lte=ends).exclude(about="")
        for about, number in days.values_list("about", "number"):
            plain[about] += number
        found = summed([Counted.LOOKS], since=begins, until=ends)
        transaction.set_rollback(True)
    assert found.get(Counted.LOOKS, {}) == plain


def test_what_was_counted_before_it_was_kept_so_far_is_filled_in_as_a_worker_keeps_it(world: World) -> None:
    for on, unit in [("2026-02-27", "OE1"), ("2026-03-01", "OE2"), ("2026-03-01", "OE1")]:
        AccessLine.objects.create(at=noon(on), kind="look", person="person:1", unit=unit, part="general")
    kept = Figure.objects.filter(name__in=SO_FAR.values()).order_by("name", "day", "about")
    columns = ("name", "day", "about", "number", "counted_at")

    def counted(*, so_far: bool) -> list[tuple[object, ...]]:
        with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
            if not so_far:
                patch.setattr(counting, "_so_far_with", lambda *_: {})
            while count_due(noon(ON)):
                pass
            if not so_far:
                assert not kept.exists()
                with connection.cursor() as cursor:
                    cursor.execute(
                        import_module("inzage.oversight.migrations.0008_what_the_log_had_so_far").FILL
                    )
            found = list(kept.values_list(*columns))
            transaction.set_rollback(True)
        return found

    as_counted = counted(so_far=True)
    assert (Counted.LOOKS_SO_FAR, day("2026-03-01"), "OE1", 2, noon(ON)) in as_counted
    assert counted(so_far=False) == as_counted


def test_counted_again_nothing_changes_and_a_figure_can_not_be_changed(world: World) -> None:
    some_rights(world)
    count_due(noon(ON))
    before = totals(Counted.BY_RULE)
    world.grant(ON, unit=world.haven, dossier=world.dossier("K9", "Nieuw"))
    count_due(noon(ON))
    assert totals(Counted.BY_RULE) == before
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Figure.objects.update(number=0)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Figure.objects.all()._raw_delete(using="default")


def test_the_latest_figures_are_those_of_the_last_day_up_to_the_one_asked(world: World) -> None:
    some_rights(world)
    assert latest([Counted.RIGHTS], up_to=day(ON)) is None
    count_due(noon(ON))
    count_due(noon("2026-03-03"))
    found = latest([Counted.RIGHTS, Counted.BY_RULE], up_to=day(ON))
    assert found is not None
    assert found.day == day(ON)
    assert found.total(Counted.RIGHTS) == sum(found.parts(Counted.BY_RULE).values()) > 0
