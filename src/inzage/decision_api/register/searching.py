"""The three searches: exactly those for which the decision says yes, within what the caller may ask about."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from inzage.consents.desks import ROUTES
from inzage.decision_api.authzen.entities import Action, Entity, Question
from inzage.decision_api.authzen.provider import Found, Page
from inzage.decision_api.register.judging import Docket, Judge
from inzage.decision_api.register.ledger import Basis
from inzage.decision_api.register.reading import DOSSIER, read
from inzage.decision_api.register.storage import PATIENCE, Database
from inzage.rules.periods import eve
from inzage.rules.viewing import Reason, Verb
from inzage.view_rights import desks, searching
from inzage.view_rights.deciding import CLIENTS, Statement
from inzage.view_rights.prepared import PreparedRows, Row
from inzage.view_rights.questions import Asked, RightRow, Subject, Verdict, When

NOTHING = Found(())
BUT_FOR_A_DOSSIER = frozenset((Reason.NO_RIGHT, Reason.NOT_ON_WORK_LIST, Reason.NOT_OWN_DOSSIER))
"""Why there is no yes about no dossier at all, for somebody who may ask about dossiers."""


class Search:
    """Finds by the same statements, in the same scope, as decisions are judged."""

    def __init__(self, database: Database, judge: Judge) -> None:
        self._database, self._judge = database, judge
        self._turn = asyncio.Semaphore(1)

    async def resources(self, question: Question, page: Page, caller: str, when: When) -> Found:
        """The dossiers in which the subject may do it."""
        asked = read(question._replace(resource=question.resource._replace(id="")))
        if isinstance(asked, Reason):
            return NOTHING
        (verdict,) = await self._judge.verdicts(Docket(caller, when, [asked]))
        if (
            verdict.reason not in BUT_FOR_A_DOSSIER or "\x00" in asked.name
        ):  # no database can be asked for that
            return NOTHING
        if asked.kind is Subject.PARTNER_USER:
            return await self._of_unit(asked, verdict, page, when)
        return await self._without_right(asked, verdict, page, when)

    async def _of_unit(self, asked: Asked, verdict: Verdict, page: Page, when: When) -> Found:
        """First the rights that end, then those without an end: two stretches of one index."""
        day, after = _place(page.key, when)
        values = {"unit": asked.unit, **searching.asked_on(when)}
        at_moment, most = when.moment is not None, page.limit + 1
        rows: list[Row] = []
        if day is not None:
            ending = searching.ending(most, at_moment=at_moment)
            rows, after = await self._rows(ending, {**values, "day": day, "after": after}), 0
        if len(rows) < most:
            rest = searching.without_end(most, at_moment=at_moment)
            rows += await self._rows(rest, {**values, "after": after})
        bases = []
        for reference, dossier, *columns in rows[: page.limit]:
            right = RightRow(True, *columns)
            stands = Verdict(Reason.RIGHT_STANDS, verdict.person, dossier, right)
            bases.append(Basis(asked._replace(dossier=reference), stands, when.moment))
        return _found_dossiers(bases, _key_after(bases) if len(rows) > page.limit else "")

    async def _without_right(self, asked: Asked, verdict: Verdict, page: Page, when: When) -> Found:
        """The work list of the desk, or any dossier with a stated reason; a client's own."""
        query, values, reason = _list_without_right(asked, verdict, page, when)
        rows = await self._rows(query, values)
        yes = verdict._replace(reason=reason)
        bases = [
            Basis(asked._replace(dossier=reference), yes._replace(dossier=pk), when.moment)
            for pk, reference in rows[: page.limit]
        ]
        return _found_dossiers(bases, str(rows[page.limit - 1][0]) if len(rows) > page.limit else "")

    async def subjects(self, question: Question, page: Page, caller: str, when: When) -> Found:
        """Who may do it in that dossier; a partner's people are found once for each unit they may act for."""
        properties = question.subject.properties
        named = properties.get("unit")
        somebody = {"unit": named or "any", "issuer": properties.get("issuer")}
        asked = read(question._replace(subject=question.subject._replace(id="", properties=somebody)))
        if isinstance(asked, Reason) or asked.dossier is None:
            return NOTHING
        most = page.limit + 1
        people = await self._candidates(asked, named, caller, when, int(page.key or 0), most)
        return await self._those_who_may(people, page.limit, asked.issuer, caller, when)

    async def _candidates(
        self, asked: Asked, named: Any, caller: str, when: When, after: int, most: int
    ) -> list[tuple[int, Asked]]:
        """Whom to judge, each with the key of its place."""
        if asked.kind is Subject.CLIENT:
            rows = await self._rows(CLIENTS, {"references": [asked.dossier]})
            own = asked._replace(issuer="")
            return [(pk, own._replace(name=number)) for _reference, pk, number in rows if pk > after]
        if asked.kind is Subject.MEDIATOR:
            roles = {"roles": sorted(map(str, ROUTES)), "after": after}
            rows = await self._rows(searching.people_at_desks(most), roles)
            return [(pk, asked._replace(name=name, issuer=issuer)) for pk, name, issuer in rows]
        units = await self._units(asked, named, caller, when)
        rows = await self._rows(searching.members(most), {"units": units, "after": after}) if units else []
        return [(pk, asked._replace(name=name, issuer=issuer, unit=unit)) for pk, name, issuer, unit in rows]

    async def _units(self, asked: Asked, named: Any, caller: str, when: When) -> list[str]:
        """The units whose right stands, as far as the caller may ask about them, and the search about others."""
        query = searching.units_open_to(at_moment=when.moment is not None)
        rows = await self._rows(query, {"dossier": asked.dossier, **searching.asked_on(when)})
        units = [unit for (unit,) in rows if named in (None, unit)]
        scope = await self._judge.scope(caller, units)
        return [unit for unit in units if scope.covers(asked._replace(unit=unit))]

    async def _those_who_may(
        self, people: Sequence[tuple[int, Asked]], limit: int, issuer: str, caller: str, when: When
    ) -> Found:
        """Judged like any question, so that a search finds no one whom a decision would refuse."""
        shown = people[:limit]
        sought = [asked for _key, asked in shown if asked.issuer in ("", issuer) or not issuer]
        docket = Docket(caller, when, sought)
        verdicts = await self._judge.verdicts(docket) if sought else []
        bases = [
            Basis(asked, verdict, when.moment)
            for asked, verdict in zip(sought, verdicts, strict=True)
            if verdict.allowed
        ]
        found = [_somebody(basis.asked) for basis in bases if basis.asked]
        return Found(found, str(shown[-1][0]) if len(people) > limit else "", bases)

    async def actions(self, question: Question, caller: str, when: When) -> Found:
        """What the subject may do in that dossier: each action judged like any question."""
        asked = [read(question._replace(action=Action(str(verb), {}))) for verb in Verb]
        readable = [one for one in asked if not isinstance(one, Reason)]
        verdicts = await self._judge.verdicts(Docket(caller, when, readable)) if readable else []
        bases = [
            Basis(one, verdict, when.moment)
            for one, verdict in zip(readable, verdicts, strict=True)
            if verdict.allowed
        ]
        return Found([Action(str(basis.asked.verb), {}) for basis in bases if basis.asked], "", bases)

    async def _rows(self, query: PreparedRows, values: Mapping[str, Any]) -> list[Row]:
        """One search at a time, so that however many are asked at once, no decision waits behind them.

        TimeoutError for one whose turn does not come, as where each before it waits for a database that is away.
        """
        async with asyncio.timeout(PATIENCE):
            await self._turn.acquire()
        try:
            return (await self._database.ask({"found": Statement(query, dict(values))}))["found"]
        finally:
            self._turn.release()


