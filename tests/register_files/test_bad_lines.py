"""Every kind of bad line is set aside with file, line, column and reason; its near miss goes in."""

import sqlite3

import pytest

from inzage.register_files.staging import Staged
from tests.register_files.conftest import (
    ACTIVITIES,
    ASSIGNMENTS,
    CLIENTS,
    CONSENTS,
    PARTNERS,
    SERVICES,
    Desk,
    Known,
    client,
    insz,
)

GOOD_CELLS = {
    "clients.csv": [f"K1,{insz()},,,,2024-02-29", f"K1,{insz()[:6]}-{insz()[6:9]}.{insz()[9:]},V,P,,"],
    "assignments.csv": [
        "A1,K0,OE1,TIBB4,2025-01-10,2025-01-10,",
        "A1,K0,OE1,GRATIS,2025-01-10,2025-01-11,klaar",
    ],
    "consents.csv": [
        "C1,K0,OE1,training,form,2025-01-10,2025-01-10,,",
        "C1,K0,OE1,guidance,mediator,,2025-01-10,,",
        "C1,K0,OE1,guidance,brussels_form,2025-01-10,,misschien,2025-01-09",
    ],
    "activities.csv": [
        "X1,K0,OE1,other,,,,,2025-01-10,2025-01-10,",
        "X1,K0,OE1,training,Las,123,4567,2025-01-10,,,2025-01-10",
    ],
}
BAD_CELLS = {
    "partners.csv": [
        ("OE9,Negen,0403019262,partner,", "kbo_number"),
        ("OE9,Negen,,bakker,", "kind"),
        (",Negen,,partner,", "oe_number"),
    ],
    "services.csv": [("WIJ3,Wij,perhaps", "tendered"), (",Wij,yes", "code")],
    "clients.csv": [
        (f"K1,{int(insz()) + 1},V,P,,", "insz"),
        ("K1,,V,P,,", "insz"),
        (f",{insz()},V,P,,", "client_number"),
        (f"K1,{insz()},V,P,,2025-02-29", "deceased_on"),
        (f"K1,{insz()},V,P,,29/02/2024", "deceased_on"),
        (f"K1,{insz()},V,P,,20240229", "deceased_on"),
        (f"K1,{insz()},V,P,,2024-W09-4", "deceased_on"),
        (f"K1,{insz()},V,P,,2024-0\u0662-29", "deceased_on"),
        (f"K1,{insz()},V,P,,9999-12-31", "deceased_on"),
        (f"K1,{insz()},{'V' * 201},P,,", "family_name"),
    ],
    "assignments.csv": [
        ("A1,K0,OE1,TIBB4,2025-01-10,2025-01-09,", "ended_on"),
        ("A1,K0,OE1,TIBB4,,,", "assigned_on"),
        ("A1,K0,OE1,TIBB5,2025-01-10,,", "service"),
        ("A1,K0,OE3,TIBB4,2025-01-10,,", "oe_number"),
        ("A1,K7,OE1,TIBB4,2025-01-10,,", "client_number"),
        (",K0,OE1,TIBB4,2025-01-10,,", "assignment_id"),
    ],
    "consents.csv": [
        ("C1,K0,OE1,training,form,2025-01-10,2025-01-09,,", "granted_on"),
        ("C1,K0,OE1,opleiding,form,2025-01-10,,,", "purpose"),
        ("C1,K0,OE1,training,post,2025-01-10,,,", "route"),
    ],
    "activities.csv": [
        ("X1,K0,OE1,other,,,,,,2025-01-10,", "started_on"),
        ("X1,K0,OE1,other,,,,2025-01-10,,2025-01-09,", "closed_on"),
        ("X1,K0,OE1,other,,,,,2025-01-10,,2025-01-09", "cancelled_on"),
        ("X1,K0,OE1,cursus,,,,2025-01-10,,,", "kind"),
    ],
}
HEADERS = {
    "partners.csv": PARTNERS,
    "services.csv": SERVICES,
    "clients.csv": CLIENTS + client("K0", 31),
    "assignments.csv": ASSIGNMENTS,
    "consents.csv": CONSENTS,
    "activities.csv": ACTIVITIES,
}


def write(desk: Desk, file: str, line: str) -> int:
    """A good register, and this line at the end of `file`; returns its number."""
    desk.write("clients.csv", HEADERS["clients.csv"])
    desk.write(file, HEADERS[file] + line + "\n")
    return HEADERS[file].count("\n") + 1


@pytest.mark.parametrize(
    ("file", "line", "column"), [(file, *bad) for file, lines in BAD_CELLS.items() for bad in lines]
)
def test_a_bad_line_is_set_aside_with_its_place(desk: Desk, file: str, line: str, column: str) -> None:
    number = write(desk, file, line)
    assert list(desk.bundles()) == ["K0"]
    assert [rejected[:3] for rejected in desk.rejections()] == [(file, number, column)]


