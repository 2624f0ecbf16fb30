"""What is too large is refused before it is read, from strangers too."""

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
