"""One try to send a mail: what became of it is kept with what it tells, and may be another try (RFC 5321, 4.5.4.1)."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused, SMTPServerDisconnected
from typing import NamedTuple

import structlog
from django.core.mail import EmailMessage, get_connection

from inzage.notices.models import Mailed

log = structlog.get_logger()
FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)
TRIES = 23
"""So often a mail is tried: more than four days in all, the least that RFC 5321 asks for."""


class Refusal(NamedTuple):
    """Why a mail did not go out, without the other side's text, which could name a person; whether to try again."""

    problem: str
    for_now: bool


def went_out(mail: EmailMessage, told: Sequence[Mailed], *, at: datetime) -> bool:
    """Send it, and mark all that it tells; whether the mail server took it.

    Refused for now (4xx), or with a line that broke halfway, it is tried again, each time after a longer wait, `TRIES`
    times at most. Refused for good (5xx), or with an address that is none, it is given up, and said in the log. A mail
    server that is away, or takes nothing from our sender, is no trouble of this mail: OSError is raised.
    """
    for each in told:  # what can't be marked is not sent
        each.mailed_at, each.mail_due_at, each.mail_problem = at, None, ""
        each.save(update_fields=MARKS)
    refusal = _refusal_of(mail)
    if refusal is None:
        return True
    tries = 1 + max(each.mail_tries for each in told)
    again = refusal.for_now and tries < TRIES
    for each in told:
        each.mailed_at, each.mail_tries, each.mail_problem = None, tries, refusal.problem
        each.mail_due_at = at + wait_after(tries) if again else None
        each.mail_given_up_at = None if again else at
        each.save(update_fields=MARKS)
    say = log.warning if again else log.error
    said = "mail refused for now" if again else "mail given up"
    say(said, told=f"{told[0]._meta.model_name}:{told[-1].pk}", problem=refusal.problem, tries=tries)
    return False


MARKS = ["mailed_at", "mail_tries", "mail_due_at", "mail_given_up_at", "mail_problem"]


def wait_after(tries: int) -> timedelta:
    """How long a mail that was refused so many times waits for the next try."""
    return min(FIRST_WAIT * (1 << min(tries - 1, 10)), LONGEST_WAIT)


def _refusal_of(mail: EmailMessage) -> Refusal | None:
    """Send it over a line of its own; what was said against this mail, if anything was."""
    mail.connection = get_connection()
    mail.connection.open()  # where this fails no mail can go: not counted as a try
    try:
        mail.send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        return _refused_with(max(codes, default=0))
    except SMTPResponseException as error:
        if isinstance(error, SMTPSenderRefused) and error.smtp_code >= PERMANENT:
            raise
        return _refused_with(error.smtp_code)
    except SMTPServerDisconnected:
        return Refusal("disconnected", for_now=True)
    except ValueError:
        return Refusal("no address", for_now=False)
    finally:
        with suppress(OSError):  # what was taken is taken, also where the goodbye fails
            mail.connection.close()
    return None


PERMANENT = 500


def _refused_with(code: int) -> Refusal:
    return Refusal(f"SMTP {code}", for_now=code < PERMANENT)
