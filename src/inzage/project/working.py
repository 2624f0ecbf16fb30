"""The worker's duties side by side: each in a thread of its own, at its own pace, none stopped by another."""

import threading
from collections.abc import Callable, Sequence
from typing import NamedTuple

import structlog
from django.db import DatabaseError, connection

log = structlog.get_logger()


class Duty(NamedTuple):
    """Something the worker does again and again.

    `act` does what is due, in a few seconds at most, and says whether more is waiting; if not, `pause` seconds pass.
    """

    name: str
    act: Callable[[], bool]
    pause: float


Said = Callable[[str, str], None]
"""Told of a duty, by name, and of the kind of error that kept it from its work; empty where it did it."""


def _says_nothing(_duty: str, _problem: str) -> None: ...


def work(duties: Sequence[Duty], stop: threading.Event, *, said: Said = _says_nothing) -> None:
    """Do these duties until told to stop; what is under way then is finished."""
    threads = [threading.Thread(target=_keep_at, args=(duty, stop, said), name=duty.name) for duty in duties]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _keep_at(duty: Duty, stop: threading.Event, said: Said) -> None:
    try:
        while not stop.is_set():
            if not attempt(duty, said):
                stop.wait(duty.pause)
    finally:
        connection.close()


def attempt(duty: Duty, said: Said = _says_nothing) -> bool:
    """Do it once; whether more is waiting. What goes wrong is said, and tried again after the pause."""
    more, problem = _attempt(duty)
    try:
        said(duty.name, problem)
    except DatabaseError as error:  # a sign that can't be given keeps nobody from the work itself
        log.error("no sign given", duty=duty.name, error=str(error).strip())
        connection.close()
    return more


def _attempt(duty: Duty) -> tuple[bool, str]:
    """Whether more is waiting, and the kind of error that kept it from its work."""
    try:
        return duty.act(), ""
    except (DatabaseError, OSError) as error:
        log.error("will try again", duty=duty.name, error=str(error).strip())
        problem = type(error).__name__
    except Exception as error:  # a fault of ours in one duty must not keep the others from theirs
        log.exception("will try again", duty=duty.name)
        problem = type(error).__name__
    connection.close()
    return False, problem
