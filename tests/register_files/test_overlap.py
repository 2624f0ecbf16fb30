"""One owner at a time: of two units' assignments that overlap, the later is the bad line."""

import pytest

from tests.register_files.conftest import ASSIGNMENTS, CLIENTS, Desk, client


def kept(desk: Desk, *lines: str) -> list[str]:
    """The assignments of K1 that go in."""
    desk.write("clients.csv", CLIENTS + client("K1"))
    desk.write("assignments.csv", ASSIGNMENTS + "".join(f"{line},\n" for line in lines))
    return [line.assignment_id for line in desk.bundles()["K1"].assignments]


@pytest.mark.parametrize(
    ("second_begins", "both"), [("2025-05-31", False), ("2025-06-01", True), ("2025-06-02", True)]
)
def test_the_next_owner_may_begin_on_the_first_day_without_the_former(
    desk: Desk, second_begins: str, both: bool
) -> None:
    first, second = "A1,K1,OE1,TIBB4,2025-01-01,2025-06-01", f"A2,K1,OE2,TIBB4,{second_begins},"
    assert kept(desk, first, second) == (["A1", "A2"] if both else ["A1"])
    assert len(desk.rejections()) == (0 if both else 1)


def test_the_order_of_lines_does_not_decide(desk: Desk) -> None:
    first, second = "A2,K1,OE1,TIBB4,2025-01-01,", "A1,K1,OE2,TIBB4,2025-02-01,"
    assert kept(desk, first, second) == kept(desk, second, first) == ["A2"]
    assert [row[:3] for row in desk.rejections()] == [("assignments.csv", 2, "assigned_on")]
    assert "overlaps assignment A2 of OE1" in desk.rejections()[0][3]


def test_on_one_day_the_id_decides(desk: Desk) -> None:
    assert kept(desk, "A2,K1,OE1,TIBB4,2025-01-01,", "A1,K1,OE2,TIBB4,2025-01-01,") == ["A1"]


@pytest.mark.parametrize(
    "second",
    [
        "A2,K1,OE1,TIBB4,2025-02-01,",  # the same unit
        "A2,K1,OE2,GRATIS,2025-02-01,",  # a service that makes no owner
        "A2,K1,OE2,TIBB4,2025-02-01,2025-02-01",  # of no days
    ],
)
def test_what_makes_no_second_owner_overlaps_nothing(desk: Desk, second: str) -> None:
    assert kept(desk, "A1,K1,OE1,TIBB4,2025-01-01,", second) == ["A1", "A2"]


def test_a_line_that_was_set_aside_stands_in_nobodys_way(desk: Desk) -> None:
    lines = [
        "A1,K1,OE1,TIBB4,2025-01-01,2025-06-01",
        "A2,K1,OE2,TIBB4,2025-05-01,2025-12-01",
        "A3,K1,OE1,TIBB4,2025-07-01,",
    ]
    assert kept(desk, *lines) == ["A1", "A3"]
