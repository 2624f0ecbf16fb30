"""What goes with a refusal: the lawful ways to a right, each with a link that opens it filled in."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from inzage.decision_api.register.ledger import new_identity
from inzage.decision_api.register.storage import UNFIT, Database
from inzage.decision_api.register.together import Together
from inzage.decision_api.register.wording import moment_in_text
from inzage.rules.days import day_of
from inzage.rules.names import Way
from inzage.rules.viewing import Reason
from inzage.view_rights import next_steps
from inzage.view_rights.deciding import Statement
from inzage.view_rights.explaining import LANGUAGES
from inzage.view_rights.questions import Asked, Subject, Verdict

WITHOUT_RIGHT = frozenset((Reason.NO_RIGHT, Reason.RIGHT_CLOSED))
REQUESTABLE = timedelta(minutes=10)
"""How long after a refusal it can be followed by a request."""

QUERIES = {"homes": next_steps.HOMES, "kinds": next_steps.KINDS, "lines": next_steps.LINES}


class Refused(NamedTuple):
    """A refusal for want of a right: of which dossier, to which unit, on which day."""

    dossier: UUID
    unit: str
    on: date


class Looked(NamedTuple):
    """What was found for a refusal: the dossier's id, where there is one, and the ways that are open."""

    dossier: int | None = None
    ways: tuple[Way, ...] = ()


class After(NamedTuple):
    """What goes with a refusal: the dossier's id on record, where there is one, and what is added to its context."""

    dossier: int | None
    said: dict[str, Any]


class NextSteps:
    """Looks up the ways. `portal` is the address that links begin with; `requests` adds the draft profile's shape."""

    def __init__(self, database: Database, *, portal: str, requests: bool = False) -> None:
        self._database, self._portal, self._requests = database, portal, requests
        self._looked_up = Together(self._round, of_one=UNFIT)

    async def after(
        self, asked: Sequence[Asked | Reason], verdicts: Sequence[Verdict], at: datetime
    ) -> dict[int, After]:
        """What goes with each refusal for want of a right, by its place among the questions."""
        refused = {
            place: Refused(one.dossier, one.unit, day_of(at))
            for place, (one, verdict) in enumerate(zip(asked, verdicts, strict=True))
            if verdict.reason in WITHOUT_RIGHT
            and isinstance(one, Asked)
            and one.kind is Subject.PARTNER_USER
            and one.dossier is not None
        }
        if not refused:
            return {}
        looked = await self._looked_up(list(refused.values()))
        return {
            place: After(found.dossier, self._said(one, found.ways, at) if found.ways else {})
            for (place, one), found in zip(refused.items(), looked, strict=True)
        }

    async def _round(self, calls: Sequence[list[Refused]]) -> list[list[Looked]]:
        """For all calls at once, day by day; what is not known has no way."""
        found: dict[Refused, Looked] = {}
        for on in {one.on for call in calls for one in call}:
            refused = list({one for call in calls for one in call if one.on == on})
            found |= await self._found(refused, on)
        return [[found[one] for one in call] for call in calls]

    async def _found(self, refused: Sequence[Refused], on: date) -> dict[Refused, Looked]:
        pairs = {one: (one.dossier, one.unit) for one in refused if "\x00" not in one.unit}
        values = next_steps.values_of(pairs.values(), on)
        statements = {name: Statement(query, values) for name, query in QUERIES.items()}
        rows = await self._database.ask(statements)
        dossiers: dict[UUID, int] = {reference: pk for reference, pk, _nis_code in rows["homes"]}
        ways = next_steps.put_together(pairs.values(), next_steps.Rows(**rows), on)
        return {
            one: Looked(dossiers.get(one.dossier), ways[pairs[one]] if one in pairs else ())
            for one in refused
        }

    def _said(self, refused: Refused, ways: Sequence[Way], at: datetime) -> dict[str, Any]:
        steps = [self._step(refused, way) for way in ways]
        said: dict[str, Any] = {"next_steps": steps}
        links = [step["url"] for step in steps if "url" in step]
        if self._requests and links:
            said["access_request"] = _access_request(links[0], at)
            said["evaluation_id"] = str(new_identity())
        return said

    def _step(self, refused: Refused, way: Way) -> dict[str, Any]:
        url = next_steps.link_to(way, reference=refused.dossier, oe_number=refused.unit, base=self._portal)
        return {**_in_words(way), **({"url": url} if url else {})}


def _access_request(form: str, at: datetime) -> dict[str, Any]:
    """The denial as one that can be followed by a request (AuthZEN access request and approval profile, draft)."""
    return {
        "template": "inzage-consent",
        "expires_at": moment_in_text(at + REQUESTABLE),
        "form_url": form,
    }


@cache
def _in_words(way: Way) -> dict[str, Any]:
    words = {language: next_steps.in_words(way, language) for language in LANGUAGES}
    return {"route": str(way), "reason_user": words}
