"""Work spread over processes or threads, each with its own connection to the database."""

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from typing import TypeVar

import django
from django.conf import settings
from django.db import connections

from inzage.view_rights.plans import ALONE, plan_as

Item = TypeVar("Item")
Result = TypeVar("Result")

ENOUGH = (os.cpu_count() or 1) + 1
"""One more than there are cores: each process waits for the database half of its time."""
AHEAD = 2
"""How many items wait for each process: enough to keep it busy, few enough for memory."""

COURTEOUS = 5
"""How much these processes give way to pages and decisions on the same machine."""

INTERRUPTIONS = (signal.SIGINT, signal.SIGTERM)


def in_order(work: Callable[[Item], Result], items: Iterable[Item], *, processes: int) -> Iterator[Result]:
    """`work` of each item, in their order, done by that many processes; by this one alone where that is one.

    One item alone is done here, so that little work starts no processes. `work` is a function of a module.
    """
    left = iter(items)
    first = [] if processes <= 1 else list(islice(left, 2))
    if len(first) < 2:
        yield from map(work, chain(first, left))
    else:
        yield from _in_pool(work, chain(first, left), processes)


def apart(work: Callable[[Item], Result], item: Item) -> Result:
    """`work` of one item in a process of its own, which gives way to pages and decisions.

    For what reckons for seconds: in a thread it would hold up the others. `work` is a function of a module.
    """
    (result,) = _in_pool(work, iter([item]), processes=1)
    return result


def side_by_side(work: Callable[[Item], Result], items: Iterable[Item], *, threads: int) -> Iterator[Result]:
    """`work` of each item, in their order, done by that many threads; by this one alone where that is one.

    For work that waits for the database half of its time, and is too short for processes of its own.
    """
    if threads <= 1:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(threads) as pool:
        under_way: deque[Future[Result]] = deque()
        for item in items:
            under_way.append(pool.submit(_with_own_connection, work, item))
            if len(under_way) > threads:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _with_own_connection(work: Callable[[Item], Result], item: Item) -> Result:
    try:
        return work(item)
    finally:
        connections.close_all()  # those of this thread


def _in_pool(work: Callable[[Item], Result], items: Iterator[Item], processes: int) -> Iterator[Result]:
    connections.close_all()  # the processes open their own
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin)
    under_way: deque[Future[Result]] = deque()
    try:
        for item in items:
            with _undisturbed():
                under_way.append(pool.submit(work, item))
            if len(under_way) >= AHEAD * processes:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """An interruption waits while a process may be starting: one that is half started would cry out.

    The new process inherits that they are held back, until it knows that they are not for it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    caught: list[int] = []
    before = {number: signal.signal(number, lambda it, _frame: caught.append(it)) for number in INTERRUPTIONS}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTIONS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, handler in before.items():
            signal.signal(number, handler)
        for late in caught:
            signal.raise_signal(late)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Facts hold no circles: looking for some among a million of them takes a sixth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _begin() -> None:
    """Make a process ready: an interruption is for the one that started it, and without that one it stops."""
    os.nice(COURTEOUS)
    for number in INTERRUPTIONS:
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_stop_with_parent, daemon=True).start()
    django.setup()
    plan_as(ALONE, settings.DATABASES["default"])
    gc.freeze()  # what Django holds stays for good: no use in looking through it again and again


def _stop_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
