"""Makes docs/gallery anew: `make gallery`. No test of the suite, so no suite waits for it."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import ViewportSize

from tests.portal.gallery.shown import GALLERY, INDEX, SHOWN, index_of, state_of
from tests.portal.office import Office
from tests.portal.pages.browsing import USUAL, Looker, a_looker
from tests.portal.pages.visiting import State, answer_to

PHONE: ViewportSize = {"width": 390, "height": 844}
COLOURS = 64
"""A page has few; so a picture weighs little."""


@pytest.fixture(scope="module")
def looker() -> Iterator[Looker]:
    """One browser for all pictures."""
    with a_looker() as one:
        yield one


@pytest.mark.parametrize("name", [name for shown in SHOWN.values() for name in shown])
def test_a_picture_is_made(office: Office, looker: Looker, name: str) -> None:
    state: State = state_of(name)
    answer = answer_to(state.prepare(office))
    for size, where in ((USUAL, "wide"), (PHONE, "phone")):
        path = GALLERY / f"{state.file_name}-{where}.png"
        _keep(looker.picture(answer, size), path)
        assert path.stat().st_size


def test_the_index_is_written() -> None:
    INDEX.write_text(index_of(), "utf-8")
    assert INDEX.exists()


def _keep(picture: bytes, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    with Image.open(BytesIO(picture)) as image:
        image.convert("RGB").quantize(COLOURS).save(path, optimize=True)
