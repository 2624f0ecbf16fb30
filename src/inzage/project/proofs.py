"""The proofs of each night: all rights judged anew after the run, and canaries asked for around midnight."""

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import structlog

from inzage.oversight.canaries import READY, watch
from inzage.oversight.checked import keep_proof
from inzage.oversight.models import Checked, Differing
from inzage.oversight.proving import Proof, proving
from inzage.project.command import now
from inzage.project.nights import PROOF, next_run
from inzage.rules.days import day_of, midnight
from inzage.rules.periods import day_after
from inzage.view_rights.models import ClosingRun

log = structlog.get_logger()
TURN = timedelta(seconds=2)
"""So long it goes on, before the worker looks whether it must stop."""
NAMED = 100
"""So many differing rights stand in the log."""


class ProvingEveryNight:
    """All rights judged anew: at the start where it was not done that day, and then every night after the run."""

    def __init__(self, due: datetime, *, processes: int = 0) -> None:
        self.due = due
        self._processes = processes
        self._day = date.min
        self._parts: Iterator[Proof] | None = None
        self._found = Proof(0, [])

    def act(self) -> bool:
        """Judge for a while where it is due; whether more waits. What fails halfway is begun again."""
        if self._parts is None and not self._begins(now()):
            return False
        try:
            return self._goes_on()
        except BaseException:
            self._parts = None
            raise

    def _begins(self, moment: datetime) -> bool:
        """Whether it is due and the run of that day is finished; where it was done that day, the next night is due."""
        today = day_of(moment)
        if moment < self.due:
            return False
        runs = ClosingRun.objects.filter(day=today, finished_at__isnull=False)
        finished_at = runs.order_by("finished_at").values_list("finished_at", flat=True).first()
        if finished_at is None:
            return False
        if Checked.objects.filter(kind=Checked.Kind.PROOF, day=today, checked_at__gte=finished_at).exists():
            self.due = next_run(moment, PROOF)
            return False
        self._day, self._found = today, Proof(0, [])
        self._parts = proving(today=today, processes=self._processes)
        return True

    def _goes_on(self) -> bool:
        assert self._parts is not None
        until = now() + TURN
        for part in self._parts:
            self._found = Proof(self._found.judged + part.judged, self._found.differences + part.differences)
            if now() >= until:
                return True
        self._ends()
        return False

    def _ends(self) -> None:
        at, found = now(), self._found
        checked = keep_proof(found, day=self._day, at=at)
        if found.differences:
            log.error("rights differ from the rules", **_told(checked))
        else:
            log.info("rights proven", day=str(self._day), judged=found.judged)
        self._parts, self.due = None, next_run(at, PROOF)


def _told(checked: Checked) -> dict[str, object]:
    """Which differ, by the dossier's reference and the unit: no names."""
    differing = Differing.objects.filter(checked=checked).order_by("pk")
    named = differing.values_list("dossier__reference", "unit__oe_number")[:NAMED]
    return {
        "day": str(checked.day),
        "judged": checked.counted,
        "differing": checked.differing,
        "rights": [f"{reference} {oe_number}" for reference, oe_number in named],
    }


class WatchingOverMidnight:
    """A canary asked for around every midnight at which a worker is there: of several, by one."""

    def __init__(self, wait: Callable[[timedelta], None] = lambda pause: time.sleep(pause.total_seconds())):
        self._wait = wait

    def act(self) -> bool:
        """Watch where midnight is a moment away."""
        moment = now()
        day = day_of(moment)
        if moment < midnight(day_after(day)) - READY:
            return False
        heard = watch(day, clock=now, wait=self._wait)
        if heard is None:
            return False
        said = log.error if heard.overrun or heard.early or heard.last_yes_at is None else log.info
        said("canary", day=str(day), asked=heard.asked, overrun_us=heard.overrun, early_us=heard.early)
        return False
