"""Questions as AuthZEN 1.0 wants them: the bodies of requests (sections 6, 7 and 8)."""

from collections.abc import Sequence
from typing import Any

from inzage.client.entities import Dossier, Question, Subject

AT_ONCE = 1000
"""Questions in one request at most."""
PAGE = 500
"""Results of a search that are asked for at a time."""
DOSSIER = "dossier"
Body = dict[str, Any]


def evaluation(question: Question) -> Body:
    """One question."""
    subject, action, dossier = question
    return {**_who(subject), "action": {"name": action}, "resource": _dossier(dossier)}


def evaluations(questions: Sequence[Question]) -> Body:
    """Up to AT_ONCE questions, each of which is answered."""
    return {"evaluations": [evaluation(question) for question in questions]}


def search_for_dossiers(subject: Subject, action: str, part: str, token: str) -> Body:
    """In which dossiers may this subject do this? `token` is that of the page; empty for the first."""
    sought = {"type": DOSSIER, **_properties(part=part)}
    return {**_who(subject), "action": {"name": action}, "resource": sought, **_page(token)}


def search_for_people(dossier: Dossier, action: str, kind: str, unit: str, token: str) -> Body:
    """Who of this kind may do this in the dossier? Of one unit, where one is given."""
    sought = {"type": kind, **_properties(unit=unit)}
    return {"subject": sought, "action": {"name": action}, "resource": _dossier(dossier), **_page(token)}


def search_for_actions(subject: Subject, dossier: Dossier, token: str) -> Body:
    """What may this subject do in the dossier?"""
    return {**_who(subject), "resource": _dossier(dossier), **_page(token)}


def _who(subject: Subject) -> Body:
    """The subject, and the reason that goes with it."""
    named = {"type": subject.type, "id": subject.id}
    properties = _properties(unit=subject.unit, issuer=subject.issuer)
    reason = subject.stated_reason
    return {"subject": named | properties, **({"context": {"stated_reason": reason}} if reason else {})}


def _dossier(dossier: Dossier) -> Body:
    return {"type": DOSSIER, "id": dossier.reference, **_properties(part=dossier.part)}


def _page(token: str) -> Body:
    return {"page": {"limit": PAGE, **({"token": token} if token else {})}}


def _properties(**values: str) -> Body:
    """Those that have a value; a property without one is left out."""
    given = {name: value for name, value in values.items() if value}
    return {"properties": given} if given else {}
