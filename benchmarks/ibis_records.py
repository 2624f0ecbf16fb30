"""Made-up training requests, one in ten of them bad in one of many ways, and the small register they are about."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

CLIENTS, UNITS = 200, 5


class Line(NamedTuple):
    """A line as IBIS serves it; `reason` says why it can't be taken, `course` what its line has in the end."""

    text: str
    number: str
    reason: str
    course: str


def register_files(folder: Path) -> None:
    """The files of a register with these clients and units."""
    folder.mkdir(parents=True)
    units = "".join(f"OE{number},Eenheid {number},,partner,\n" for number in range(1, UNITS + 1))
    (folder / "partners.csv").write_text(f"oe_number,name,kbo_number,kind,email\n{units}")
    (folder / "services.csv").write_text("code,name,tendered\nTIBB4,Intensief,yes\n")
    people = "".join(f"K{number},{an_insz(number)},Verzonnen,Piet,21004,\n" for number in range(CLIENTS))
    (folder / "clients.csv").write_text(
        f"client_number,insz,family_name,given_name,nis_code,deceased_on\n{people}"
    )


def an_insz(number: int) -> str:
    """A number that is right in form and belongs to nobody: the 999th birth of a day."""
    nine = f"{50 + number // 336:02}{number // 28 % 12 + 1:02}{number % 28 + 1:02}999"
    return f"{nine}{97 - int(nine) % 97:02}"


def lines(count: int, *, on: date) -> Iterator[Line]:
    """So many records registered on that day: every tenth is bad; every fifteenth of the good is corrected later."""
    for number in range(count):
        record = _good(number, on)
        if number % 10 == 9:
            yield _bad(number, record, on)
            continue
        course = record["remark"].split("/")[0]
        if number % 15 == 0 and course != "PRJLEW":
            course = f"X{number % 10_000:04}"
            later = {**record, "revision": 2, "status": "corrected", "remark": f"{course}/0012345/OE1"}
            yield Line(json.dumps(later), record["id"], "", course)
        yield Line(json.dumps(record), record["id"], "", course)


def _good(number: int, on: date) -> dict[str, Any]:
    youngster = number % 4 == 1
    course = "PRJLEW" if youngster else f"{number % 100_000:05}"
    unit = 1 if number % 15 == 0 else number % UNITS + 1
    return {
        "id": f"R{number:06}",
        "revision": 1,
        "status": "registered",
        "registered_on": str(on),
        "client": {
            "insz": an_insz(CLIENTS + number if youngster else number % CLIENTS),
            "family_name": "Bedacht",
            "given_name": "Noor",
            "nis_code": "21004",
        },
        "remark": f"{course}/0012345/OE{unit}",
        "title": "",
    }


def _bad(number: int, record: dict[str, Any], on: date) -> Line:
    """Each of the ways in turn."""
    course = {**record, "remark": "A1B2C/0012345/OE1"}
    nobody = {**record["client"], "insz": an_insz(16_000)}
    ways: list[tuple[str, dict[str, Any] | str]] = [
        ("not_json", json.dumps(record)[: -number % 7 - 8]),
        ("reference_count", {**record, "remark": "A1B2C/0012345"}),
        ("reference_not_ascii", {**record, "remark": "\u04101B2C/0012345/OE1"}),
        ("reference_course_length", {**record, "remark": "A1B2/0012345/OE1"}),
        ("reference_outsourcing_length", {**record, "remark": "A1B2C/12345/OE1"}),
        ("unknown_unit", {**record, "remark": "A1B2C/0012345/OE99"}),
        ("unknown_client", {**course, "client": nobody}),
        ("bad_insz", {**record, "client": {**record["client"], "insz": "12345678901"}}),
        ("bad_date", {**record, "registered_on": "2026-02-30"}),
        ("registered_in_future", {**record, "registered_on": str(on + timedelta(days=30))}),
        ("bad_field", {**record, "status": "deleted"}),
    ]
    reason, made = ways[number // 10 % len(ways)]
    return Line(made if isinstance(made, str) else json.dumps(made), record["id"], reason, "")
