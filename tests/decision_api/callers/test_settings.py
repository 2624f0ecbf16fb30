"""Whose tokens are believed comes from the environment; half a setting stops the start, and none is said."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from inzage.decision_api.checks import callers_can_be_known
from inzage.project.environment import issuer_and_audience, own_address
from tests.shell import Shell

NAMES = ("INZAGE_TOKEN_ISSUER", "INZAGE_TOKEN_AUDIENCE")


def read(monkeypatch: pytest.MonkeyPatch, issuer: str, audience: str = "inzage") -> tuple[str, str]:
    """What these settings come to."""
    for name, value in zip(NAMES, (issuer, audience), strict=True):
        monkeypatch.setenv(name, value)
    return issuer_and_audience(*NAMES)


@pytest.mark.parametrize(
    "issuer",
    [
        "https://issuer.example",
        "https://issuer.example/",
        "https://issuer.example:8443/realms/x",
        "http://[::1]:1/",
    ],
)
def test_an_issuer_is_taken_to_the_letter(monkeypatch: pytest.MonkeyPatch, issuer: str) -> None:
    assert read(monkeypatch, f" {issuer} ") == (issuer, "inzage")


@pytest.mark.parametrize(
    "issuer",
    [
        "http://issuer.example",
        "issuer.example",
        "https://",
        "https://me:secret@issuer.example",
        "https://issuer.example?x=1",
        "https://issuer.example#x",
        "https://issuer.example:x",
        "https://[x",
        "ftp://127.0.0.1",
    ],
)
def test_an_issuer_that_can_not_be_asked_safely_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, issuer: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match="INZAGE_TOKEN_ISSUER can't be used; expected") as wrong:
        read(monkeypatch, issuer)
    assert "secret" not in str(wrong.value)


def test_an_issuer_without_an_audience_or_the_other_way_round_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(
        ImproperlyConfigured, match="INZAGE_TOKEN_ISSUER is set and INZAGE_TOKEN_AUDIENCE is empty"
    ):
        read(monkeypatch, "https://issuer.example", " ")
    with pytest.raises(
        ImproperlyConfigured, match="INZAGE_TOKEN_AUDIENCE is set and INZAGE_TOKEN_ISSUER is empty"
    ):
        read(monkeypatch, "")
    assert read(monkeypatch, "", "") == ("", "")


def test_a_check_of_a_deployment_says_that_nobody_can_ask(settings: Settings) -> None:
    settings.DEMO, settings.TOKEN_ISSUER = False, ""
    (said,) = callers_can_be_known()
    assert "refuses everybody" in said.msg
    assert "INZAGE_TOKEN_ISSUER" in str(said.hint)

    settings.TOKEN_ISSUER = "https://issuer.example"
    assert callers_can_be_known() == []
    settings.DEMO, settings.TOKEN_ISSUER = True, ""
    assert callers_can_be_known() == []


def test_it_is_said_where_a_deployment_is_checked_and_not_each_day(tmp_path: Path) -> None:
    shell = Shell(tmp_path, "")
    assert "inzage.I001" in "".join(shell.run("check", "--deploy")[1:])
    assert "inzage.I001" not in "".join(shell.run("check")[1:])

    shell.environment |= {"INZAGE_TOKEN_ISSUER": "https://issuer.example", "INZAGE_TOKEN_AUDIENCE": "inzage"}
    assert "inzage.I001" not in "".join(shell.run("check", "--deploy")[1:])


@pytest.mark.parametrize(
    "address", ["https://inzage.example", "https://inzage.example/register", "http://[::1]:1"]
)
def test_our_own_address_is_a_safe_one(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("INZAGE_PUBLIC_URL", address)
    assert own_address("INZAGE_PUBLIC_URL", "https://without.example") == address


@pytest.mark.parametrize("address", ["http://inzage.intern", "inzage.example", "https://inzage.example?x=1"])
def test_an_address_by_which_nobody_may_know_us_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("INZAGE_PUBLIC_URL", address)
    with pytest.raises(ImproperlyConfigured, match=r"INZAGE_PUBLIC_URL is .*; expected https://HOST"):
        own_address("INZAGE_PUBLIC_URL", "https://without.example")


def test_without_the_setting_our_address_is_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INZAGE_PUBLIC_URL", raising=False)
    assert own_address("INZAGE_PUBLIC_URL", "https://without.example") == "https://without.example"
