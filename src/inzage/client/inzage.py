"""The client for programs with threads."""

import logging
import random
import ssl
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Self

import httpx2

from inzage.client.addresses import checked, endpoints_of
from inzage.client.answers import Answer, Metadata
from inzage.client.calls import Calls
from inzage.client.clock import Clock, now
from inzage.client.entities import PARTNER_USER, Dossier, Question, Subject
from inzage.client.exchanging import Result, Steps
from inzage.client.failing import NoAnswer
from inzage.client.reading import Page
from inzage.client.threads import Sender
from inzage.client.tokens import Credentials

logger = logging.getLogger("inzage.client")


class Inzage:
    """Asks the decision point at `url`; several threads may share it, processes may not (make one in each).

    `within` is how many seconds a call may take, all its tries and its token included. `metadata` is what
    `metadata()` gave, where its addresses are to be used. `tls` may bring a certificate of this system's own.
    """

    def __init__(
        self,
        url: str,
        credentials: Credentials | None = None,
        *,
        within: float = 5.0,
        metadata: Metadata | None = None,
        tls: ssl.SSLContext | None = None,
        transport: httpx2.BaseTransport | None = None,
        clock: Clock = now,
    ) -> None:
        url = checked(url)
        self._within = within
        self._calls = Calls(url, endpoints_of(url, metadata), credentials is not None, random.random)
        self._sender = Sender(credentials, random.random, clock, tls=tls, transport=transport)

    def may(self, subject: Subject, action: str, dossier: Dossier, *, within: float | None = None) -> Answer:
        """May this subject do this in the dossier now? NoAnswer where that can't be said: an exception is no yes."""
        return self._run(self._calls.may((subject, action, dossier)), within)

    def allowed(
        self, subject: Subject, action: str, dossier: Dossier, *, within: float | None = None
    ) -> bool:
        """The same as a bare yes or no; whatever fails is a no, and a line in the log."""
        try:
            return bool(self.may(subject, action, dossier, within=within))
        except Exception as error:
            logger.warning("No answer, so no: %s", error, exc_info=not isinstance(error, NoAnswer))
            return False

    def may_all(self, questions: Iterable[Question], *, within: float | None = None) -> list[Answer]:
        """The answers to many questions, in their order. NoAnswer where one of them has none."""
        return self._run(self._calls.may_all(list(questions)), within)

    def dossiers(
        self, subject: Subject, action: str, *, part: str = "", within: float | None = None
    ) -> Iterator[Dossier]:
        """The dossiers in which the subject may do this, page by page. Before one is shown, ask `may`."""
        return self._all(lambda token: self._calls.dossiers(subject, action, part, token), within)

    def people(
        self,
        dossier: Dossier,
        action: str,
        *,
        type: str = PARTNER_USER,
        unit: str = "",
        within: float | None = None,
    ) -> Iterator[Subject]:
        """Who of this type may do this in the dossier, page by page; of one unit, where one is given."""
        return self._all(lambda token: self._calls.people(dossier, action, type, unit, token), within)

    def actions(self, subject: Subject, dossier: Dossier, *, within: float | None = None) -> Iterator[str]:
        """What the subject may do in the dossier."""
        return self._all(lambda token: self._calls.actions(subject, dossier, token), within)

    def metadata(self, *, within: float | None = None) -> Metadata:
        """What the decision point says of itself; NoAnswer where it says it is another than the one at `url`."""
        return self._run(self._calls.metadata(), within)

    def close(self) -> None:
        """Close the connections."""
        self._sender.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self, steps: Steps[Result], within: float | None) -> Result:
        return self._sender.run(steps, self._within if within is None else within)

    def _all(self, page_at: Callable[[str], Steps[Page[Result]]], within: float | None) -> Iterator[Result]:
        had, token = set[str](), ""
        while token not in had:
            had.add(token)
            page = self._run(page_at(token), within)
            yield from page.found
            token = page.next_token
        if token:
            raise NoAnswer("the pages of the search go round")
