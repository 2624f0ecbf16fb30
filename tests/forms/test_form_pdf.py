"""The form as a PDF: whole in each language, tagged, labelled, and filled in with what is known (S05, S08)."""

import tomllib
from datetime import date
from importlib.resources import files
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inzage.consents.form_files.apart import inspect
from inzage.consents.form_files.inspecting_pdf import fields_of
from inzage.consents.form_pdf.finishing import CODE_FIELD
from inzage.consents.form_pdf.reading import NoDay, day_in, filled_in
from inzage.consents.form_pdf.wording import sentences
from inzage.consents.information import LANGUAGES
from inzage.consents.informing import texts
from inzage.rules.names import Route

from .papers import ASKED_ON, CODE, elements, filled, made, reader_of, ticked, widgets, words_of

ROUTES = [Route.FORM, Route.BRUSSELS_FORM, Route.BRUSSELS_IBIS]
EACH = pytest.mark.parametrize(
    ("language", "route"), [(language, route) for language in LANGUAGES for route in ROUTES]
)
TYPED = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029"), max_size=60
).map(str.strip)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
WRITTEN = ("{0:%d/%m/%Y}", "{0.day}/{0.month}/{0:%Y}", "{0:%d-%m-%Y}", "{0:%d . %m . %Y}", "{0:%Y-%m-%d}")
pytestmark = pytest.mark.pango


@EACH
def test_it_says_its_language_and_its_title(language: str, route: Route) -> None:
    data = made(language, route)
    reader = reader_of(data)
    title = sentences(language)["title" if route is Route.FORM else "title_brussels"]
    assert str(reader.root_object["/Lang"]) == language
    assert reader.metadata is not None
    assert reader.metadata.title == title
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert reader.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert data.startswith(b"%PDF-1.7")
    assert b"pdfuaid:part" in reader.root_object["/Metadata"].get_data()  # type: ignore[attr-defined]


@EACH
def test_its_structure_has_headings_in_order_a_table_with_headings_and_each_field(
    language: str, route: Route
) -> None:
    found = elements(made(language, route))
    kinds = [element["/S"] for element in found]
    headings = [kind for kind in kinds if kind.startswith("/H") and kind[2:].isdigit()]
    assert headings[0] == "/H1"
    assert set(headings[1:]) == {"/H2"}
    assert kinds.count("/Form") == (2 if route is Route.FORM else 3)
    assert "/Figure" not in kinds
    rows = [element for element in found if element["/S"] == "/TH" and "/A" in element]
    assert rows
    assert {element["/A"]["/Scope"] for element in rows} == {"/Row"}


@EACH
def test_each_field_has_a_label_is_required_and_is_reached_in_the_order_of_reading(
    language: str, route: Route
) -> None:
    data, say = made(language, route), sentences(language)
    seen = [field for field in widgets(data) if field["/T"] != CODE_FIELD]
    expected = [say["name"], *([say["informed"]] if route is not Route.FORM else []), say["completed_on"]]
    assert [field["/TU"][: len(label)] for field, label in zip(seen, expected, strict=True)] == expected
    assert say["completed_on_help"] in seen[-1]["/TU"]
    assert all(field["/Ff"] & 2 for field in seen)
    assert {str(page["/Tabs"]) for page in reader_of(data).pages} == {"/S"}
    in_tree = [
        element["/K"][0].get_object()["/Obj"] for element in elements(data) if element["/S"] == "/Form"
    ]
    assert [field["/T"] for field in in_tree] == [field["/T"] for field in seen]


@EACH
def test_it_is_one_page_with_fonts_of_its_own(language: str, route: Route) -> None:
    reader = reader_of(made(language, route, completed_on=date(2026, 2, 28)))
    assert len(reader.pages) == 1
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]  # type: ignore[index]
    described = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert described
    assert all("/FontFile2" in each or "/FontFile3" in each for each in described)


@EACH
def test_it_says_what_was_asked_its_code_and_no_signature(language: str, route: Route) -> None:
    words, say = words_of(made(language, route)), sentences(language)
    for told in (CODE, "K0000777", "Werkpad", "OE1", "Leerhuis", "Lassen", say["training"]):
        assert told in words
    assert str(ASKED_ON.year) in words
    text = " ".join(getattr(texts()[0], language).split())
    assert (text in words) is (route is not Route.FORM)
    assert ("form@brussel.example" in words) is (route is not Route.FORM)
    assert not [field for field in widgets(made(language, route)) if field["/FT"] == "/Sig"]


def test_what_is_known_is_filled_in_and_what_is_not_is_left_open() -> None:
    known = made(
        "fr",
        Route.BRUSSELS_FORM,
        "Zoë Ðurić-Łoś",
        completed_on=date(2026, 2, 28),
        informed_of_actiris=True,
    )
    read = filled_in(inspect(known, most=len(known)).fields)
    assert read == (CODE, "Zoë Ðurić-Łoś", "28/02/2026", True)
    assert filled_in(inspect(made(), most=10**7).fields) == (CODE, "", "", False)


def test_a_name_is_printed_as_it_is_and_nothing_is_fetched_for_it() -> None:
    unit = '<img src="file:///etc/hostname"> & <b>zonen</b>'
    assert unit in words_of(made(unit=unit))
    assert "/Figure" not in [element["/S"] for element in elements(made(unit=unit))]


def test_a_form_that_runs_over_to_a_second_page_keeps_its_fields() -> None:
    long = made("nl", Route.BRUSSELS_FORM, unit="Een heel lange naam van een organisatie " * 20)
    assert len(reader_of(long).pages) == 2
    assert set(fields_of(long)) == {"name", "informed", "completed_on", CODE_FIELD}


@settings(max_examples=15, deadline=None)
@given(name=TYPED, day=TYPED | DAYS.map(lambda day: day.strftime("%d/%m/%Y")), informed=st.booleans())
def test_whatever_is_filled_in_is_read_back_the_same(name: str, day: str, informed: bool) -> None:
    data = made("en", Route.BRUSSELS_FORM)
    back = (
        ticked(data, name=name, completed_on=day) if informed else filled(data, name=name, completed_on=day)
    )
    assert filled_in(fields_of(back)) == (CODE, name, day, informed)


@given(DAYS)
def test_a_day_is_read_as_people_write_it(day: date) -> None:
    for written in WRITTEN:
        assert day_in(written.format(day)) == day


@pytest.mark.parametrize("typed", ["morgen", "31/02/2026", "28/02/26", "2026", "2/28/2026", "28/02/2026?"])
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    with pytest.raises(NoDay):
        day_in(typed)


def test_nothing_written_is_no_day_and_no_mistake() -> None:
    assert day_in("") is None


def test_the_three_languages_say_the_same_things_with_the_same_blanks() -> None:
    folder = files("inzage.consents.form_pdf") / "sentences"
    said = {
        language: tomllib.loads((folder / f"{language}.toml").read_text("utf-8")) for language in LANGUAGES
    }
    blanks = {
        language: {
            key: {name for _, name, _, _ in Formatter().parse(text) if name} for key, text in each.items()
        }
        for language, each in said.items()
    }
    assert blanks["nl"] == blanks["fr"] == blanks["en"]
    assert all(text.strip() for each in said.values() for text in each.values())
    same = {key for key, text in said["nl"].items() if text in (said["fr"][key], said["en"][key])}
    assert same == set()
