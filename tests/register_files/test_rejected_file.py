"""What was set aside can be corrected in its own file and imported from there."""

from tests.register_files.conftest import ACTIVITIES, ASSIGNMENTS, CLIENTS, Desk, client, insz


def test_a_corrected_rejected_file_is_itself_a_register_file(desk: Desk) -> None:
    desk.write("clients.csv", CLIENTS + client("K1", 1) + client("K2", 2, deceased_on="2025-02-30"))
    desk.write("assignments.csv", ASSIGNMENTS + "A1,K2,OE1,TIBB4,2025-01-10,,\n")
    desk.write("activities.csv", ACTIVITIES + 'X1,K1,OE1,other,"Eén, twee",,,,2025-01-10,2025-01-01,\n')
    assert list(desk.bundles()) == ["K1"]
    corrected = desk.scratch / "corrected.csv"
    text = desk.rejected.read_text(encoding="utf-8")
    text = text.replace(",2025-02-30", ",2025-02-27").replace(",2025-01-01,\n", ",2025-01-20,\n")
    corrected.write_text(text, encoding="utf-8")
    whole = desk.bundles("K1", path=corrected)
    assert desk.rejections() == []
    assert whole["K2"].client is not None
    assert whole["K2"].client.insz == insz(2)
    assert [line.assignment_id for line in whole["K2"].assignments] == ["A1"]
    assert whole["K1"].client is None
    assert [(line.title, str(line.closed_on)) for line in whole["K1"].activities] == [
        ("Eén, twee", "2025-01-20")
    ]


def test_uncorrected_it_comes_back_as_it_was(desk: Desk) -> None:
    desk.write("clients.csv", CLIENTS + client("K2", 2, deceased_on="2025-02-30"))
    desk.bundles()
    before = [(file, column, reason) for file, _line, column, reason in desk.rejections()]
    assert desk.bundles(path=desk.rejected) == {}
    assert [(file, column, reason) for file, _line, column, reason in desk.rejections()] == before


def test_a_line_for_a_file_that_does_not_exist_is_set_aside(desk: Desk) -> None:
    odd = desk.scratch / "odd.csv"
    odd.write_text(f"file,client_number,insz\nklanten.csv,K1,{insz()}\nclients.csv,K2,{insz(2)}\n")
    assert list(desk.bundles(path=odd)) == ["K2"]
    assert desk.rejections() == [("klanten.csv", 2, "file", "is not a register file")]


def test_what_an_earlier_import_set_aside_is_kept_under_another_name(desk: Desk) -> None:
    desk.rejected.write_text("file,line,reason\nof last week")
    desk.write("clients.csv", CLIENTS + client("K1"))
    assert list(desk.bundles()) == ["K1"]
    assert not desk.rejected.exists()
    (kept,) = desk.rejected.parent.glob("rejected-*.csv")
    assert kept.read_text().endswith("of last week")


def test_its_own_remarks_are_never_in_the_way(desk: Desk) -> None:
    desk.rejected.write_bytes(
        b"file,line,column,value,reason,what_to_do,client_number,insz\n"
        + f"clients.csv,3,insz,een\ttwee,Zo\u00eb,,K1,{insz()}\n".encode("latin-1")
    )
    assert list(desk.bundles(path=desk.rejected)) == ["K1"]


def test_its_remarks_hold_no_control_characters(desk: Desk) -> None:
    desk.write("clients.csv", CLIENTS + client("K1", 1, "2025\t01\t10") + "K2,een\ttwee\n")
    desk.bundles()
    assert "\t" not in desk.rejected.read_text()
    assert "2025 01 10" in desk.rejected.read_text()


def test_lines_with_trouble_count_as_read(desk: Desk) -> None:
    desk.rejected.write_text(
        f"file,client_number,insz\nklanten.csv,K1,{insz()}\nclients.csv,K2,{insz(2)},x\nclients.csv,K3,{insz(3)}\n"
    )
    with desk.staged(path=desk.rejected) as staged:
        counts = staged.counts()
    assert (sum(counts.lines.values()), counts.clients, counts.rejected) == (3, 1, 2)
