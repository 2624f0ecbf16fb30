"""The settings of signing in: a wrong one is named, with what was expected, and no secret is repeated."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from inzage.partners.models import Person
from inzage.project import identity_provider as found

ISSUER, CLIENT, SECRET = "INZAGE_OIDC_ISSUER", "INZAGE_OIDC_CLIENT_ID", "INZAGE_OIDC_CLIENT_SECRET"
WHOLE = {ISSUER: "https://issuer.example/op", CLIENT: "inzage", SECRET: "of-the-tests-only"}


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*WHOLE, f"{SECRET}_FILE", "INZAGE_OIDC_APP", "INZAGE_OIDC_SCOPES", "INZAGE_OIDC_ROLES"):
        monkeypatch.delenv(name, raising=False)


def test_without_settings_there_is_no_provider_and_the_rest_has_its_defaults() -> None:
    assert found.provider() == ("", "", "")
    assert found.app_name() == "inzage"
    assert found.scopes("inzage") == "openid profile vo rrn inzage"
    assert set(found.roles().values()) == {str(role) for role in Person.Role} - {"client"}


def test_issuer_client_and_secret_go_together(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in WHOLE.items():
        monkeypatch.setenv(name, value)
    assert found.provider() == tuple(WHOLE.values())
    file = tmp_path / "secret"
    file.write_text("from-the-file\n")
    monkeypatch.setenv(f"{SECRET}_FILE", str(file))
    assert found.provider()[2] == "from-the-file"


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({SECRET: ""}, f"{SECRET}_FILE"),
        ({CLIENT: ""}, CLIENT),
        ({ISSUER: ""}, ISSUER),
        ({ISSUER: "http://issuer.example"}, ISSUER),
        ({ISSUER: "https://issuer.example/?a=b"}, ISSUER),
        ({f"{SECRET}_FILE": "/does/not/exist"}, f"{SECRET}_FILE"),
    ],
    ids=str,
)
def test_a_provider_that_is_half_there_is_named(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], named: str
) -> None:
    for name, value in (WHOLE | changed).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=named) as wrong:
        found.provider()
    assert "of-the-tests-only" not in str(wrong.value)


@pytest.mark.parametrize(
    "value", ["Recht", "Recht=", "=mediator", "Recht=client", "Recht=boss", "Recht=mediator Ander"]
)
def test_a_right_stands_for_a_role_that_there_is(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("INZAGE_OIDC_ROLES", value)
    with pytest.raises(ImproperlyConfigured, match="RIGHT=ROLE"):
        found.roles()


def test_rights_keep_their_order_and_lose_their_capitals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INZAGE_OIDC_ROLES", "Zien=counsellor Alles=mediator")
    assert list(found.roles().items()) == [("zien", "counsellor"), ("alles", "mediator")]


def test_app_scopes_and_codes_are_read_as_they_are_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INZAGE_OIDC_APP", "MLP_Inzage")
    monkeypatch.setenv("INZAGE_OIDC_SCOPES", "openid  vo")
    monkeypatch.setenv("INZAGE_OIDC_OWN_CODES", "ovo000001 OVO000002")
    assert (found.app_name(), found.scopes("x")) == ("mlp_inzage", "openid vo")
    assert found.own_codes() == {"OVO000001", "OVO000002"}
    monkeypatch.setenv("INZAGE_OIDC_SCOPES", "profile")
    with pytest.raises(ImproperlyConfigured, match="openid"):
        found.scopes("x")
    monkeypatch.setenv("INZAGE_OIDC_APP", "a b")
    with pytest.raises(ImproperlyConfigured, match="INZAGE_OIDC_APP"):
        found.app_name()
