"""A database that somebody else keeps busy is said in Dutch, with what to do; any other trouble stays a defect."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.consents.models import ConsentForm
from inzage.portal.busy import answer_when_busy
from tests.portal.office import Office
from tests.portal.reading import address, text

SAID = "Het register is even bezet; probeer het zo opnieuw."


def from_sqlite(folder: Path, statement: str) -> sqlite3.Error:
    """What SQLite answers to the second of two who want to write."""
    with (
        closing(sqlite3.connect(folder / "busy.sqlite3", isolation_level=None)) as first,
        closing(sqlite3.connect(folder / "busy.sqlite3", isolation_level=None, timeout=0)) as second,
    ):
        first.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.Error) as caught:
            second.execute(statement)
        return caught.value


def as_django_raises(cause: Exception) -> OperationalError:
    """Django's own error, with the driver's behind it."""
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


@pytest.fixture
def busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writing the line in the log waits in vain."""

    def waits(*_: object, **__: object) -> None:
        raise as_django_raises(from_sqlite(tmp_path, "BEGIN IMMEDIATE"))

    for page in ("partner.asking", "partner.searching", "partner.dossiers", "mediator.consent"):
        monkeypatch.setattr(f"inzage.portal.{page}.write", waits)
    monkeypatch.setattr("inzage.view_rights.looking.write", waits)


def test_a_page_that_waits_in_vain_says_that_the_register_is_busy_and_nothing_else(
    carla: Browser, office: Office, busy: None
) -> None:
    known = {"number": office.anna.client.insz, "family_name": "Verzinsel"}
    answers = [
        carla.get("/dossiers/"),
        carla.get(address(office.anna)),
        carla.post("/dossiers/zoeken/", known),
        carla.post("/aanvragen/nieuw/", {**known, "purpose": "training", "route": "form"}),
    ]
    for response in answers:
        assert response.status_code == 503
        assert SAID in text(response)
        assert "Anna" not in text(response)
        assert response.headers["Cache-Control"] == "no-store"
    assert not ConsentForm.objects.filter(asked_by=office.own).exists()


@pytest.mark.parametrize(
    "cause", [psycopg.errors.LockNotAvailable("wait"), psycopg.errors.DeadlockDetected("wait")]
)
def test_a_lock_of_postgresql_is_busy_too(cause: Exception) -> None:
    response = answer_when_busy(as_django_raises(cause))
    assert response is not None
    assert SAID in text(response)


def test_any_other_trouble_is_not_called_busy(tmp_path: Path) -> None:
    missing = from_sqlite(tmp_path, "SELECT * FROM locked_table")
    assert answer_when_busy(as_django_raises(missing)) is None
    assert answer_when_busy(as_django_raises(psycopg.errors.AdminShutdown("locked"))) is None
    assert answer_when_busy(OperationalError("database is locked, says nobody")) is None
    assert answer_when_busy(RuntimeError("database is locked")) is None


def test_opening_the_page_to_search_takes_no_transaction(carla: Browser) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert carla.get("/dossiers/zoeken/").status_code == 200
    assert not [query for query in queries if "SAVEPOINT" in query["sql"]]
