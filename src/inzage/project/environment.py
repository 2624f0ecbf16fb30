"""Settings as the environment has them. A wrong one is named, with what was found and what was expected."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

SCHEMES = ("sqlite", "postgresql", "postgres")
EXPECTED = "postgresql://USER:PASSWORD@HOST:PORT/NAME or sqlite:///PATH"


def whole_number(name: str, without: int, *, least: int, most: int) -> int:
    """A setting that is a whole number; `without` it, that number."""
    found = os.environ.get(name, "").strip()
    if not found:
        return without
    number = int(found) if found.removeprefix("-").isascii() and found.removeprefix("-").isdigit() else None
    if number is None or not least <= number <= most:
        raise ImproperlyConfigured(
            f"{name} is {found!r}; expected a whole number from {least} to {most}, such as {without}"
        )
    return number


def evening_limits() -> dict[str, int]:
    """What is still usual of the rights that end in one night, each a setting of its own."""
    return {
        "times": whole_number("INZAGE_EVENING_TIMES", 3, least=1, most=1_000),
        "least": whole_number("INZAGE_EVENING_LEAST", 25, least=0, most=1_000_000),
        "nights": whole_number("INZAGE_EVENING_NIGHTS", 20, least=1, most=60),
        "floor": whole_number("INZAGE_EVENING_FLOOR", 1_000, least=0, most=10_000_000),
        "percent": whole_number("INZAGE_EVENING_PERCENT", 5, least=0, most=100),
    }


def one_of(name: str, without: str, *others: str) -> str:
    """A setting that is one of a few words; `without` it, the first."""
    found = os.environ.get(name, "").strip() or without
    if found not in (without, *others):
        raise ImproperlyConfigured(f"{name} is {found!r}; expected {' or '.join((without, *others))}")
    return found


def mailbox(name: str, without: str = "") -> str:
    """A setting that is a mailbox's address; `without` it, that one."""
    found = os.environ.get(name, "").strip()
    try:
        if found:
            validate_email(found)
    except ValidationError:
        raise ImproperlyConfigured(
            f"{name} is {found!r}; expected the address of one mailbox, such as formulieren@voorbeeld.example"
        ) from None
    return found or without


def issuer_and_audience(issuer: str, audience: str) -> tuple[str, str]:
    """Two settings that go together: who issues the access tokens, to the letter, and for whom; empty without both."""
    name, for_whom = (os.environ.get(setting, "").strip() for setting in (issuer, audience))
    if bool(name) != bool(for_whom):
        there, missing = (issuer, audience) if name else (audience, issuer)
        raise ImproperlyConfigured(f"{there} is set and {missing} is empty; expected both")
    if name and not _is_safe_address(name):
        raise ImproperlyConfigured(
            f"{issuer} can't be used; expected the issuer's https://HOST and a path (http for loopback only)"
        )
    return name, for_whom


def own_address(name: str, without: str) -> str:
    """The address by which others know us; `without` the setting, that one."""
    found = os.environ.get(name, "").strip() or without
    if not _is_safe_address(found):
        raise ImproperlyConfigured(
            f"{name} is {found!r}; expected https://HOST, perhaps with a path (http for loopback only)"
        )
    return found


def _is_safe_address(address: str) -> bool:
    """Over TLS, but on the own machine; a host and a path alone."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    more = parts.username or parts.password or parts.query or parts.fragment
    return bool(host and not more) and (
        parts.scheme == "https" or (parts.scheme == "http" and host in ("localhost", "127.0.0.1", "::1"))
    )


def text_of(name: str) -> str:
    """What the file that a setting names holds; empty where the setting is absent."""
    path = os.environ.get(name)
    if not path:
        return ""
    try:
        text = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        raise ImproperlyConfigured(
            f"{name} names {path}, which can't be read ({why}); expected a file with the key, "
            "which the user that runs Inzage may read"
        ) from None
    if not text:
        raise ImproperlyConfigured(f"{name} names {path}, which is empty; expected a file with the key")
    return text


def database(name: str, own_file: Path) -> Any:
    """The database that a setting names; without it SQLite in `own_file`, whose folder is made where it is not."""
    address = os.environ.get(name)
    if not address:
        with suppress(
            OSError
        ):  # what keeps the folder from being made keeps the file from being opened: said there
            own_file.parent.mkdir(parents=True, exist_ok=True)
        return dj_database_url.parse(f"sqlite:///{own_file}")
    scheme, colon, rest = address.partition(":")
    if not colon or scheme not in SCHEMES or not rest.startswith("//"):
        found = f"begins with {scheme + colon!r}" if colon else "has no scheme"
        raise ImproperlyConfigured(f"{name} {found}; expected {EXPECTED}")
    if scheme != "sqlite":
        _check_port(name, address)
    try:
        return dj_database_url.parse(address)
    except ValueError:
        raise ImproperlyConfigured(f"{name} can't be read; expected {EXPECTED}") from None


def _check_port(name: str, address: str) -> None:
    """A password with a / or # in it ends the host early: it is not repeated in the message."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        port = 0
        parts = urlsplit(f"{address.partition(':')[0]}://")
    if port == 0 or "@" in parts.path + parts.fragment:
        raise ImproperlyConfigured(
            f"{name} has {_port_found(address)}; expected a port from 1 to 65535, or none, as in {EXPECTED}, "
            "with signs such as / # ? @ in a password written as %2F %23 %3F %40"
        )


def _port_found(address: str) -> str:
    """The port as it is written, where it is sure to be no part of a password."""
    place, at, host = address.partition("//")[2].rpartition("@")
    if any(sign in place for sign in "/#?") or not (at or "/" in host):
        return "no port that can be read"
    return f"the port {host.partition('/')[0].rpartition(':')[2]!r}"