@pytest.mark.parametrize(
    ("file", "line"), [(file, line) for file, lines in GOOD_CELLS.items() for line in lines]
)
def test_its_near_miss_goes_in(desk: Desk, file: str, line: str) -> None:
    write(desk, file, line)
    bundles = desk.bundles()
    assert desk.rejections() == []
    taken = [bundle for bundle in bundles.values() if any(bundle[1:5])]
    assert len(taken) == (2 if file == "clients.csv" else 1)


def test_the_same_id_twice_keeps_the_first_line(desk: Desk) -> None:
    desk.write("clients.csv", CLIENTS + client("K1", 1) + client("K1", 2) + client("K1", 3))
    bundle = desk.bundles()["K1"]
    assert bundle.client is not None
    assert bundle.client.insz == insz(1)
    assert [row[1:] for row in desk.rejections()] == [
        (3, "client_number", "stands on line 2 too"),
        (4, "client_number", "stands on line 2 too"),
    ]


def test_a_second_line_is_bad_also_where_the_first_could_not_be_taken(desk: Desk) -> None:
    desk.write("clients.csv", CLIENTS + client("K1", 1, deceased_on="ooit") + client("K1", 1))
    assert desk.bundles() == {}
    assert [row[1:3] for row in desk.rejections()] == [(2, "deceased_on"), (3, "client_number")]


def test_two_clients_with_one_insz_are_both_kept_and_told(desk: Desk) -> None:
    desk.write("clients.csv", CLIENTS + client("K1", 1) + client("K2", 1))
    assert list(desk.bundles()) == ["K1", "K2"]
    with desk.staged() as staged:
        assert any(warning.startswith("1 INSZ numbers") for warning in staged.warnings)


def test_what_hangs_on_a_bad_client_or_unit_is_set_aside_with_it(desk: Desk) -> None:
    desk.write("partners.csv", PARTNERS + "OE3,Drie,,bakker,\n")
    desk.write("clients.csv", CLIENTS + client("K1", 1) + client("K2", 2, deceased_on="ooit"))
    desk.write("consents.csv", CONSENTS + "C1,K2,OE1,training,form,2025-01-10,,,\n")
    desk.write("activities.csv", ACTIVITIES + "X1,K1,OE3,other,,,,2025-01-10,,,\n")
    assert [bundle[1:5].count(()) for bundle in desk.bundles().values()] == [3]
    hanging = [(file, reason) for file, _line, _column, reason in desk.rejections() if "hangs" in reason]
    assert hanging == [
        ("consents.csv", "hangs on line 3 of clients.csv, which could not be taken"),
        ("activities.csv", "hangs on line 4 of partners.csv, which could not be taken"),
    ]


def test_lines_about_a_client_that_the_register_has_need_no_client_line(desk: Desk) -> None:
    desk.write("activities.csv", ACTIVITIES + "X1,K1,OE1,other,,,,2025-01-10,,,\n")
    bundle = desk.bundles("K1")["K1"]
    assert (bundle.client, len(bundle.activities)) == (None, 1)
    assert desk.bundles("K2") == {}
    assert desk.rejections()[0][:3] == ("activities.csv", 2, "client_number")


def test_a_known_client_whose_line_is_bad_is_left_alone_with_all_that_hangs_on_it(desk: Desk) -> None:
    desk.write("clients.csv", CLIENTS + client("K1", 1, deceased_on="ooit"))
    desk.write("activities.csv", ACTIVITIES + "X1,K1,OE1,other,,,,2025-01-10,,,\n")
    assert desk.bundles("K1") == {}
    assert [row[0] for row in desk.rejections()] == ["clients.csv", "activities.csv"]


def questions(desk: Desk, lines: int) -> int:
    """How many questions the scratch database is asked where so many lines hang on nothing, or are doubled."""
    hanging = (f"X{number},K{number},OE{number},other,,,,2025-01-10,,,\n" for number in range(lines))
    doubled = (f"C1,K{number},OE1,training,form,2025-01-10,,,\n" for number in range(lines))
    desk.write("activities.csv", ACTIVITIES + "".join(hanging))
    desk.write("consents.csv", CONSENTS + "".join(doubled))
    asked = list[str]()
    database = sqlite3.connect(":memory:", isolation_level=None)
    staged = Staged(database, Known())
    database.set_trace_callback(asked.append)
    staged.read(desk.folder, lambda *_: None)
    assert staged.counts().rejected == 2 * lines
    database.close()
    return sum("SELECT" in question for question in asked)


def test_many_lines_that_hang_on_nothing_are_set_aside_together(desk: Desk) -> None:
    assert questions(desk, 500) == questions(desk, 5)
