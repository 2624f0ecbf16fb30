"""Files as people save them: separators, encodings, columns missing or doubled, quotes left open."""

import os

import pytest

from inzage.register_files.reading import LONGEST_LINE
from inzage.register_files.staging import UnreadableFile
from tests.register_files.conftest import ACTIVITIES, CLIENTS, Desk, client, insz


def test_comma_and_semicolon_say_the_same(desk: Desk) -> None:
    desk.write("clients.csv", CLIENTS + client("K1"))
    by_comma = desk.bundles()
    desk.write("clients.csv", (CLIENTS + client("K1")).replace(",", ";"))
    assert desk.bundles() == by_comma
    assert desk.rejections() == []


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_byte_order_mark_and_either_line_ending_are_read_over(desk: Desk, ending: str) -> None:
    desk.write(
        "clients.csv", b"\xef\xbb\xbf" + (CLIENTS + client("K1") + "\n").replace("\n", ending).encode()
    )
    assert list(desk.bundles()) == ["K1"]
    assert desk.rejections() == []


def test_columns_may_stand_in_any_order_and_a_missing_file_is_an_empty_one(desk: Desk) -> None:
    desk.write("clients.csv", f"given_name,insz,client_number\nPiet,{insz()},K1\n")
    bundle = desk.bundles()["K1"]
    assert bundle.client is not None
    assert (bundle.client.given_name, bundle.client.family_name) == ("Piet", "")
    assert (bundle.assignments, bundle.consents, bundle.activities) == ((), (), ())


def test_unknown_columns_are_told_once_and_ignored(desk: Desk) -> None:
    desk.write("clients.csv", f"client_number,insz,hobby\nK1,{insz(1)},x\nK2,{insz(2)},y\n")
    with desk.staged() as staged:
        assert [warning for warning in staged.warnings if "hobby" in warning] == [
            "clients.csv: unknown columns are ignored: hobby."
        ]
        assert [bundle.client_number for bundle in staged.bundles()] == ["K1", "K2"]


def test_a_missing_column_that_may_be_empty_is_told(desk: Desk) -> None:
    desk.write("clients.csv", f"client_number,insz\nK1,{insz()}\n")
    with desk.staged() as staged:
        assert any("deceased_on: taken as empty" in warning for warning in staged.warnings)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("client_number,family_name", "clients.csv has no column insz"),
        ("client_number,insz,insz", "clients.csv has the column insz twice"),
        ("client_number\tinsz", "clients.csv has no column client_number, insz"),
    ],
)
def test_a_file_of_which_no_line_can_be_trusted_is_refused(desk: Desk, header: str, said: str) -> None:
    desk.write("clients.csv", f"{header}\nK1,{insz()},{insz()}\n")
    with pytest.raises(UnreadableFile, match=said), desk.staged():
        pass


def test_another_encoding_of_the_whole_file_is_named(desk: Desk) -> None:
    desk.write("clients.csv", (CLIENTS + client("K1")).encode("utf-16"))
    with pytest.raises(UnreadableFile, match="written in UTF-16"), desk.staged():
        pass


def test_in_latin_1_only_the_lines_with_accents_are_set_aside_and_stay_readable(desk: Desk) -> None:
    text = CLIENTS + client("K1", 1) + client("K2", 2).replace("Piet", "Zoë")
    desk.write("clients.csv", text.encode("latin-1"))
    assert list(desk.bundles()) == ["K1"]
    assert desk.rejections() == [("clients.csv", 3, "", "is not written in UTF-8")]
    assert "Zoë" in desk.rejected.read_text(encoding="utf-8")


def test_a_quotation_mark_that_never_closes_costs_only_its_own_line(desk: Desk) -> None:
    line = client("K2", 2).replace("Piet", '"Piet')
    desk.write("clients.csv", CLIENTS + client("K1", 1) + line + client("K3", 3) + client("K4", 4))
    desk.write("activities.csv", ACTIVITIES + "X1,K2,OE1,other,,,,2025-01-10,,,\n")
    assert list(desk.bundles("K2")) == ["K1", "K3", "K4"]
    assert [row[:2] for row in desk.rejections()] == [("clients.csv", 3), ("activities.csv", 2)]
    assert "never closed on that line" in desk.rejections()[0][3]
    assert "hangs on line 3 of clients.csv" in desk.rejections()[1][3]  # what the line is about is known
    assert '""Piet' in desk.rejected.read_text()


def test_a_mark_left_open_does_not_doubt_the_inches_of_a_later_line(desk: Desk) -> None:
    lines = [client("K1", 1).replace("Piet", '"Piet'), client("K2", 2), client("K3", 3).replace("Piet", '5"')]
    desk.write("clients.csv", CLIENTS + "".join(lines))
    assert list(desk.bundles()) == ["K2", "K3"]


def test_a_cell_that_swallows_the_rest_is_told_apart_from_a_quote_left_open(desk: Desk) -> None:
    long = client("K1", 1).replace("Piet", '"' + "x" * 200_000 + '"')
    longer = client("K2", 2).replace("Piet", "x" * 100_001)
    desk.write("clients.csv", CLIENTS + long + longer + client("K3", 3))
    assert list(desk.bundles()) == ["K3"]
    assert {reason for *_place, reason in desk.rejections()} == {"has a cell of more than 100,000 characters"}
    assert "a quotation mark or a separator is missing" in desk.rejected.read_text()


@pytest.mark.parametrize("before", ["\n", " \t\r\n\n", "\ufeff\n"])
def test_blank_lines_before_the_header_are_read_over(desk: Desk, before: str) -> None:
    desk.write("clients.csv", before + CLIENTS + "\n" + client("K1") + "   \n" + client("K2", 2, "ooit"))
    assert list(desk.bundles()) == ["K1"]
    number = before.count("\n") + 5
    assert [row[:3] for row in desk.rejections()] == [("clients.csv", number, "deceased_on")]


