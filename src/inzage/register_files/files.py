"""The six files: their columns, what each may hold, and what must be right between the cells of one line."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from inzage.register_files.checks import (
    Bad,
    Check,
    day,
    insz,
    key,
    one_of,
    optional_day,
    optional_kbo,
    text,
    yes_or_no,
)
from inzage.rules.names import Kind, Purpose, Route

Row = Mapping[str, str]
ROUTES = (Route.MEDIATOR, Route.FORM, Route.BRUSSELS_FORM)
"""The routes that the files know: which way a Brussels form went, they don't say."""


class RegisterFile(NamedTuple):
    """A file of the register format. Without one of the `needed` columns no line of it could be taken."""

    name: str
    columns: dict[str, Check]
    needed: frozenset[str]
    between_cells: Callable[[Row], None]

    @property
    def table(self) -> str:
        """Its name without the ending."""
        return self.name.removesuffix(".csv")

    @property
    def id_column(self) -> str:
        """The column that identifies a line."""
        return next(iter(self.columns))

    def check(self, cells: Sequence[str]) -> list[str]:
        """The cells of a line as they are kept. Raises `Bad`, with the column and the value."""
        kept = list[str]()
        for (column, check), cell in zip(self.columns.items(), cells, strict=True):
            try:
                kept.append(check(cell))
            except Bad as why:
                raise Bad(why.reason, why.what_to_do, column=column, value=cell) from None
        self.between_cells(dict(zip(self.columns, kept, strict=True)))
        return kept


def _nothing(_row: Row) -> None:
    """No rule between the cells of a line."""


def _ends_after_start(row: Row, ends: tuple[str, ...], start: str) -> None:
    for end in ends:
        if row[end] and row[end] < row[start]:
            raise Bad(
                f"lies before {start} ({row[start]})",
                "correct one of the two days: an end can't lie before its start",
                column=end,
                value=row[end],
            )


def _assignment(row: Row) -> None:
    _ends_after_start(row, ("ended_on",), "assigned_on")


def _consent(row: Row) -> None:
    if row["granted_on"] and row["completed_on"] and row["granted_on"] < row["completed_on"]:
        raise Bad(
            f"lies before completed_on ({row['completed_on']})",
            "correct one of the two days: nothing is granted before it is complete",
            column="granted_on",
            value=row["granted_on"],
        )


def _activity(row: Row) -> None:
    if not row["requested_on"] and not row["started_on"]:
        raise Bad(
            "neither requested_on nor started_on is filled in",
            "give the day it was requested or started",
            column="started_on",
        )
    begins = "started_on" if row["started_on"] else "requested_on"
    _ends_after_start(row, ("closed_on", "cancelled_on"), begins)


NUMBER, NAME = key(40), text(200)
FILES = (
    RegisterFile(
        "partners.csv",
        {
            "oe_number": NUMBER,
            "name": NAME,
            "kbo_number": optional_kbo,
            "kind": one_of("partner", "school", "promoter", "ocmw"),
            "email": NAME,
        },
        frozenset({"oe_number", "kind"}),
        _nothing,
    ),
    RegisterFile(
        "services.csv",
        {"code": NUMBER, "name": NAME, "tendered": yes_or_no},
        frozenset({"code", "tendered"}),
        _nothing,
    ),
    RegisterFile(
        "clients.csv",
        {
            "client_number": NUMBER,
            "insz": insz,
            "family_name": NAME,
            "given_name": NAME,
            "nis_code": text(10),
            "deceased_on": optional_day,
        },
        frozenset({"client_number", "insz"}),
        _nothing,
    ),
    RegisterFile(
        "assignments.csv",
        {
            "assignment_id": key(64),
            "client_number": NUMBER,
            "oe_number": NUMBER,
            "service": NUMBER,
            "assigned_on": day,
            "ended_on": optional_day,
            "end_reason": NAME,
        },
        frozenset({"assignment_id", "client_number", "oe_number", "service", "assigned_on"}),
        _assignment,
    ),
    RegisterFile(
        "consents.csv",
        {
            "consent_id": key(64),
            "client_number": NUMBER,
            "oe_number": NUMBER,
            "purpose": one_of(*Purpose),
            "route": one_of(*ROUTES),
            "completed_on": optional_day,
            "granted_on": optional_day,
            "informed_of_actiris": NAME,  # anything but yes is a no
            "withdrawn_on": optional_day,
        },
        frozenset({"consent_id", "client_number", "oe_number", "purpose", "route"}),
        _consent,
    ),
    RegisterFile(
        "activities.csv",
        {
            "activity_id": key(64),
            "client_number": NUMBER,
            "oe_number": NUMBER,
            "kind": one_of(*Kind),
            "title": NAME,
            "course_number": text(40),
            "outsourcing_number": text(40),
            "requested_on": optional_day,
            "started_on": optional_day,
            "closed_on": optional_day,
            "cancelled_on": optional_day,
        },
        frozenset({"activity_id", "client_number", "oe_number", "kind"}),
        _activity,
    ),
)
BY_NAME = {file.name: file for file in FILES}
