"""A line of IBIS (contract.yaml) in our own values. A line that can't be read is kept all the same."""

import re
import unicodedata
from datetime import date
from enum import StrEnum
from typing import Any

from inzage.inbox.keeping import Message
from inzage.inbox.reading import DIGITS, UNREADABLE, NotJson, made_up_id, object_in
from inzage.oversight.balancing import Sent
from inzage.register_files import checks
from inzage.rules.references import Reference, Unreadable, parse
from inzage.view_rights.receiving import NotTaken
from inzage.view_rights.training_records import Registration, TrainingRequest, Trouble

ID = re.compile(r"[A-Za-z0-9._-]{1,30}")
NIS_CODE = re.compile(r"[0-9]{5}")
MOST_REVISIONS = 9999


class RequestStatus(StrEnum):
    """What happened to the training request in IBIS. A withdrawn one need not say anything else."""

    REGISTERED = "registered"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


def message_of(line: str) -> Message:
    """The line as the inbox keeps it. One that doesn't say which record it is gets a made-up id."""
    original = line.replace("\0", "\\u0000")  # which no database keeps, and no JSON holds as it is
    try:
        record_id, revision = identity_of(object_in(original))
    except (NotJson, NotTaken):
        return Message(made_up_id(original), 1, "unreadable", original)
    return Message(record_id, revision, "training_request", original)


def served_in(row: dict[str, Any]) -> Sent:
    """A revision in the list of a day, under the id and revision that the inbox has it by, and whether it was served.

    KeyError or TypeError where it says something else.
    """
    digest, served = row["digest"], row["served"]
    if not isinstance(digest, str) or not digest.isprintable() or type(served) is not int:
        raise TypeError
    try:
        message_id, revision = identity_of(row)
    except NotTaken:
        message_id, revision = UNREADABLE + digest[:DIGITS], 1
    return Sent(message_id, revision, arrived=served > 0)


def read(text: str) -> TrainingRequest:
    """Read a record; raise NotTaken with the first thing that is wrong, and what was expected."""
    try:
        data = object_in(text)
    except NotJson as error:
        raise NotTaken(Trouble.NOT_JSON, f"This is no JSON object: {error}. Correct the text.") from None
    record_id, revision = identity_of(data)
    if _status(data) is RequestStatus.WITHDRAWN:
        return TrainingRequest(record_id, revision, None)
    return TrainingRequest(record_id, revision, _registration(data))


def identity_of(data: dict[str, Any]) -> tuple[str, int]:
    """Which record it is, and which revision."""
    record_id, revision = data.get("id"), data.get("revision")
    if not isinstance(record_id, str) or not ID.fullmatch(record_id):
        raise _bad("id", _shown(record_id), "1 to 30 letters, digits, dots, hyphens or low lines")
    if type(revision) is not int or not 1 <= revision <= MOST_REVISIONS:
        raise _bad("revision", _shown(revision), f"a whole number from 1 to {MOST_REVISIONS}")
    return record_id, revision


def _status(data: dict[str, Any]) -> RequestStatus:
    try:
        return RequestStatus(data.get("status", ""))
    except ValueError:
        raise _bad("status", _shown(data.get("status")), f"one of {', '.join(RequestStatus)}") from None


def _registration(data: dict[str, Any]) -> Registration:
    client = data.get("client")
    if not isinstance(client, dict):
        raise _bad("client", _shown(client), "an object with insz, family_name, given_name and nis_code")
    nis_code = _text(client, "nis_code", 5)
    if nis_code and not NIS_CODE.fullmatch(nis_code):
        raise _bad("nis_code", "other text", "the five digits of a municipality, or nothing")
    return Registration(
        _day(data, "registered_on"),
        _reference(data),
        _text(data, "title", 200),
        _insz(client),
        _text(client, "family_name", 200),
        _text(client, "given_name", 200),
        nis_code,
    )


def _reference(data: dict[str, Any]) -> Reference:
    remark = data.get("remark")
    if not isinstance(remark, str):
        raise _bad("remark", _shown(remark), "the field Opmerking as text")
    try:
        return parse(remark)
    except Unreadable as refused:
        raise NotTaken(refused.reason, refused.detail) from None


def _day(data: dict[str, Any], name: str) -> date:
    given = data.get(name)
    try:
        return date.fromisoformat(checks.day(given if isinstance(given, str) else ""))
    except checks.Bad:
        raise NotTaken(
            Trouble.BAD_DATE, f"{name} is {_shown(given)}; expected a day that exists, as YYYY-MM-DD."
        ) from None


def _insz(client: dict[str, Any]) -> str:
    given = client.get("insz")
    try:
        return checks.insz(given if isinstance(given, str) else "")
    except checks.Bad:
        raise NotTaken(
            Trouble.BAD_INSZ, "insz is not a valid INSZ number: copy the eleven digits from the source again."
        ) from None


def _text(data: dict[str, Any], name: str, longest: int) -> str:
    """Text, or nothing; without signs that can't be seen or stored."""
    given = data.get(name)
    text = "" if given is None else given
    if not isinstance(text, str) or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        raise _bad(name, "something else", "text on one line")
    if len(text.strip()) > longest:
        raise _bad(name, "too long", f"at most {longest} characters")
    return text.strip()


def _bad(name: str, found: str, expected: str) -> NotTaken:
    return NotTaken(Trouble.BAD_FIELD, f"{name} is {found}; expected {expected}.")


def _shown(found: object) -> str:
    """What was found, as far as it helps and can be stored; never what a person is called."""
    return type(found).__name__ if isinstance(found, dict | list) else ascii(found)[:60]
