"""`inzage import-references`: the desk's two files are the whole lists, or nothing of them is taken (S14)."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from inzage.partners.models import Contract, Course
from inzage.project.command import Wrong
from tests.world import World


def took_in(folder: Path, **files: str) -> str:
    """Run the command on files with these texts."""
    arguments = []
    for kind, text in files.items():
        path = folder / f"{kind}.csv"
        path.write_text(text, "utf-8")
        arguments += [f"--{kind}", str(path)]
    out = StringIO()
    call_command("import_references", *arguments, stdout=out)
    return out.getvalue()


def test_each_file_is_the_whole_list(world: World, tmp_path: Path) -> None:
    said = took_in(
        tmp_path,
        courses="course_number,title\na1b2c,Lassen\n00001,\n",
        contracts="outsourcing_number,oe_number\n0012345,OE1\n0012345,OE2\n",
    )
    assert said == "2 courses known.\n2 contracts known.\n"
    took_in(tmp_path, courses="title,course_number\nLassen,A1B2C\n")
    assert list(Course.objects.values_list("number", "title")) == [("A1B2C", "Lassen")]
    assert Contract.objects.count() == 2
    said = took_in(tmp_path, courses="course_number,title\n")
    assert said == "0 courses known: none is known, so none is checked.\n"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"courses": "course_number,title\nA1B2C,x\nA1B2,x\n"},
            "courses.csv, line 3: course_number is 'A1B2'",
        ),
        ({"courses": "course_number,title\nA1\u04102C,x\n"}, "expected 5 letters or digits"),
        ({"courses": f"course_number,title\nA1B2C,{'x' * 201}\n"}, "line 2: title is longer than 200"),
        ({"courses": "number\nA1B2C\n"}, "line 1: no column course_number, title"),
        ({"courses": ""}, "line 1: no column"),
        ({"contracts": "outsourcing_number,oe_number\n0012345,OE9\n"}, "line 2: there is no unit 'OE9'"),
        ({"contracts": "outsourcing_number,oe_number\n0012345\n"}, "line 2: there is no unit ''"),
        ({"contracts": "outsourcing_number,oe_number\n12345,OE1\n"}, "expected 7 letters or digits"),
        ({}, "Give --courses FILE"),
    ],
)
def test_a_file_with_a_wrong_line_changes_nothing_and_says_which(
    world: World, tmp_path: Path, files: dict[str, str], said: str
) -> None:
    Course.objects.create(number="ZZZZZ")
    with pytest.raises(Wrong) as refused:
        took_in(tmp_path, **files)
    assert said in str(refused.value)
    assert (list(Course.objects.values_list("number", flat=True)), Contract.objects.count()) == (["ZZZZZ"], 0)


def test_a_file_that_is_not_there_or_no_text_is_named(world: World, tmp_path: Path) -> None:
    with pytest.raises(Wrong, match=r"away\.csv can't be read as text"):
        call_command("import_references", "--courses", str(tmp_path / "away.csv"))
    (tmp_path / "latin.csv").write_bytes(b"course_number,title\nA1B2C,caf\xe9\n")
    with pytest.raises(Wrong, match=r"latin\.csv can't be read as text"):
        call_command("import_references", "--courses", str(tmp_path / "latin.csv"))
