"""In process, fully consistent: our decision beside each engine's, the same questions on the same rights."""

import sys
from collections.abc import Callable, Mapping
from datetime import date
from time import perf_counter
from typing import NamedTuple

from benchmarks.measuring import Row, Times, alternately
from benchmarks.peers.cedar import Cedar
from benchmarks.peers.django_guardian import Guardian
from benchmarks.peers.peer import Peer
from benchmarks.peers.pycasbin import Fast, Plain
from benchmarks.peers.questions import ENDED, NEVER, YES, Question, all_rights, put
from benchmarks.peers.spicedb import SpiceDB
from benchmarks.population import TODAY
from inzage.view_rights.viewing import decide

REPETITIONS = 9
SECONDS = 1.0
"""In each repetition an engine is asked as many questions as it answers in about this time."""
AT_MOST: Mapping[Callable[[str, date], Peer], float] = {
    SpiceDB: 1.0,
    Guardian: 1.0,
    Plain: 1.0,
    Cedar: 1.5,
    Fast: 1.5,
}
"""How long ours may take, in times what the engine takes; 1.0 is: less."""
ASKED = """\
Each answered all questions as they should be: {YES} times yes, some on the last day; no {ENDED} times where the right \
ended the day before, {NEVER} times where another unit has it. Ours says why, with the right or the last one there was.\
"""
Decide = Callable[[int, int], bool]


class Found(NamedTuple):
    """What an engine takes for one decision, ours in the same run, and both for those answered with no alone."""

    theirs: Times
    ours: Times
    their_no: Times
    our_no: Times


def measure(address: str, size: str) -> tuple[list[Row], str]:
    """A row for each engine; and what each of them was not asked."""
    questions = put(address, size, TODAY)
    peers = [kind(address, TODAY) for kind in AT_MOST]
    try:
        for peer in peers:
            peer.prepare(all_rights(address, TODAY, questions))
            _check(peer.title, peer.decide, questions)
        _check("ours", ours, questions)
        rows = [_row(peer, _beside(peer, questions)) for peer in peers]
        return rows, "\n".join(
            [ASKED.format(YES=YES, ENDED=ENDED, NEVER=NEVER), *(peer.told for peer in peers)]
        )
    finally:
        for peer in peers:
            peer.close()


def ours(dossier: int, unit: int) -> bool:
    """Our own decision, with its reason."""
    return decide(dossier, unit, on=TODAY).allowed


def _check(name: str, decides: Decide, questions: list[Question]) -> None:
    """An engine that answers another question is no peer."""
    wrong = [asked for asked in questions if decides(asked.dossier, asked.unit) != asked.answer]
    if wrong:
        sys.exit(f"{name} answers {len(wrong)} of {len(questions)} questions otherwise, such as {wrong[0]}.")


def _beside(peer: Peer, questions: list[Question]) -> Found:
    refused = [question for question in questions if not question.answer]
    theirs, our = _times(peer.decide, questions)
    their_no, our_no = _times(peer.decide, refused)
    return Found(theirs, our, their_no, our_no)


def _times(decides: Decide, questions: list[Question]) -> tuple[Times, Times]:
    """The engine and ours in turn."""
    some = questions[: _in_time(decides, questions)]
    theirs, our = alternately(
        lambda: _ask(decides, some), lambda: _ask(ours, questions), repetitions=REPETITIONS
    )
    return theirs.each(len(some)), our.each(len(questions))


def _ask(decides: Decide, questions: list[Question]) -> None:
    for dossier, unit, _answer in questions:
        decides(dossier, unit)


def _in_time(decides: Decide, questions: list[Question]) -> int:
    """How many questions it answers in the time it has."""
    start = perf_counter()
    for number, (dossier, unit, _answer) in enumerate(questions, 1):
        decides(dossier, unit)
        if perf_counter() - start > SECONDS:
            return number
    return len(questions)


def _row(peer: Peer, found: Found) -> Row:
    most, ratio = AT_MOST[type(peer)], found.ours.median / found.theirs.median
    return Row(
        peer.title,
        f"ours {found.ours}\nno alone {found.our_no}",
        f"{found.theirs}: ours {ratio:.2f} ×\nno alone {found.their_no}",
        "ours faster" if most == 1 else f"ours ≤ {most} ×",
        ratio < most if most == 1 else ratio <= most,
    )
