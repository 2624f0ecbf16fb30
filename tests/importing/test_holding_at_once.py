"""What an import makes end on an evening that has been looked at is held in its own transactions, until midnight and
past it (S22).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from inzage.notices.models import OfficialMail
from inzage.oversight.proving import prove
from inzage.partners.models import Person
from inzage.rules.days import midnight
from inzage.view_rights import importing
from inzage.view_rights.catching_up import locked
from inzage.view_rights.correcting import correct
from inzage.view_rights.holding import check_evening
from inzage.view_rights.importing import ImportReport, import_files
from inzage.view_rights.models import EveningCheck, ViewRight, ViewRightVersion
from inzage.view_rights.running import run
from tests.importing.conftest import TODAY, Region
from tests.importing.hands import AFTER, LATE, TOMORROW, Hands
from tests.register_files.conftest import client
from tests.world import origin

EVENING = midnight(TODAY) + timedelta(hours=22)
ENDS_TODAY, ENDS_LATER = "2025-04-01", "2025-06-10"
"""Days of a grant: by it the right ends on TODAY, or two months later."""
CLIENTS = ("K1", "K2", "K3")


@pytest.fixture
def register(region: Region, settings: Settings) -> Region:
    """Three clients; more than two endings are too many. A rule manager has an address."""
    settings.EVENING_LIMITS = {"times": 3, "least": 1, "nights": 20, "floor": 2, "percent": 50}
    region.write("clients.csv", *(client(number, day) for day, number in enumerate(CLIENTS, start=1)))
    Person.objects.create(issuer="t", subject="r", role=Person.Role.RULE_MANAGER, email="r@a.example")
    return region


def consents(region: Region, granted: str, *numbers: str) -> None:
    """A consent of that day for each of these clients; the others have none in the file."""
    region.write(
        "consents.csv", *(f"C{number},{number},OE1,training,form,{granted},,," for number in numbers)
    )


def look() -> None:
    """The evening check of TODAY."""
    check_evening(TODAY, clock=lambda: EVENING)


def come_in(
    region: Region, clock: Callable[[], datetime], progress: Callable[..., None] = lambda *_done: None
) -> ImportReport:
    """The folder, by that clock."""
    return import_files(
        region.folder, clock=clock, scratch=region.scratch, rejected=region.rejected, progress=progress
    )


def nobody() -> None:
    """Nothing is closed yet."""


def by_the_night() -> None:
    """The night's run."""
    run(TOMORROW, clock=lambda: AFTER)


def by_use_cases() -> None:
    """Somebody does something in each dossier of which a right has ended, before the night's run comes to it."""
    for dossier in ViewRight.objects.filter(last_day=TODAY).values_list("dossier_id", flat=True):
        with transaction.atomic():
            locked(dossier, origin=origin("2025-10-02")._replace(at=AFTER))


def passing(
    monkeypatch: pytest.MonkeyPatch, hands: Hands, *, after: int, closes: Callable[[], None] = nobody
) -> None:
    """Midnight passes once so many clients have been corrected; and what has ended is closed."""
    done: list[object] = []

    def corrected(*given: Any) -> list[str]:
        if len(done) == after:
            hands.move()
            closes()
        done.append(given)
        return correct(*given)

    monkeypatch.setattr(importing, "correct", corrected)


def state() -> list[tuple[object, ...]]:
    """How each right stands."""
    columns = ("dossier__client__client_number", "held", "proposed_last_day", "last_day", "closed_on")
    return list(ViewRight.objects.order_by(columns[0], "pk").values_list(*columns))


def all_held() -> list[tuple[object, ...]]:
    """The three, held since the evening of TODAY."""
    return [(number, "threshold", TODAY, TODAY + timedelta(days=30), None) for number in CLIENTS]


