"""What is too large, or no text of ours, is refused before it is read, from strangers too."""

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from inzage.portal.bounds import BESIDE_A_FILE


@pytest.mark.parametrize(("beyond", "status"), [(0, 302), (1, 413)])
def test_what_is_larger_than_a_file_and_its_form_is_refused(
    db: None, settings: Settings, beyond: int, status: int
) -> None:
    settings.MOST_FILE_BYTES = 1000
    body = b"x" * (1000 + BESIDE_A_FILE + beyond)
    answer = Browser().post("/dossiers/zoeken/", body, content_type="application/octet-stream")
    assert answer.status_code == status


@pytest.mark.parametrize(
    "address",
    ["/regels/vastgehouden/antwoord/?regel=%00", "/regels/boeken/%00/", "/dossiers/?na=x%00", "/%00"],
)
def test_an_address_with_a_nul_is_that_of_no_page(db: None, address: str) -> None:
    assert Browser().get(address).status_code == 404


def test_what_only_looks_like_one_is_an_address_like_others(db: None) -> None:
    assert Browser().get("/dossiers/?na=%2500").status_code == 302
