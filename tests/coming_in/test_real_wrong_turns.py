"""With a real provider beside us: wrong turns on the way there and back, and what a right one leaves behind."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.contrib.sessions.models import Session
from pytest_django import Settings

from inzage.partners.models import Person
from inzage.portal.coming_in.own_session import UNDER_WAY
from tests.coming_in.arriving import a_counsellor, signed_in
from tests.coming_in.conftest import Clock
from tests.coming_in.real import RealProvider, Traveller
from tests.portal.office import Office
from tests.portal.reading import text

pytestmark = pytest.mark.issuer
PASSWORD = "urn:be:vlaanderen:authmech:csampassword"


def test_means_below_the_level_are_not_enough(
    provider: RealProvider, partners: Office, settings: Settings
) -> None:
    a_counsellor(provider, "weak", acr=PASSWORD)
    traveller = Traveller()
    response = traveller.signs_in("weak")
    assert "niet sterk genoeg" in text(response)
    assert not signed_in(traveller)

    settings.OIDC_LEAST_LEVEL = 5
    assert Traveller().signs_in("weak").status_code == 302


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "another"},
        {"state": ""},
        {"iss": "https://issuer.example"},
        {"iss": None},
        {"code": "made-up"},
    ],
)
def test_an_answer_that_was_tampered_with_lets_nobody_in(
    provider: RealProvider, partners: Office, changed: dict[str, str | None]
) -> None:
    a_counsellor(provider, "tampered")
    traveller = Traveller()
    back = urlsplit(traveller.says_who(traveller.sets_out(), "tampered"))
    answer = {name: values[0] for name, values in parse_qs(back.query).items()} | changed
    sent = {name: value for name, value in answer.items() if value is not None}

    assert traveller.comes_back(f"{back.path}?{urlencode(sent)}").status_code == 403
    assert not signed_in(traveller)
    assert not Person.objects.filter(issuer=provider.issuer).exists()


@pytest.mark.parametrize("place", [1, 2])
def test_another_nonce_or_verifier_than_was_sent_out_lets_nobody_in(
    provider: RealProvider, partners: Office, place: int
) -> None:
    a_counsellor(provider, "swapped")
    traveller = Traveller()
    back = traveller.says_who(traveller.sets_out(), "swapped")
    session = traveller.here.session
    ((state, kept),) = session[UNDER_WAY].items()
    kept[1 + place] = "x" * 48
    session[UNDER_WAY] = {state: kept}
    session.save()

    assert traveller.comes_back(back).status_code == 403
    assert not signed_in(traveller)


def test_an_answer_works_once_and_in_the_browser_that_asked_for_it(
    provider: RealProvider, partners: Office
) -> None:
    a_counsellor(provider, "once")
    traveller, thief = Traveller(), Traveller()
    back = traveller.says_who(traveller.sets_out(), "once")
    thief.sets_out()

    assert thief.comes_back(back).status_code == 403
    assert traveller.comes_back(back).status_code == 302
    assert signed_in(traveller)
    assert traveller.comes_back(back).status_code == 403
    assert not signed_in(thief)


def test_a_code_that_was_used_is_refused_by_the_provider_too(
    provider: RealProvider, partners: Office
) -> None:
    a_counsellor(provider, "replayed")
    traveller = Traveller()
    back = traveller.says_who(traveller.sets_out(), "replayed")
    before = {**traveller.here.session}
    traveller.comes_back(back)
    again = Traveller()
    again.sets_out()
    session = again.here.session
    session[UNDER_WAY] = before[UNDER_WAY]
    session.save()

    assert "meldde u niet aan" in text(again.comes_back(back))
    assert not signed_in(again)


def test_who_breaks_off_is_told_how_to_begin_again(provider: RealProvider, partners: Office) -> None:
    traveller = Traveller()
    page = traveller.comes_back(traveller.says_who(traveller.sets_out(), None))
    assert "brak het aanmelden af" in text(page)
    assert not signed_in(traveller)


def test_a_sign_in_that_takes_too_long_begins_again(
    provider: RealProvider, partners: Office, time: Clock
) -> None:
    a_counsellor(provider, "slow")
    traveller = Traveller()
    back = traveller.says_who(traveller.sets_out(), "slow")
    time.ahead = timedelta(minutes=16)
    assert traveller.comes_back(back).status_code == 403


def test_the_session_is_a_new_one_and_holds_nothing_of_the_one_before(
    provider: RealProvider, partners: Office
) -> None:
    a_counsellor(provider, "fresh")
    traveller = Traveller()
    back = traveller.says_who(traveller.sets_out(), "fresh")
    before = traveller.here.session.session_key
    traveller.comes_back(back)

    assert traveller.here.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()
    assert UNDER_WAY not in traveller.here.session
