"""Numbers as people type them: in capitals or not, with spaces around; a miscopied INSZ is said to be one."""

import pytest
from django.test import Client as Browser

from inzage.consents.models import ConsentForm
from inzage.partners.models import Unit
from tests.portal.office import Office, a_dossier
from tests.portal.reading import address, goes_to, lines, text

WRONG = "de controlecijfers passen niet bij de rest"


@pytest.mark.parametrize("typed", [" {} ", "{}", "\t{}"])
@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_a_client_number_is_found_in_capitals_or_not(
    carla: Browser, office: Office, typed: str, case: object
) -> None:
    assert callable(case)
    number = typed.format(case(office.anna.client.client_number))
    assert goes_to(carla.post("/dossiers/zoeken/", {"number": number})) == address(office.anna)


def test_a_client_number_of_another_does_not_do(carla: Browser, office: Office) -> None:
    number = a_dossier("Bob").client.client_number.lower()
    assert "geen inzagerecht" in text(carla.post("/dossiers/zoeken/", {"number": number}))


@pytest.mark.parametrize("typed", ["oe2", " Oe2 ", "OE2"])
def test_an_oe_number_is_found_in_capitals_or_not(otto: Browser, office: Office, typed: str) -> None:
    known = {"number": office.anna.client.insz, "family_name": "Verzinsel"}
    asked = {**known, "purpose": "training", "route": "form", "other": typed}
    otto.post("/aanvragen/nieuw/", asked)
    assert ConsentForm.objects.get(asked_by=office.other).unit == office.other


@pytest.mark.parametrize(("typed", "found"), [("oe2", True), ("OE2", True), ("Oe2", False)])
def test_of_oe_numbers_that_differ_in_capitals_alone_the_one_written_so_is_meant(
    otto: Browser, office: Office, typed: str, found: bool
) -> None:
    Unit.objects.create(oe_number="oe2", name="Leerhuisje", kind="partner")
    known = {"number": office.anna.client.insz, "family_name": "Verzinsel"}
    otto.post("/aanvragen/nieuw/", {**known, "purpose": "training", "route": "form", "other": typed})
    asked = ConsentForm.objects.filter(asked_by=office.other)
    assert [form.unit.oe_number for form in asked] == ([typed] if found else [])


def test_an_insz_with_wrong_check_digits_is_told_so_and_nothing_is_searched(
    carla: Browser, office: Office
) -> None:
    insz = office.anna.client.insz
    swapped = f"{insz[:9]}{(int(insz[9:]) % 97) + 1:02}"
    for typed in (swapped, f"{swapped[:6]}-{swapped[6:9]}.{swapped[9:]}"):
        page = text(carla.post("/dossiers/zoeken/", {"number": typed}))
        assert WRONG in page
    assert lines("search") == []


@pytest.mark.parametrize("cut", [slice(0, 10), slice(0, 9)])
def test_a_number_of_another_length_is_no_insz_and_is_searched(
    carla: Browser, office: Office, cut: slice
) -> None:
    page = text(carla.post("/dossiers/zoeken/", {"number": office.anna.client.insz[cut]}))
    assert WRONG not in page
    assert "geen inzagerecht" in page


def test_the_number_that_was_searched_stays_in_the_field(otto: Browser, office: Office) -> None:
    number = office.anna.client.client_number
    page = otto.post("/dossiers/zoeken/", {"number": number}).content.decode()
    assert f'value="{number}"' in page


def test_the_desk_finds_a_client_in_small_letters_and_says_where_there_is_no_form(
    mira: Browser, office: Office
) -> None:
    page = text(mira.post("/formulieren/", {"number": office.anna.client.client_number.lower()}))
    assert "Anna Verzinsel" in page
    assert "Wij vinden geen formulier bij dit nummer of deze code." in text(
        mira.post("/formulieren/", {"number": "K9999999"})
    )