@contextmanager
def undone() -> Iterator[None]:
    """What happens in it is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def proven(on: date = TODAY) -> bool:
    """Every right is what its facts say."""
    return not prove(today=on, processes=1).differences


def test_new_clients_are_held_in_the_transaction_that_brings_them(register: Region) -> None:
    """Midnight passes as soon as it has ended: nothing would look at them any more."""
    look()
    consents(register, ENDS_TODAY, *CLIENTS)
    hands = Hands(LATE)
    come_in(register, hands, progress=hands.move_after_clients)
    assert hands.moment == AFTER
    assert state() == all_held()
    assert (proven(), proven(TOMORROW)) == (True, True)


def test_an_evening_still_to_come_looks_itself(register: Region) -> None:
    consents(register, ENDS_TODAY, *CLIENTS)
    register.imported()
    assert {held for _number, held, *_rest in state()} == {""}


@pytest.mark.parametrize(
    ("granted", "expected"),
    [
        ("2025-03-31", ("", None, TODAY - timedelta(days=1), TODAY)),
        (ENDS_TODAY, ("threshold", TODAY, TODAY + timedelta(days=30), None)),
        ("2025-04-02", ("", None, TOMORROW, None)),
    ],
)
def test_yesterday_is_the_past_and_tomorrow_has_its_own_evening(
    register: Region, granted: str, expected: tuple[object, ...]
) -> None:
    """Of corrections: a day that was past when the import began, the day itself, the day after."""
    consents(register, ENDS_LATER, *CLIENTS)
    register.imported()
    look()
    consents(register, granted, *CLIENTS)
    come_in(register, lambda: LATE)
    assert [row[1:] for row in state()] == [expected] * 3
    assert proven()


@pytest.mark.parametrize("closes", [nobody, by_the_night, by_use_cases])
@pytest.mark.parametrize("after", [0, 1, 2])
def test_with_what_ended_at_midnight_corrections_after_it_are_counted(
    register: Region, monkeypatch: pytest.MonkeyPatch, after: int, closes: Callable[[], None]
) -> None:
    """Two are no more than usual, and end; the third is held, on whichever side of midnight the others came."""
    consents(register, ENDS_LATER, *CLIENTS)
    register.imported()
    look()
    consents(register, ENDS_TODAY, *CLIENTS)
    hands = Hands(LATE)
    passing(monkeypatch, hands, after=after, closes=closes)
    come_in(register, hands)
    ended = [(number, "", None, TODAY, TOMORROW) for number in CLIENTS[:2]]
    assert state() == [*ended, all_held()[2]]
    assert proven(TOMORROW)


def test_with_what_makes_it_too_many_goes_what_came_before(
    register: Region,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    """As soon as that is stored: midnight passes right after it."""
    consents(register, ENDS_LATER, *CLIENTS)
    register.imported()
    look()
    consents(register, ENDS_TODAY, *CLIENTS)
    hands = Hands(LATE)

    def corrected(*given: Any) -> list[str]:
        with django_capture_on_commit_callbacks(execute=True):
            return correct(*given)

    monkeypatch.setattr(importing, "correct", corrected)
    come_in(register, hands, progress=hands.move_after_clients)
    assert state() == all_held()
    assert (proven(), proven(TOMORROW)) == (True, True)


def test_what_ended_at_midnight_does_not_come_back(register: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by a hold, and not by a line that the import brings after midnight."""
    consents(register, ENDS_TODAY, *CLIENTS[:2])
    register.imported()
    look()
    register.write("activities.csv", "X1,K1,OE1,training,Lassen,,,,2025-09-15,,")
    consents(register, ENDS_TODAY, *CLIENTS)
    hands = Hands(LATE)
    passing(monkeypatch, hands, after=0)
    come_in(register, hands)
    first = ViewRight.objects.get(dossier__client__client_number="K1")
    assert (first.held, first.last_day, first.closed_on) == ("", TODAY, TOMORROW)


def test_a_ground_given_after_midnight_stands(register: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the import began with yesterday is no reason to take away what somebody grants today."""
    consents(register, ENDS_LATER, "K1")
    register.imported()
    register.write("activities.csv", f"X1,K1,OE1,training,Lassen,,,{TODAY},{TOMORROW},,")
    hands = Hands(LATE)
    passing(monkeypatch, hands, after=0)
    come_in(register, hands)
    right = ViewRight.objects.get()
    version = ViewRightVersion.objects.filter(right=right).latest("pk")
    assert (right.last_day, version.recorded_at) == (None, AFTER)
    assert proven(TOMORROW)


def test_killed_and_repeated_it_holds_the_same(register: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    consents(register, ENDS_LATER, *CLIENTS)
    register.imported()
    look()
    consents(register, ENDS_TODAY, *CLIENTS)
    done: list[object] = []

    def killed(*given: Any) -> list[str]:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(given)
        return correct(*given)

    monkeypatch.setattr(importing, "correct", killed)
    with pytest.raises(KeyboardInterrupt):
        come_in(register, lambda: LATE)
    monkeypatch.setattr(importing, "correct", correct)
    come_in(register, lambda: LATE)
    versions = ViewRightVersion.objects.count()
    come_in(register, lambda: LATE)
    assert state() == all_held()
    assert ViewRightVersion.objects.count() == versions
    assert EveningCheck.objects.get().held == 3


def told() -> list[object]:
    """What pages, mails and the log know of what is held."""
    columns = ("held", "proposed_last_day", "last_day", "rule", "recorded_by", "source", "holds_from")
    versions = ViewRightVersion.objects.exclude(held="").order_by("right")
    check = EveningCheck.objects.get()
    mails = OfficialMail.objects.filter(kind="held").values_list("about", "count")
    return [
        list(versions.values_list(*columns)),
        (check.examined, check.held_by_rule, check.held_by_threshold, check.above, check.told),
        list(mails),
        state(),
    ]


@pytest.mark.parametrize("verified", [False, True])
def test_held_by_the_import_reads_like_held_by_the_evening(
    register: Region, settings: Settings, verified: bool
) -> None:
    """Before or after the evening has looked: the same rows, the same report, the same mail."""
    settings.REQUIRE_VERIFIED_RULES = verified
    consents(register, ENDS_TODAY, *CLIENTS)
    with undone():
        register.imported()
        look()
        by_the_evening = told()
    with undone():
        look()
        come_in(register, lambda: LATE)
        by_the_import = told()
    assert by_the_import == by_the_evening
    assert by_the_evening[0]


def test_officials_are_told_of_what_was_held_until_midnight_by_the_night(
    register: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import that is killed has told nobody."""
    look()
    consents(register, ENDS_TODAY, *CLIENTS)

    def killed(what: str, *_done: int) -> None:
        if what == "clients":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        come_in(register, lambda: LATE, progress=killed)
    assert not OfficialMail.objects.exists()
    run(TOMORROW, clock=lambda: AFTER)
    run(TOMORROW, clock=lambda: AFTER)
    assert list(OfficialMail.objects.values_list("about", "count")) == [(TODAY, 3)]
