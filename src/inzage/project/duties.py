"""What the worker does: the closing run every night at 00:05 in Brussels and its proof, mails, what goes to others."""

import random
from contextlib import closing, suppress
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.conf import settings

from inzage.adapters.actiris import wire as actiris
from inzage.adapters.ibis import wire as ibis
from inzage.adapters.ibis import wording
from inzage.adapters.line import Line
from inzage.adapters.vdab import wire as vdab
from inzage.notices.digests import send_digests
from inzage.notices.gathered import send_gathered
from inzage.notices.officials import send_to_officials
from inzage.notices.sending import send_mails
from inzage.outbox.delivering import deliver
from inzage.oversight.counting import count_due
from inzage.oversight.draft_checks import check_next
from inzage.oversight.rehearsals import make_next
from inzage.project.balances import BalancingEveryNight
from inzage.project.command import now
from inzage.project.nights import COUNTING, DIGEST, first_check, last_run, next_check, next_run
from inzage.project.proofs import ProvingEveryNight, WatchingOverMidnight
from inzage.project.questions import PassingOnQuestions
from inzage.project.working import Duty
from inzage.rules.days import day_of
from inzage.view_rights.carrying_out import carry_out_decisions
from inzage.view_rights.enrolling import Ask, refresh_enrolments
from inzage.view_rights.holding import TooLate, check_evening
from inzage.view_rights.receiving import apply_waiting
from inzage.view_rights.running import at_once, run
from inzage.view_rights.training_records import SOURCE
from inzage.view_rights.training_requests import applying

log = structlog.get_logger()
AT_ONCE = 100
"""Messages in one go, before the worker looks whether it must stop."""


def duties() -> list[Duty]:
    """Every duty, once."""
    return [
        Duty("closing", ClosingEveryNight(due=now()).act, pause=30),
        Duty("prove", ProvingEveryNight(due=now()).act, pause=30),
        Duty("canary", WatchingOverMidnight().act, pause=0.5),
        Duty("evening", CheckingEveryEvening(due=first_check(now())).act, pause=30),
        Duty("rule-books", rule_books, pause=10),
        Duty("mails", mails, pause=30),
        Duty("digests", DigestsEveryMorning(due=now()).act, pause=60),
        Duty("deliver", DeliveringToActiris().act, pause=1),
        Duty("pull-ibis", ibis.Pulling(ibis.line(), now).act, pause=0.5),
        Duty("apply-ibis", apply_ibis, pause=2),
        Duty("refresh-enrolments", RefreshingEnrolments().act, pause=600),
        Duty("apply-vdab", apply_vdab, pause=1),
        Duty("count", CountingEveryNight(due=now()).act, pause=30),
        Duty("balance", BalancingEveryNight(due=now()).act, pause=60),
        Duty("questions", PassingOnQuestions(due=now()).act, pause=60),
        Duty("rehearse", rehearsals, pause=3),
    ]


class ClosingEveryNight:
    """The closing run: at the start, to catch up, and then every night."""

    def __init__(self, due: datetime) -> None:
        self.due = due

    def act(self) -> bool:
        """Run if it is due."""
        moment = now()
        if moment < self.due:
            return False
        report = run(day_of(moment), clock=now, threads=at_once())
        log.info(
            "closing run",
            day=str(report.day),
            closed=report.closed,
            rule_gaps=report.rule_gaps,
            unverified=report.unverified,
            held=report.held,
        )
        self.due = next_run(moment)
        return False


class CheckingEveryEvening:
    """The evening check: what would end tonight and must wait for a person is held, until midnight."""

    def __init__(self, due: datetime) -> None:
        self.due = due

    def act(self) -> bool:
        """Check if it is due."""
        moment = now()
        if day_of(self.due) < day_of(moment):  # what failed until midnight is over
            self.due = first_check(moment)
        if moment < self.due:
            return False
        with suppress(TooLate):  # midnight cut it off: the operator's page says so
            report = check_evening(day_of(moment), clock=now)
            log.info("evening check", day=str(report.day), examined=report.examined, held=report.held)
        self.due = next_check(moment)
        return False


