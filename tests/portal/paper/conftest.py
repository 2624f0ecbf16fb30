"""What the tests of forms as files share: a folder of their own, and a form that was asked."""

from pathlib import Path

import pytest
from pytest_django import Settings

from inzage.consents.models import ConsentForm
from tests.portal.office import Office
from tests.portal.paper.papers import a_request


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where the files of this test lie."""
    settings.FORM_FILES = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def form(office: Office) -> ConsentForm:
    """Leerhuis, which has no right, asked one on Anna's dossier."""
    return a_request(office)
