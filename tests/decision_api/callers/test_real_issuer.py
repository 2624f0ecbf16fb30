"""With a real issuer of tokens beside us: client credentials for an audience, signed in four ways, keys that change."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from inzage.decision_api.authzen.provider import Caller
from inzage.decision_api.callers.tokens import NOT_FOR_US, NOT_NOW, NOT_SIGNED
from tests.decision_api.callers.conftest import Clock, Door
from tests.decision_api.issuing import RealIssuer, real_issuer

pytestmark = pytest.mark.issuer


@pytest.fixture(scope="module")
def real() -> Iterator[RealIssuer]:
    """One that these tests share, and leave as it is."""
    with real_issuer() as issuer:
        yield issuer


@pytest.fixture
def own() -> Iterator[RealIssuer]:
    """One that a test may change or stop."""
    with real_issuer() as issuer:
        yield issuer


def now() -> datetime:
    """The moment: a real issuer has a real clock."""
    return datetime.now(UTC)


def test_its_tokens_let_a_caller_in_however_they_are_signed(
    real: RealIssuer, door_of: Callable[[str], Door]
) -> None:
    door = door_of(real.url)

    for alg in ("RS256", "PS256", "ES256", "EdDSA"):
        caller = door.admits(real.token(alg, scope="inzage.decide inzage.audit"), now())
        assert caller == Caller(f"mlp-{alg}", frozenset({"inzage.decide", "inzage.audit"}))


def test_near_misses_of_its_tokens_do_not(real: RealIssuer, door_of: Callable[[str], Door]) -> None:
    door, token = door_of(real.url), real.token()
    opaque = httpx2.post(
        f"{real.url}/token",
        auth=("mlp-RS256", "a-secret-of-the-tests-only"),
        data={"grant_type": "client_credentials", "scope": "inzage.decide"},
    ).json()["access_token"]

    assert door.refuses(token, now() + timedelta(seconds=601)).message == NOT_NOW
    assert door.refuses(token, now() - timedelta(seconds=60)).message == NOT_NOW
    assert door.refuses(real.token(audience="https://other.example/access"), now()).message == NOT_FOR_US
    assert door.refuses(real.token(scope="inzage.audit"), now()).status == 403
    assert door.refuses(opaque, now()).status == 401
    assert door.admits(token, now()).name == "mlp-RS256"


def test_a_token_of_another_real_issuer_is_not_ours(
    real: RealIssuer, own: RealIssuer, door_of: Callable[[str], Door]
) -> None:
    assert door_of(real.url).refuses(own.token(), now()).message == NOT_SIGNED
    assert door_of(own.url).admits(own.token(), now()).name == "mlp-RS256"


def test_when_it_changes_its_keys_new_tokens_are_good_at_once_and_old_ones_no_more(
    own: RealIssuer, door_of: Callable[[str], Door], clock: Clock
) -> None:
    door, before = door_of(own.url), own.token()
    door.admits(before, now())
    own.rotate("second")
    clock.seconds += 10

    assert door.admits(own.token(), now()).name == "mlp-RS256"
    assert door.refuses(before, now()).message == NOT_SIGNED


def test_when_it_is_gone_its_tokens_are_good_for_an_hour(
    own: RealIssuer, door_of: Callable[[str], Door], clock: Clock
) -> None:
    door, token = door_of(own.url), own.token()
    door.admits(token, now())
    own.stop()

    clock.seconds += 3600
    assert door.admits(token, now()).name == "mlp-RS256"
    door.settle()
    clock.seconds += 10
    assert door.refuses(token, now()).status == 503
    assert door_of(own.url).refuses(token, now()).status == 503
