"""An end that is near is told once a stretch, on its day or as soon as the run comes by, and never too late (S12)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from inzage.notices.models import Mail, Notice
from inzage.rules.names import ClosingReason
from inzage.view_rights.closing import close_at_once
from inzage.view_rights.ending_soon import COMING, NEAR, what_keeps
from inzage.view_rights.running import rehearse
from tests.shell import Shell
from tests.view_rights.processes import at_once, script
from tests.world import World, day, insz, noon, origin

LAST_DAY = "2025-07-10"
"""Of a right that was granted on 10 January, with no activity."""


def told() -> list[tuple[str, int | None]]:
    """Which ends were told, and within how many days."""
    found = Notice.objects.filter(kind="ends_soon").order_by("pk")
    return [(str(notice.on), notice.stretch) for notice in found]


def before_it(days: int) -> str:
    """So many days before the last day."""
    return str(day(LAST_DAY) - timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "stretches"),
    [
        (31, []),
        (30, [COMING]),
        (29, [COMING]),
        (8, [COMING]),
        (7, [NEAR]),
        (6, [NEAR]),
        (0, [NEAR]),
        (-1, []),
    ],
)
def test_the_first_run_tells_the_stretch_in_which_it_finds_the_right(
    world: World, days: int, stretches: list[int]
) -> None:
    world.grant("2025-01-10")
    world.night(before_it(days))
    assert told() == [(LAST_DAY, stretch) for stretch in stretches]


def test_night_after_night_each_stretch_is_told_once_and_on_its_day(world: World) -> None:
    world.grant("2025-01-10")
    days = {}
    for left in range(33, -2, -1):
        before = len(told())
        world.night(before_it(left))
        world.night(before_it(left))
        days.update({left: told()[before:]} if told()[before:] else {})
    assert days == {COMING: [(LAST_DAY, COMING)], NEAR: [(LAST_DAY, NEAR)]}


def test_a_missed_night_is_caught_up_with_without_telling_both_stretches(world: World) -> None:
    world.grant("2025-01-10")
    world.night(before_it(40))
    world.night(before_it(5))
    assert told() == [(LAST_DAY, NEAR)]


def test_a_right_that_has_ended_is_told_as_closed_alone(world: World) -> None:
    right = world.grant("2025-01-10")
    close_at_once(right, ClosingReason.GIVEN_BACK, origin=origin(before_it(31)))
    world.grant("2025-01-10", dossier=world.an)
    world.night("2025-07-11")
    assert told() == []
    assert Notice.objects.filter(kind="closed").count() == 1


def test_what_nothing_ends_is_not_told(world: World) -> None:
    world.grant("2025-01-10")
    world.activity("2025-01-15")
    world.night(before_it(10))
    assert told() == []


def test_a_last_day_that_moved_is_told_anew_when_it_comes_near(world: World) -> None:
    world.grant("2025-01-10")
    world.night(before_it(30))
    activity = world.activity(before_it(20))
    world.night(before_it(6))
    assert told() == [(LAST_DAY, COMING)]
    world.close(activity, before_it(5))
    moved = world.last_day()
    assert moved is not None
    assert moved > LAST_DAY
    world.night(str(day(moved) - timedelta(days=COMING)))
    world.night(str(day(moved) - timedelta(days=NEAR)))
    assert told() == [(LAST_DAY, COMING), (moved, COMING), (moved, NEAR)]


def test_only_the_unit_whose_right_ends_is_told_and_only_of_its_dossier(world: World) -> None:
    world.grant("2025-01-10")
    world.grant("2025-03-10", unit=world.haven)
    world.grant("2025-03-10", dossier=world.an)
    world.night(before_it(30))
    notice = Notice.objects.get(kind="ends_soon")
    assert (notice.unit, notice.dossier) == (world.spoor, world.piet)
    assert notice.right == world.right().pk


def test_one_mail_to_the_mailbox_says_how_many(world: World) -> None:
    world.grant("2025-01-10")
    world.grant("2025-01-10", dossier=world.an)
    world.grant("2025-01-10", unit=world.haven)
    world.haven.email = ""
    world.haven.save()
    world.night(before_it(30))
    mail = Mail.objects.get()
    assert (mail.unit, mail.person, mail.kind, mail.count) == (world.spoor, None, "ends_soon", 2)
    assert Notice.objects.filter(kind="ends_soon", mail_to="").count() == 3


def test_the_notice_says_what_would_keep_the_right(world: World) -> None:
    world.grant("2025-01-10")
    world.night(before_it(30))
    notice = Notice.objects.get(kind="ends_soon")
    assert list(what_keeps(notice.detail, day(before_it(30)), "nl")) == [
        "Begint er een actie, dan blijft het recht open zolang ze loopt.",
        "Wordt het recht opnieuw toegekend, dan schuift de laatste dag op: gebeurde dat op 10 juni 2025, "
        "dan werd het 10 december 2025.",
    ]


def test_what_would_only_shorten_the_right_is_not_said(world: World) -> None:
    right = world.grant("2025-01-10")
    world.activity("2025-01-15")
    type(right).objects.filter(pk=right.pk).update(
        last_day=day("2025-02-10")
    )  # as if it were still to be judged
    world.night("2025-02-05")
    (detail,) = Notice.objects.filter(kind="ends_soon").values_list("detail", flat=True)
    assert detail == ""


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_what_keeps_a_right_is_said_in_each_language(language: str) -> None:
    detail = "activity_begins\ngranted_again 2025-12-10\nactivity_begins 2025-12-11\nunknown"
    said = list(what_keeps(detail, day("2025-06-10"), language))
    assert len(said) == 3
    assert all("{" not in sentence and sentence.endswith(".") for sentence in said)
    assert "2025" in said[1]


def test_a_rehearsal_tells_nobody(world: World) -> None:
    world.grant("2025-01-10")
    rehearse(day(before_it(30)), clock=lambda: noon(before_it(30)))
    assert told() == []


def test_the_database_itself_takes_an_end_once_a_stretch(world: World) -> None:
    world.grant("2025-01-10")
    world.night(before_it(30))
    notice = Notice.objects.get(kind="ends_soon")
    notice.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save()
    notice.stretch = None
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save()


def test_a_unit_costs_as_many_queries_for_many_rights_as_for_one(world: World) -> None:
    world.grant("2025-01-10")
    with CaptureQueriesContext(connection) as one:
        world.night(before_it(30))
    for number in range(3, 13):
        world.grant("2025-01-11", dossier=world.dossier(f"K{number}", f"Nummer{number}"))
    with CaptureQueriesContext(connection) as many:
        world.night(before_it(29))
    assert len(told()) == 11
    assert len(many) == len(one)


GRANT = """
from inzage.dossiers.models import Client, Dossier
from inzage.partners.models import Unit
from inzage.rules.names import Purpose, Route
from inzage.view_rights.consenting import Asked, record_consent_at_mediator
unit = Unit.objects.create(oe_number="OE1", name="Spoor", kind="partner")
for number in range(1, 9):
    client = Client.objects.create(client_number=f"K{number}", insz=sys.argv[number], family_name="V", given_name="P")
    dossier = Dossier.objects.create(client=client)
    record_consent_at_mediator(dossier.pk, Asked(unit, Route.MEDIATOR, Purpose.GUIDANCE), origin=origin)
"""
RUN = """
from inzage.view_rights.running import run
run(date(2025, 8, 15), clock=lambda: datetime(2025, 8, 15, 3, tzinfo=timezone.utc))
"""


def test_two_machines_at_once_tell_it_once(shell: Shell) -> None:
    shell.environment["INZAGE_LOCK_SECONDS"] = "60"  # SQLite has one writer: the other waits for it
    process = script(shell, GRANT, *(insz(number) for number in range(1, 9)))
    assert process.communicate(timeout=60)[1] == ""
    at_once(shell, "", RUN, "1", "2")
    assert shell.asked("SELECT count(*) FROM notices_notice WHERE kind = 'ends_soon'") == 8