def test_a_line_in_latin_1_that_is_wrong_otherwise_too_is_set_aside_readably(desk: Desk) -> None:
    lines = [
        client("K1", 1).replace("Piet", "Zoë").strip() + ",é\n",  # too wide
        client("K2", 2).replace("Piet", '"Zoë'),  # a mark left open
        client("K3", 3, "Zoë"),  # no day
        client("Kë", 4),
    ]
    desk.write("clients.csv", (CLIENTS + "".join(lines) + client("K5", 5)).encode("latin-1"))
    assert list(desk.bundles()) == ["K5"]
    assert [row[1] for row in desk.rejections()] == [2, 3, 4, 5]
    assert desk.rejected.read_text(encoding="utf-8").count("Zoë") >= 3


def test_what_is_told_of_a_header_in_latin_1_can_be_printed(desk: Desk) -> None:
    desk.write("clients.csv", f"client_number,insz,Geboorteplaats é\nK1,{insz()},x\n".encode("latin-1"))
    with desk.staged() as staged:
        assert "geboorteplaats é" in " ".join(staged.warnings).encode().decode()
    desk.write("clients.csv", "client_number;é\n".encode("latin-1"))
    with pytest.raises(UnreadableFile, match="client_number, é"), desk.staged():
        pass


def test_a_header_that_cannot_be_cut_is_refused_with_its_line(desk: Desk) -> None:
    desk.write("clients.csv", '\nclient_number,"insz\nK1,x\n')
    with pytest.raises(UnreadableFile, match=r"clients.csv, line 2: the names of the columns"), desk.staged():
        pass


def test_a_stray_quotation_mark_costs_only_its_own_line(desk: Desk) -> None:
    line = client("K2", 2).replace("Verzonnen", '"Ver"zonnen')
    desk.write("clients.csv", CLIENTS + client("K1", 1) + line + client("K3", 3))
    assert list(desk.bundles()) == ["K1", "K3"]
    ((file, number, _column, reason),) = desk.rejections()
    assert (file, number) == ("clients.csv", 3)
    assert "can't be cut into cells" in reason


def test_a_line_with_a_cell_too_many_or_too_few_is_not_guessed_at(desk: Desk) -> None:
    extra, short = client("K1", 1).strip() + ",\n", client("K2", 2).strip()[:-1] + "\n"
    desk.write("clients.csv", CLIENTS + extra + short + client("K3", 3))
    assert list(desk.bundles()) == ["K3"]
    assert [(line, reason) for _file, line, _column, reason in desk.rejections()] == [
        (2, "the line has 7 values where the first line names 6"),
        (3, "the line has 5 values where the first line names 6"),
    ]
    assert extra.strip() in desk.rejected.read_text()


def test_quoted_text_may_hold_separators_and_quotes_but_no_line_break(desk: Desk) -> None:
    desk.write("clients.csv", CLIENTS + client("K1"))
    good = 'X1,K1,OE1,training,"Lassen, ""halfautomaat""",,,2025-01-01,,,\n'
    bad = 'X2,K1,OE1,training,"Lassen\nvoor beginners",,,2025-01-01,,,\n'
    desk.write("activities.csv", ACTIVITIES + good + bad)
    assert [line.title for line in desk.bundles()["K1"].activities] == ['Lassen, "halfautomaat"']
    assert [row[1] for row in desk.rejections()] == [3, 4]
    assert desk.rejections()[1][3] == "seems to be the rest of a cell with a line break that begins on line 3"
    assert "Lassen" in (text := desk.rejected.read_text())
    assert "voor beginners" in text


def test_the_rest_of_a_broken_cell_is_not_taken_for_a_line_of_its_own(desk: Desk) -> None:
    broken = f'K1,{insz(1)},"Ver\nzonnen\nK2,{insz(2)},zon,nen,21004,",Piet,21004,\n'
    desk.write("clients.csv", CLIENTS + broken + client("K3", 3))
    assert list(desk.bundles()) == ["K3"]
    assert [row[1] for row in desk.rejections()] == [2, 3, 4]


def test_control_characters_matter_only_in_what_is_taken(desk: Desk) -> None:
    desk.write("clients.csv", f"client_number,insz,hobby\nK1,{insz(1)},a\tb\nK\t2,{insz(2)},\n")
    assert list(desk.bundles()) == ["K1"]
    assert desk.rejections() == [("clients.csv", 3, "", "holds a control character, such as a tab")]


def test_a_line_without_end_is_refused_before_it_fills_the_memory(desk: Desk) -> None:
    desk.write("clients.csv", CLIENTS + "K1," + "0" * (LONGEST_LINE + 1))
    with pytest.raises(UnreadableFile, match="that is not a register file"), desk.staged():
        pass


def test_a_gigabyte_that_is_no_register_is_refused_at_once(desk: Desk) -> None:
    desk.write("clients.csv", CLIENTS + client("K1"))
    os.truncate(desk.folder / "clients.csv", 1_000_000_000)
    with pytest.raises(UnreadableFile, match="that is not a register file"), desk.staged():
        pass


@pytest.mark.parametrize("text", ["", "\n", " \n\t\r\n ", CLIENTS, CLIENTS.strip(), "\n" + CLIENTS])
def test_an_empty_file_holds_nothing(desk: Desk, text: str) -> None:
    desk.write("clients.csv", text)
    assert desk.bundles() == {}
    assert desk.rejections() == []
