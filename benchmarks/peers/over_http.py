"""Over HTTP: `inzage decide`, with its durable log, beside a front that asks a Cerbos server with its audit file on."""

import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import httpx2
import psycopg

from benchmarks.measuring import Row
from benchmarks.peers.front import allowed, checked
from benchmarks.peers.issuer import issuing
from benchmarks.peers.load import SECONDS, Load, Rounds, loaded
from benchmarks.peers.questions import UNITS, Question, put
from benchmarks.peers.servers import CERBOS, Servers

AT_ONCE = (1, 16, 64, 256)
ROUNDS = 5
FASTER = 3.0
"""Times as many decisions a second."""
Body = dict[str, Any]
NOT_ASKED = """\
Cerbos {cerbos} (Apache-2.0) writes each decision to its audit file; before it Starlette {starlette}, uvicorn \
{uvicorn}, uvloop {uvloop}, aiohttp {aiohttp}, psycopg {psycopg}, joserfc {joserfc}. \
Ours is one process; the front and Cerbos are two. wrk (a modified Apache-2.0) asks them {seconds} s a round.
Not asked of them: a log that is durable before the answer leaves, the reason, the last day and the next step, the \
caller's scope, units and rate, the checks of AuthZEN's request. Of Cerbos alone: token and right neither."""


class Side(NamedTuple):
    """Something that decides over HTTP, what it is sent, and how its yes is read."""

    name: str
    url: str
    bodies: list[Body]
    headers: Mapping[str, str]
    says_yes: Callable[[Body], bool]


def measure(address: str, size: str) -> list[Row]:
    """A row for each number of connections. These servers go by the real clock, so the questions are about today."""
    today = datetime.now(ZoneInfo("Europe/Brussels")).date()
    questions = put(address, size, today)
    asked, facts = _asked(address, questions)
    with (
        tempfile.TemporaryDirectory(prefix="inzage-peers-") as made,
        issuing() as issued,
        Servers(Path(made), address, issued) as servers,
    ):
        cerbos = servers.cerbos()
        token = {"Authorization": f"Bearer {issued.token}"}
        handed = [checked(body, last_day, today) for body, last_day in zip(asked, facts, strict=True)]
        sides = (
            Side("ours", f"{servers.ours()}/access/v1/evaluation", asked, token, _decision),
            Side("front", f"{servers.front(cerbos)}/access/v1/evaluation", asked, token, _decision),
            Side("Cerbos alone", f"{cerbos}/api/check/resources", handed, {}, allowed),
        )
        for side in sides:
            _check(side, questions)
        found = [_rounds(sides, Path(made), at_once) for at_once in AT_ONCE]
        _check_audit(servers.audit, [rounds for _ours, *others in found for rounds in others])
        return [_row(at_once, *rounds) for at_once, rounds in zip(AT_ONCE, found, strict=True)]


def said() -> str:
    """The versions, and what the others were not asked."""
    manifest = json.loads((Path(sys.prefix) / CERBOS).with_name("package.json").read_text())
    packages = ("starlette", "uvicorn", "uvloop", "aiohttp", "psycopg", "joserfc")
    versions = {package: version(package) for package in packages}
    return NOT_ASKED.format(cerbos=manifest["version"], seconds=SECONDS, **versions)


def _asked(address: str, questions: list[Question]) -> tuple[list[Body], list[date | None]]:
    """The questions as AuthZEN asks them, each by a person of the unit; and the last days of what stands."""
    with psycopg.connect(address) as database:
        rows = database.execute(
            "SELECT d.id, d.reference, r.last_day FROM dossiers_dossier d JOIN view_rights_viewright r "
            "ON r.dossier_id = d.id WHERE d.id = ANY(%s)",
            [[question.dossier for question in questions]],
        ).fetchall()
    known = {dossier: (str(reference), last_day) for dossier, reference, last_day in rows}
    asked, facts = [], []
    for number, (dossier, unit, answer) in enumerate(questions):
        reference, last_day = known[dossier]
        person = f"person-{unit + UNITS * (number % 2)}"
        subject = {"type": "partner-user", "id": person, "properties": {"unit": f"OE{unit}"}}
        resource = {"type": "dossier", "id": reference}
        asked.append({"subject": subject, "action": {"name": "view"}, "resource": resource})
        facts.append((last_day or date.max) if answer else None)
    return asked, facts


def _decision(answer: Body) -> bool:
    return answer["decision"] is True


def _check(side: Side, questions: list[Question]) -> None:
    """Who answers another question is no peer."""
    with httpx2.Client(headers=side.headers, timeout=30, trust_env=False) as client:
        answers = [client.post(side.url, json=body).raise_for_status().json() for body in side.bodies]
    pairs = zip(questions, answers, strict=True)
    wrong = [(question, answer) for question, answer in pairs if side.says_yes(answer) != question.answer]
    if wrong:
        sys.exit(
            f"{side.name} answers {len(wrong)} of {len(questions)} questions otherwise, such as {wrong[0]}."
        )


def _check_audit(file: Path, rounds: list[Rounds]) -> None:
    """Cerbos is measured with its audit log on: it has a line for each of its decisions."""
    decided = sum(load.answers for one in rounds for load in one.loads)
    with file.open() as log:
        lines = sum(1 for _line in log)
    if lines < decided:
        sys.exit(f"Cerbos logged {lines} of {decided} decisions.")


def _rounds(sides: Sequence[Side], folder: Path, at_once: int) -> list[Rounds]:
    """Each side's rounds, in turn; a first one only warms up."""
    loads: dict[str, list[Load]] = {side.name: [] for side in sides}
    for _ in range(ROUNDS + 1):
        for side in sides:
            bodies = folder / f"{side.name}.txt"
            bodies.write_text("\n".join(map(json.dumps, side.bodies)))
            loads[side.name].append(loaded(side.url, bodies, side.headers, at_once=at_once))
    return [Rounds(tuple(loads[side.name][1:])) for side in sides]


def _row(at_once: int, ours: Rounds, front: Rounds, alone: Rounds) -> Row:
    ratio = ours.rate / front.rate
    return Row(
        f"over HTTP, {at_once} at once",
        f"ours {ours}",
        f"front and Cerbos {front}: {ratio:.1f} ×\nCerbos alone, handed the facts {alone}",
        f"≥ {FASTER:.0f} ×, p99 no worse",
        ratio >= FASTER and ours.p99 <= front.p99,
    )
