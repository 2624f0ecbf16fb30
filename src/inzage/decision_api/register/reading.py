"""AuthZEN's questions in the register's words: which subjects, resources and actions there are (docs/api.md)."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from inzage.decision_api.authzen.entities import Question
from inzage.rules.names import Part
from inzage.rules.viewing import Reason, Verb, part_meant
from inzage.view_rights.questions import Asked, Subject

DOSSIER = "dossier"
SUBJECTS = {str(subject): subject for subject in Subject}
VERBS = {str(verb): verb for verb in Verb}
PARTS = {str(part): part for part in Part}


def read(question: Question) -> Asked | Reason:
    """The question as the register takes it, or the reason why it is a no already."""
    subject, action, resource, context = question
    kind = SUBJECTS.get(subject.type)
    if kind is None:
        return Reason.UNKNOWN_SUBJECT_TYPE
    if resource.type != DOSSIER:
        return Reason.UNKNOWN_RESOURCE_TYPE
    verb = VERBS.get(action.name)
    if verb is None:
        return Reason.UNKNOWN_ACTION
    part = _part(resource.properties, verb)
    if part is None:
        return Reason.UNKNOWN_PART
    unit = _text(subject.properties, "unit") if kind is Subject.PARTNER_USER else ""
    if kind is Subject.PARTNER_USER and not unit:
        return Reason.UNIT_MISSING
    issuer, stated = _text(subject.properties, "issuer"), _text(context, "stated_reason").strip()
    return Asked(kind, subject.id, issuer, unit, _reference(resource.id), verb, part, stated)


def moment_in(context: Mapping[str, Any]) -> datetime | None:
    """The moment in `context.time` (RFC 3339, with its offset), if there is one; raise ValueError."""
    given = context.get("time")
    if given is None:
        return None
    moment = datetime.fromisoformat(given if isinstance(given, str) else "")
    if moment.tzinfo is None or not 1900 < moment.year < 2200:
        raise ValueError("context.time has no offset, or lies outside the years we know")
    return moment.astimezone(UTC)


def _part(properties: Mapping[str, Any], verb: Verb) -> Part | None:
    """The part that is named, or meant where none is; none where an unknown one is named."""
    named = properties.get("part")
    if named is None:
        return part_meant(verb)
    return PARTS.get(named) if isinstance(named, str) else None


def _text(properties: Mapping[str, Any], name: str) -> str:
    value = properties.get(name)
    return value if isinstance(value, str) else ""


AS_WRITTEN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII).fullmatch


def _reference(given: str) -> UUID | None:
    """The reference as we write it; another way of writing the same number is none of ours."""
    return UUID(given) if AS_WRITTEN(given) else None
