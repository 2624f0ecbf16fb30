"""Where the others are, and the secrets we share, for all three alike: what is wrong is named, no secret said."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from inzage.adapters.actiris import where as actiris
from inzage.adapters.ibis import where as ibis
from inzage.adapters.places import Place
from inzage.adapters.vdab import where as vdab
from tests.simulated import SECRET

KEY = base64.b64decode(SECRET.removeprefix("whsec_"))
OTHER = "whsec_" + base64.b64encode(b"another secret of the tests").decode()


class Settings:
    """The settings of one adapter, and where it finds its place with them."""

    def __init__(self, name: str, place: Callable[[], Place | None], patch: pytest.MonkeyPatch) -> None:
        self.name, self.place, self._patch = name, place, patch

    def set(self, setting: str, value: str) -> None:
        """Set one, such as URL."""
        self._patch.setenv(f"INZAGE_{self.name}_{setting}", value)


@pytest.fixture(params=[("ACTIRIS", actiris.place), ("IBIS", ibis.place), ("VDAB", vdab.place)])
def settings_of(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Each of the adapters, with a good address and nothing else."""
    name, place = request.param
    settings = Settings(name, place, monkeypatch)
    settings.set("URL", "https://other.example/api/")
    return settings


def test_without_an_address_an_adapter_is_off(settings_of: Settings) -> None:
    settings_of.set("SECRET", SECRET)
    settings_of.set("URL", " ")
    assert settings_of.place() is None


@pytest.mark.parametrize(
    "url",
    [
        "http://other.example",
        "http://127.0.0.1.other.example",
        "ftp://127.0.0.1",
        "https://me:mine@other.example",
        "https://other.example?to=elsewhere",
        "https://other.example/#there",
        "https://other.example:port",
        "https://[half",
        "https://",
        "other.example",
    ],
)
def test_only_an_address_that_is_safe_is_asked(settings_of: Settings, url: str) -> None:
    settings_of.set("URL", url)
    settings_of.set("SECRET", SECRET)
    with pytest.raises(ImproperlyConfigured, match=f"INZAGE_{settings_of.name}_URL") as wrong:
        settings_of.place()
    assert "mine" not in str(wrong.value)


@pytest.mark.parametrize(
    "url",
    ["https://other.example/api", "http://127.0.0.1:8901", "http://localhost:8901", "http://[::1]:8901"],
)
def test_over_tls_or_on_the_own_machine(settings_of: Settings, url: str) -> None:
    settings_of.set("URL", f"{url}/")
    settings_of.set("SECRET", SECRET)
    assert settings_of.place() == Place(url, (KEY,))


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        ("", "expected both"),
        ("geheim", "expected whsec_"),
        (SECRET.removeprefix("whsec_"), "expected whsec_"),
        ("whsec_", "at least 24 bytes"),
        ("whsec_c2hvcnQ=", "at least 24 bytes"),
        ("whsec_no-base64-at-all", "in base64"),
        (f"{SECRET} whsec_c2hvcnQ=", "at least 24 bytes"),
    ],
)
def test_a_secret_that_is_none_is_named_and_never_repeated(
    settings_of: Settings, secret: str, said: str
) -> None:
    settings_of.set("SECRET", secret)
    with pytest.raises(ImproperlyConfigured, match=said) as wrong:
        settings_of.place()
    assert f"INZAGE_{settings_of.name}_SECRET" in str(wrong.value)
    assert not any(each != "whsec_" and each in str(wrong.value) for each in secret.split())


def test_of_several_the_first_signs_and_each_is_believed(settings_of: Settings) -> None:
    settings_of.set("SECRET", f"{OTHER} {SECRET}")
    found = settings_of.place()
    assert found is not None
    assert found.keys == (base64.b64decode(OTHER.removeprefix("whsec_")), KEY)


def test_a_secret_in_a_file_goes_before_the_other(settings_of: Settings, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    settings_of.set("SECRET", OTHER)
    settings_of.set("SECRET_FILE", str(file))
    for text in (None, "\n"):
        if text:
            file.write_text(text)
        with pytest.raises(ImproperlyConfigured, match=f"INZAGE_{settings_of.name}_SECRET_FILE names"):
            settings_of.place()
    file.write_text(f"{SECRET}\n")
    found = settings_of.place()
    assert found == Place("https://other.example/api", (KEY,))
    assert repr(found) == "Place(https://other.example/api)"


def test_events_of_vdab_are_believed_without_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert vdab.secrets() == ()
    monkeypatch.setenv("INZAGE_VDAB_SECRET", SECRET)
    assert (vdab.secrets(), vdab.place()) == ((KEY,), None)


@pytest.mark.parametrize("size", ["0", "501", "-1", "many", "1e2", "²"])
def test_a_page_of_ibis_holds_1_to_500_records(monkeypatch: pytest.MonkeyPatch, size: str) -> None:
    assert ibis.page_size() == 200
    monkeypatch.setenv("INZAGE_IBIS_PAGE", size)
    with pytest.raises(ImproperlyConfigured, match="expected a whole number from 1 to 500"):
        ibis.page_size()
