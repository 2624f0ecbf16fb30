"""Where VDAB is and what it signs with come from the environment; what is wrong there is named, and never said."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from inzage.adapters.vdab.where import place, secrets
from tests.simulated import SECRET
from tests.vdab.saying import KEY


def test_without_settings_nothing_is_taken_in_and_nothing_asked() -> None:
    assert (secrets(), place()) == ([], None)


def test_the_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    monkeypatch.setenv("INZAGE_VDAB_SECRET_FILE", str(file))
    for text in (None, "\n"):
        if text:
            file.write_text(text)
        with pytest.raises(ImproperlyConfigured, match="INZAGE_VDAB_SECRET_FILE names"):
            secrets()
    file.write_text(f"{SECRET}\n")
    assert secrets() == [KEY]


def test_an_address_needs_a_secret_and_is_not_shown_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INZAGE_VDAB_URL", "https://vdab.example/api/")
    with pytest.raises(ImproperlyConfigured, match="expected both"):
        place()
    monkeypatch.setenv("INZAGE_VDAB_SECRET", SECRET)
    found = place()
    assert found is not None
    assert (found.url, found.key) == ("https://vdab.example/api", KEY)
    assert repr(found) == "Place(https://vdab.example/api)"


@pytest.mark.parametrize(
    "url",
    ["http://vdab.example", "ftp://vdab.example", "https://a:b@vdab.example", "https://", "vdab.example"],
)
def test_only_an_address_that_is_safe_is_asked(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("INZAGE_VDAB_URL", url)
    monkeypatch.setenv("INZAGE_VDAB_SECRET", SECRET)
    with pytest.raises(ImproperlyConfigured, match="INZAGE_VDAB_URL"):
        place()


def test_on_loopback_http_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INZAGE_VDAB_URL", "http://127.0.0.1:9000")
    monkeypatch.setenv("INZAGE_VDAB_SECRET", SECRET)
    assert place() is not None
