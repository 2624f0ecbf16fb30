"""HTTP: VDAB pushes its events here (contract.yaml). Signed ones are kept as they came, then carried out."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from http import HTTPStatus

import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from inzage.adapters.line import Line, Patience, line_to, list_of_day
from inzage.adapters.pacing import Pace
from inzage.adapters.signatures import NotSigned, check
from inzage.adapters.vdab.where import place, secrets
from inzage.adapters.vdab.wording import NoEvent, message_of, read, sent_in
from inzage.inbox.fields import Unreadable
from inzage.inbox.keeping import Message, keep
from inzage.inbox.models import Received
from inzage.inbox.reading import same
from inzage.oversight.balancing import Sent
from inzage.view_rights import vdab_events
from inzage.view_rights.receiving import NotTaken
from inzage.view_rights.vdab_events import SOURCE
from inzage.view_rights.vdab_told import Told

log = structlog.get_logger()
Clock = Callable[[], datetime]
STRUCTURED = "application/cloudevents+json"
MOST_BYTES = 65_536
"""What a consumer of CloudEvents should take, and no more."""
MOST_A_SECOND = 200
PATIENCE = Patience()
LOCK = "2s"
"""How long an event waits for its dossier before it is left to the worker: VDAB is waiting for the answer."""


def line() -> Line | None:
    """The line to VDAB; None where it is never asked. Raises ImproperlyConfigured."""
    return line_to(place(), PATIENCE)


class Refused(Exception):
    """An event that is not kept: the status to answer, and for its sender what to do."""

    def __init__(self, status: HTTPStatus, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def endpoint(clock: Clock) -> Callable[[HttpRequest], HttpResponse]:
    """The view that takes events in, by this clock. While no secret is configured there is no such page."""
    pace = Pace(MOST_A_SECOND)

    @csrf_exempt
    @login_not_required
    def take_in(request: HttpRequest) -> HttpResponse:
        if not (keys := secrets()):
            raise Http404
        try:
            message = _message(_signed_text(request, keys, at=clock()))
            _keep_pace(pace, clock())
            known = _is_known(message)
        except Refused as why:
            return _problem(why)
        if known:
            return JsonResponse({"repeated": True})
        keep(SOURCE, [message], at=clock())
        _carry_out(message, clock)
        return JsonResponse({"repeated": False}, status=HTTPStatus.ACCEPTED)

    return take_in


def apply_waiting(clock: Clock, *, most: int = 200) -> int:
    """Carry out what was kept and waits; returns how many were settled."""
    return vdab_events.apply_waiting(told_in, clock=clock, most=most)


def told_in(text: str) -> Told:
    """What an event that was kept tells; NotTaken where it can't be understood."""
    try:
        return read(text)
    except Unreadable as why:
        raise NotTaken("malformed", str(why)) from why


def _signed_text(request: HttpRequest, keys: tuple[bytes, ...], *, at: datetime) -> str:
    """The body, once it is sure that VDAB sent it, lately, and that nobody on the way could read it."""
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        raise Refused(
            HTTPStatus.FORBIDDEN, "Send events over https: over http anybody on the way reads them."
        )
    if request.method != "POST":
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "Send events with POST.", Allow="POST")
    charset = request.content_params.get("charset", "utf-8") if request.content_params else "utf-8"
    if request.content_type != STRUCTURED or charset.lower() != "utf-8":
        raise Refused(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"Send one event in structured mode, in UTF-8: Content-Type {STRUCTURED}.",
        )
    try:
        text = _body_of(request).decode()
    except UnicodeDecodeError:
        raise Refused(HTTPStatus.BAD_REQUEST, "The body is no UTF-8: send JSON in UTF-8.") from None
    try:
        check(text, request.headers, keys, at=at)
    except NotSigned as why:
        raise Refused(HTTPStatus.UNAUTHORIZED, str(why), WWW_Authenticate="Standard-Webhooks") from why
    return text


def _body_of(request: HttpRequest) -> bytes:
    """The body, never more of it than an event may hold."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not (length.isascii() and length.isdigit()):
        raise Refused(HTTPStatus.LENGTH_REQUIRED, "Say in Content-Length how long the body is.")
    if len(length) > 9 or int(length) > MOST_BYTES:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"Send events of at most {MOST_BYTES} bytes.")
    try:
        return request.body
    except OSError:
        raise Refused(HTTPStatus.BAD_REQUEST, "The body stopped halfway: send it again.") from None


def _message(text: str) -> Message:
    try:
        return message_of(text)
    except NoEvent as why:
        raise Refused(HTTPStatus.BAD_REQUEST, str(why)) from why


def _keep_pace(pace: Pace, at: datetime) -> None:
    if not pace.allows(at):
        raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "Wait a second, and send it again.", Retry_After="1")


def _is_known(message: Message) -> bool:
    """Whether it came before; Refused where it said something else then."""
    known = Received.objects.filter(source=SOURCE, message_id=message.message_id)
    original = known.values_list("original", flat=True).first()
    if original is not None and not same(original, message.original):
        detail = (
            "This id was received with another content, which stays: send a change as an event of its own."
        )
        raise Refused(HTTPStatus.CONFLICT, detail)
    return original is not None


def _carry_out(message: Message, clock: Clock) -> None:
    """Try at once. Whatever goes wrong, the event is kept, and the worker tries again: the answer stays the same."""
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = '{LOCK}'")
            vdab_events.apply_next(told_in, at=clock(), message_id=message.message_id)
    except Exception as error:
        log.warning("an event is left to the worker", error=f"{type(error).__name__}: {error}".strip())


def _problem(why: Refused) -> HttpResponse:
    """RFC 9457."""
    status = why.status
    problem = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": why.detail}
    return JsonResponse(problem, status=status, content_type="application/problem+json", headers=why.headers)


def sent_on(line: Line, day: date, *, clock: Clock) -> Iterator[Sent]:
    """What VDAB told on that day, to strike a balance; else Failed."""
    return list_of_day("/events", day, lambda target: line.ask(target, at=clock()).text, sent_in)
