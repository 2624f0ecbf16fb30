"""Asking Actiris about an enrolment: what its answers come to, over HTTP and in the worker (S07)."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import Settings
from structlog.testing import capture_logs

from inzage.adapters.actiris import wire
from inzage.adapters.actiris.wording import enrolment_in
from inzage.adapters.failing import Failed
from inzage.dossiers.enrolments import Enrolment
from inzage.project import duties
from inzage.project.duties import RefreshingEnrolments
from inzage.rules.names import Channel, EnrolmentStatus
from inzage.tasks.models import Task
from inzage.view_rights.enrolling import Answer, LeftAlone
from tests.adapters.lines import line_to
from tests.simulated import SECRET, Simulated, simulated
from tests.world import World, insz

FIRST = date(2025, 1, 1)
AT = datetime(2025, 3, 1, 11, tzinfo=UTC)


def body(**said: object) -> bytes:
    """An answer's body."""
    return json.dumps(said).encode()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (
            {"status": "enrolled", "channel": "agency", "enrolled_on": "2025-01-01"},
            Answer(EnrolmentStatus.ENROLLED, Channel.AGENCY, FIRST),
        ),
        ({"status": "enrolled", "channel": None}, Answer(EnrolmentStatus.ENROLLED)),
        ({"status": "ended", "ended_on": "2025-01-01"}, Answer(EnrolmentStatus.ENDED, ended_on=FIRST)),
        (
            {"status": "not_enrolled", "channel": "agency", "enrolled_on": "2025-01-01"},
            Answer(EnrolmentStatus.NOT_ENROLLED),
        ),
        ({"status": "enrolled", "colour": "blue"}, Answer(EnrolmentStatus.ENROLLED)),
    ],
)
def test_an_answer_as_the_contract_has_it(said: dict[str, object], found: Answer) -> None:
    assert enrolment_in(200, {}, body(**said), at=AT) == found


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[]",
        b"<html>",
        b"\xff",
        body(),
        body(status="perhaps"),
        body(status="enrolled", channel="pigeon"),
        body(status="enrolled", enrolled_on="01/02/2025"),
        body(status="ended", ended_on=20250101),
    ],
)
def test_an_answer_that_is_none_is_said_without_repeating_it(said: bytes) -> None:
    with pytest.raises(Failed, match="as the contract has them") as why:
        enrolment_in(200, {}, said, at=AT)
    assert not why.value.again
    assert "2025" not in str(why.value)


@pytest.mark.parametrize(
    ("status", "again"), [(500, True), (502, True), (401, True), (302, True), (400, False), (422, False)]
)
def test_a_refusal_says_whether_asking_again_helps(status: int, again: bool) -> None:
    with pytest.raises(Failed, match=f"HTTP {status}") as why:
        enrolment_in(status, {}, b"", at=AT)
    assert why.value.again is again


@pytest.mark.parametrize(
    ("status", "asked", "seconds"),
    [(429, "7", 7), (503, "7", 7), (429, "0", 1), (429, "", 60), (503, "", 60), (410, "7", 86_400)],
)
def test_a_refusal_of_all_questions_says_until_when(status: int, asked: str, seconds: int) -> None:
    with pytest.raises(LeftAlone, match=f"HTTP {status}") as why:
        enrolment_in(status, {"retry-after": asked}, b"", at=AT)
    assert why.value.until == AT + timedelta(seconds=seconds)


@pytest.fixture(scope="module")
def actiris(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulated]:
    """An Actiris of our own."""
    with simulated("actiris", tmp_path_factory.mktemp("actiris")) as side:
        yield side


@pytest.fixture
def brussels(world: World, actiris: Simulated, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Piet and An live in Brussels and follow something; Piet's enrolment has ended. The worker can reach Actiris."""
    for dossier in (world.piet, world.an):
        world.lives_in("21009", dossier=dossier)
        world.activity("2025-01-10", dossier=dossier)
    ended = {"insz": insz(1), "status": "ended", "enrolled_on": "2024-01-01", "ended_on": "2025-01-01"}
    actiris.control("enrolments", [{"channel": "agency", **ended}])
    monkeypatch.setenv("INZAGE_ACTIRIS_URL", actiris.url)
    monkeypatch.setenv("INZAGE_ACTIRIS_SECRET", SECRET)
    yield world
    actiris.fail(0)


def test_the_simulated_actiris_is_asked_over_http(brussels: World, actiris: Simulated) -> None:
    line = line_to(actiris.url)
    now = datetime.now(UTC)  # Actiris takes no old signature
    assert wire.ask_enrolment(line, insz(1), at=now).ended_on == FIRST
    assert wire.ask_enrolment(line, insz(2), at=now) == Answer(EnrolmentStatus.NOT_ENROLLED)
    line.close()


def test_the_worker_refreshes_what_it_can_a_few_at_a_time(
    brussels: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RefreshingEnrolments, "MOST", 1)
    duty = RefreshingEnrolments()
    assert [duty.act(), duty.act()] == [True, False]
    assert set(Enrolment.objects.values_list("status", flat=True)) == {"ended", "not_enrolled"}
    assert Task.objects.filter(kind="enrolment", done_at=None).count() == 2
    assert not duty.act()


def test_an_actiris_that_fails_is_left_alone_for_a_while_and_the_log_names_nobody(
    brussels: World, actiris: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RefreshingEnrolments, "MOST", 1)
    actiris.fail(1, "reset")
    duty = RefreshingEnrolments()
    with capture_logs() as logs:
        assert [duty.act(), duty.act()] == [False, False]
    assert not Enrolment.objects.exists()
    assert insz(1) not in str(logs)
    actiris.fail(0)
    assert duty.act()


@pytest.mark.parametrize("kind", ["too_many", "error"])
def test_an_actiris_that_wants_no_questions_is_asked_no_other_before_the_moment_it_said(
    brussels: World, actiris: Simulated, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Not even about somebody else, and not sooner where a turn comes sooner (S07)."""
    moment = datetime.now(UTC)
    monkeypatch.setattr(duties, "now", lambda: moment)
    actiris.fail(1, kind, retry_after=60)
    duty = RefreshingEnrolments()
    assert not duty.act()
    actiris.fail(0)
    moment += timedelta(seconds=59.9)
    assert not duty.act()
    assert not Enrolment.objects.exists()
    moment += timedelta(seconds=0.1)
    while duty.act():
        pass
    assert [each.client for each in Enrolment.objects.all()] == [brussels.an.client]  # Piet in the next round
    duty.act()
    assert Enrolment.objects.count() == 2


def test_without_an_address_nobody_is_asked(brussels: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INZAGE_ACTIRIS_URL")
    assert not RefreshingEnrolments().act()
    assert not Enrolment.objects.exists()


def test_where_actiris_is_switched_off_nobody_is_asked_either(
    brussels: World, actiris: Simulated, settings: Settings
) -> None:
    """A question tells who is a client."""
    settings.NOT_TOLD = {"actiris"}
    assert not RefreshingEnrolments().act()
    assert not Enrolment.objects.exists()
