"""The balance with each institution: drawn up for the command, and by the worker once each night (S13, S14)."""

from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from inzage.adapters.actiris import wire as actiris
from inzage.adapters.failing import Failed
from inzage.adapters.ibis import wire as ibis
from inzage.adapters.line import Line
from inzage.adapters.vdab import wire as vdab
from inzage.oversight.balancing import Balance, ask_about, balance_inwards, balance_outwards
from inzage.oversight.checked import keep_balance
from inzage.project.command import now
from inzage.project.nights import BALANCE, next_run
from inzage.rules.days import day_of

log = structlog.get_logger()
LINES: dict[str, Callable[[], Line | None]] = {"actiris": actiris.line, "ibis": ibis.line, "vdab": vdab.line}
"""The line to each institution with which there is a balance; None where its adapter is off."""
LATER, MUCH_LATER = timedelta(minutes=5), timedelta(hours=1)
"""When it is tried again after a failure; and where trying again won't help by itself."""


def drawn_up(name: str, day: date) -> Balance:
    """The balance of a day with that institution; Failed where the other side gives no list that can be used.

    Raises ImproperlyConfigured where it has no address.
    """
    line = LINES[name]()
    if line is None:
        raise ImproperlyConfigured(f"INZAGE_{name.upper()}_URL is not set; expected where it is")
    with closing(line):
        return _with(name, line, day)


def _with(name: str, line: Line, day: date) -> Balance:
    if name == "actiris":
        return balance_outwards(name, day, actiris.applied_on(line, day, clock=now))
    if name == "ibis":
        return balance_inwards(
            name, day, lambda each: ibis.served_on(line, each, clock=now), by_revision=True
        )
    return balance_inwards(name, day, lambda each: vdab.sent_on(line, each, clock=now), by_revision=False)


def _has_address(name: str) -> bool:
    """Whether that institution can be asked; raises ImproperlyConfigured where a setting is wrong."""
    line = LINES[name]()
    if line is not None:
        line.close()
    return line is not None


class BalancingEveryNight:
    """Yesterday's balance with each institution that has an address: at the start, to catch up, and then every night.

    Drawn up once more, by another worker or after being killed, it asks nothing twice.
    """

    def __init__(self, due: datetime) -> None:
        told = [name for name in LINES if name not in settings.NOT_TOLD]
        self.due = {name: due for name in told if _has_address(name)}
        self._owed: dict[str, date] = {}

    def act(self) -> bool:
        """Draw up what is due. An institution that is away is asked again later, and holds up no other."""
        for name, due in self.due.items():
            if (moment := now()) >= due:
                self.due[name] = self._after(name, moment)
        return False

    def _after(self, name: str, moment: datetime) -> datetime:
        """Draw it up; when it is due again. While the other side is away no day is passed over."""
        yesterday = day_of(moment) - timedelta(days=1)
        day = self._owed.pop(name, yesterday)
        try:
            balance = drawn_up(name, day)
        except Failed as why:
            self._owed[name] = day
            log.warning("no balance", institution=name, day=str(day), why=str(why))
            asked = timedelta(seconds=min(why.wait or 0, MUCH_LATER.total_seconds()))
            return moment + max(asked, LATER if why.again else MUCH_LATER)
        new = ask_about(balance, name, at=moment)
        keep_balance(balance, name, day=day, at=moment)
        counts = {each: getattr(balance, each) for each in ("sent", "received", "applied", "under_way")}
        log.info(
            "balance", institution=name, day=str(day), **counts, differ=len(balance.faults), new_tasks=new
        )
        if day < yesterday:
            self._owed[name] = day + timedelta(days=1)
            return moment
        return next_run(moment, BALANCE)
