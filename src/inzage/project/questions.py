"""Every night: the questions of clients that nobody answered in time go to the data protection officer."""

from datetime import datetime

import structlog

from inzage.oversight.questions import pass_on_overdue
from inzage.project.command import now
from inzage.project.nights import QUESTIONS, next_run

log = structlog.get_logger()


class PassingOnQuestions:
    """At the start, to catch up, and then every night."""

    def __init__(self, due: datetime) -> None:
        self.due = due

    def act(self) -> bool:
        """Pass them on if it is due."""
        moment = now()
        if moment < self.due:
            return False
        if passed_on := pass_on_overdue(moment):
            log.info("questions passed on", count=passed_on)
        self.due = next_run(moment, QUESTIONS)
        return False