class CountingEveryNight:
    """The figures of the day: at the start, to catch up, and then every night after the closing run."""

    def __init__(self, due: datetime) -> None:
        self.due = due

    def act(self) -> bool:
        """Count what is due, one day of the log at a time; whether more waits."""
        moment = now()
        if moment < self.due:
            return False
        if count_due(moment):
            return True
        self.due = next_run(moment, COUNTING)
        return False


def rule_books() -> bool:
    """Carry out what was decided on the rule books, for the rights that stand."""
    if moved := carry_out_decisions(clock=now):
        log.info("rule books", moved=moved)
    return False


def rehearsals() -> bool:
    """Make the check of a draft that was asked for first, or else the rehearsal, which takes as long as a proof.

    The rule manager waits for it.
    """
    checked = check_next(clock=now)
    if checked is not None:
        log.info("draft checked", number=checked.pk)
        return True
    made = make_next(clock=now)
    if made is not None:
        log.info("rehearsal made", number=made.pk, failed=made.failed)
    return made is not None


def mails() -> bool:
    """Send the mails that wait."""
    if sent := send_mails(now()) + send_gathered(now()) + send_to_officials(now()):
        log.info("mails sent", count=sent)
    return False


class DigestsEveryMorning:
    """The digests: at the start, to catch up, and then every morning; a hundred people at a time."""

    def __init__(self, due: datetime) -> None:
        self.due = due
        self._after = 0

    def act(self) -> bool:
        """Send some if they are due."""
        moment = now()
        if moment < self.due:
            return False
        turn = send_digests(day_of(last_run(moment, DIGEST)), at=moment, after=self._after)
        self._after = turn.after
        if turn.sent:
            log.info("digests sent", count=turn.sent)
        if not turn.after:
            following = next_run(moment, DIGEST)
            self.due = min(turn.again_at or following, following)
        return turn.after > 0


def apply_ibis() -> bool:
    """Carry out what came from IBIS and waits."""
    return apply_waiting(SOURCE, applying(wording.read), clock=now, most=AT_ONCE) > 0


def apply_vdab() -> bool:
    """Carry out the events of VDAB that wait: those that could not be at once."""
    if settled := vdab.apply_waiting(now, most=AT_ONCE):
        log.info("events of VDAB settled", count=settled)
    return settled == AT_ONCE


def to_actiris() -> Line | None:
    """The line to Actiris; none where no address is configured, or it is off: a question tells it who is a client."""
    return actiris.line() if "actiris" not in settings.NOT_TOLD else None


class DeliveringToActiris:
    """What waits for Actiris is sent; nothing where it is switched off, or no address is configured."""

    def __init__(self) -> None:
        line = to_actiris()
        self._send = partial(actiris.send, line) if line else None

    def act(self) -> bool:
        """Send for a few seconds; more may wait after that."""
        if self._send is None:
            return False
        turn = deliver("actiris", self._send, clock=now, chance=random.random)
        if turn.answered:
            log.info(
                "messages sent", destination="actiris", taken=turn.taken, failed=turn.answered - turn.taken
            )
        return turn.taken > 0


class RefreshingEnrolments:
    """Actiris is asked about Brussels participants who were not looked up lately; nothing where it is off (S07)."""

    MOST = 50
    TURN = timedelta(seconds=5)

    def __init__(self) -> None:
        self._after = 0
        self._not_before: datetime | None = None

    def act(self) -> bool:
        """Ask about a few. Where none of them could be asked, Actiris is left alone until after the pause.

        And until the moment that it asked for.
        """
        line = to_actiris()
        if line is None or (self._not_before and now() < self._not_before):
            return False
        older_than = timedelta(days=settings.ENROLMENT_DAYS)
        with closing(line):
            turn = refresh_enrolments(
                asking(line), now, older_than, after=self._after, most=self.MOST, turn=self.TURN
            )
        self._after, self._not_before = turn.after, turn.until
        if turn.asked:
            log.info("enrolments refreshed", asked=turn.asked, failed=turn.failed)
        return bool(turn.after) and turn.until is None and turn.failed < turn.asked


def asking(line: Line) -> Ask:
    """Asks over this line, each time at the moment that it is."""
    return lambda insz: actiris.ask_enrolment(line, insz, at=now())
