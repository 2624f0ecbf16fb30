"""The portal on loopback, for a real browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.testcases import LiveServerThread


def usual(shared: BaseDatabaseWrapper) -> LiveServerThread:
    """A server as Django's own tests have it."""
    return LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={DEFAULT_DB_ALIAS: shared})


@contextmanager
def served(make: Callable[[BaseDatabaseWrapper], LiveServerThread] = usual) -> Iterator[int]:
    """The port on which it answers. It works in the test's own transaction, which is undone."""
    shared = connections[DEFAULT_DB_ALIAS]
    thread = make(shared)
    shared.inc_thread_sharing()
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    yield thread.port
    thread.terminate()
    shared.dec_thread_sharing()
