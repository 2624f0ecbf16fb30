"""The portal, and a browser on it."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import request_finished, request_started
from django.db import DEFAULT_DB_ALIAS, close_old_connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Activity
from inzage.rules.names import Purpose, Route
from inzage.view_rights.consenting import Asked, ask_right
from tests.portal.office import Office, a_form, an_activity, an_enrolment, from_ibis, in_brussels, origin
from tests.portal.serving import served


class _OneConnection(ThreadedWSGIServer):
    """Answers on the test's own connection, and leaves it open: on PostgreSQL its transaction would end with it."""

    def _close_connections(self) -> None:
        """Nothing is closed: the test does that."""


class _Portal(LiveServerThread):
    """The thread itself asks the database nothing, so it has no connection to close either."""

    server_class = _OneConnection

    def __init__(self, shared: BaseDatabaseWrapper) -> None:
        super().__init__("127.0.0.1", StaticFilesHandler)
        self.daemon, self._shared = True, shared

    def _create_server(self, **_none: Any) -> ThreadedWSGIServer:
        made: ThreadedWSGIServer = super()._create_server({DEFAULT_DB_ALIAS: self._shared})  # type: ignore[misc]
        return made


@pytest.fixture
def _kept_open() -> Iterator[None]:
    """A request closes no connection that is in a transaction, as it does where Django's own test browser asks."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def server(office: Office, _kept_open: None) -> Iterator[str]:
    """The portal on loopback, where a form waits. It works in the test's own transaction, which is undone."""
    a_form(office.anna, office.other)
    with served(_Portal) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def browser(server: str) -> Iterator[Browser]:
    """The browser itself. (The database is asked before it starts.)"""
    with sync_playwright() as driver:
        launched = driver.chromium.launch(
            executable_path=os.environ["INZAGE_CHROMIUM"], args=["--no-sandbox"]
        )
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A page on the portal; any complaint in its console fails the test."""
    complaints: list[str] = []
    page = browser.new_page(base_url=server, locale="nl-BE")
    page.on("console", lambda message: complaints.append(message.text))
    page.goto("/")
    yield page
    assert complaints == []


@pytest.fixture
def line(office: Office) -> Activity:
    """An activity in Anna's dossier. (The database is asked before the browser starts.)"""
    return an_activity(office)


@pytest.fixture
def in_elsene(office: Office, line: Activity) -> ConsentForm:
    """Anna lives in Brussels and is not enrolled; Werkpad asked a Brussels form for her, the school has a line."""
    in_brussels(office.anna)
    an_enrolment(office.anna, "not_enrolled")
    from_ibis(office.anna, office.school)
    asked = Asked(office.own, Route.BRUSSELS_FORM, Purpose.TRAINING, office.own)
    return ask_right(office.anna.pk, asked, origin=origin())
