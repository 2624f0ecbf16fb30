"""The gallery shows what is there."""

import pytest

from tests.portal.gallery.shown import GALLERY, INDEX, SHOWN, index_of, state_of


@pytest.mark.parametrize("name", [name for shown in SHOWN.values() for name in shown])
def test_each_page_has_its_pictures(name: str) -> None:
    file = state_of(name).file_name
    assert {path.name for path in GALLERY.glob(f"{file}-*")} == {f"{file}-wide.png", f"{file}-phone.png"}


def test_the_index_names_them_all() -> None:
    assert INDEX.read_text("utf-8") == index_of()


def test_no_picture_is_left_over() -> None:
    shown = {state_of(name).file_name for names in SHOWN.values() for name in names}
    kept = {path.name.rpartition("-")[0] for path in GALLERY.glob("*.png")}
    assert kept == shown
