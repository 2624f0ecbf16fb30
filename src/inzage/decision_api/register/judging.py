"""The verdicts on the questions of one call; of calls that come together in as few statements as one needs."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from inzage.decision_api.register import scoping
from inzage.decision_api.register.scoping import EVERYTHING, NOTHING, Scope
from inzage.decision_api.register.storage import UNFIT, Database
from inzage.decision_api.register.together import Together
from inzage.rules.viewing import Reason
from inzage.view_rights.deciding import Known, Statement, needed
from inzage.view_rights.questions import Asked, Verdict, When

NOT_FOR_THIS_CALLER = Verdict(Reason.NOT_FOR_THIS_CALLER)


class Docket(NamedTuple):
    """The questions of one call, by whom, and about when."""

    caller: str
    when: When
    asked: Sequence[Asked]


class Judge:
    """Gives verdicts. Calls that arrive together share statements, never each other's scope."""

    def __init__(self, database: Database, *, open_to: str = "", at_once: int = 2) -> None:
        """The caller named `open_to` may ask about everything: the demo's."""
        self._database, self._open_to = database, open_to
        self.verdicts = Together(self._round, of_one=UNFIT, size=_size, at_once=at_once)

    async def scope(self, caller: str, units: Collection[str]) -> Scope:
        """What the caller may ask about, as far as these units go."""
        if self._open_to and caller == self._open_to:
            return EVERYTHING
        rows = await self._database.ask(scoping.needed([caller], units))
        return scoping.scopes(rows).get(caller, NOTHING)

    async def _round(self, dockets: Sequence[Docket]) -> list[list[Verdict]]:
        by_day: dict[When, list[Asked]] = defaultdict(list)
        for docket in dockets:
            by_day[docket.when] += docket.asked
        statements = self._scopes_of(dockets)
        for place, (when, asked) in enumerate(by_day.items()):
            statements |= {f"{place} {name}": one for name, one in needed(asked, when).items()}
        rows = await self._database.ask(statements)
        known = {when: Known(_only(place, rows)) for place, when in enumerate(by_day)}
        scopes = self._scopes(rows)
        return [
            _verdicts(docket, known[docket.when], scopes.get(docket.caller, NOTHING)) for docket in dockets
        ]

    def _scopes_of(self, dockets: Sequence[Docket]) -> dict[str, Statement]:
        callers = {docket.caller for docket in dockets} - {self._open_to}
        if not callers:
            return {}
        return scoping.needed(callers, {asked.unit for docket in dockets for asked in docket.asked})

    def _scopes(self, rows: Mapping[str, list[tuple[object, ...]]]) -> dict[str, Scope]:
        own = {self._open_to: EVERYTHING} if self._open_to else {}
        return {**(scoping.scopes(rows) if "callers" in rows else {}), **own}


def _size(docket: Docket) -> int:
    return len(docket.asked)


def _only(place: int, rows: Mapping[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    before = f"{place} "
    return {name.removeprefix(before): found for name, found in rows.items() if name.startswith(before)}


def _verdicts(docket: Docket, known: Known, scope: Scope) -> list[Verdict]:
    return [known.verdict(asked) if scope.covers(asked) else NOT_FOR_THIS_CALLER for asked in docket.asked]