def _list_without_right(
    asked: Asked, verdict: Verdict, page: Page, when: When
) -> tuple[PreparedRows, dict[str, Any], Reason]:
    most, after = page.limit + 1, int(page.key or 0)
    if asked.kind is Subject.CLIENT:
        return searching.OWN, {"number": asked.name}, Reason.OWN_DOSSIER
    if asked.stated_reason:
        return searching.all_dossiers(most), {"after": after}, Reason.STATED_REASON
    values = {"after": after, **desks.day(when.on)._asdict()}
    return desks.page_of(verdict.role, most), values, Reason.WORK_LIST


def _somebody(asked: Asked) -> Entity:
    properties = {"unit": asked.unit, "issuer": asked.issuer}
    return Entity(str(asked.kind), asked.name, {name: value for name, value in properties.items() if value})


def _found_dossiers(bases: Sequence[Basis], next_key: str) -> Found:
    return Found(
        [Entity(DOSSIER, str(basis.asked.dossier), {}) for basis in bases if basis.asked], next_key, bases
    )


def _place(key: str, when: When) -> tuple[date | None, int]:
    """Where a page starts: a last day, or none, and a right's id.

    A right closed at once stood until then, on the day after its last one.
    """
    if not key:
        return (eve(when.on) if when.moment else when.on), 0
    day, _, after = key.partition("_")
    return (date.fromisoformat(day) if day else None), int(after)


def _key_after(bases: Sequence[Basis]) -> str:
    right = bases[-1].verdict.right
    assert right is not None
    return f"{right.last_day or ''}_{right.id}"
