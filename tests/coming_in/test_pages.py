"""The pages around signing in, with a provider that answers at once: what they say, and when sessions end."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django import Settings

from inzage.dossiers.models import ClientAccount
from inzage.partners.identities import Doubt, NotBelieved, SignOut
from inzage.partners.models import Person, SignIn, UsedLogoutToken
from inzage.partners.sessions import KEPT, UsedBefore, end_at_providers_word
from inzage.portal import clock
from inzage.portal.checks import people_can_sign_in
from inzage.portal.coming_in.letting_in import Turned
from inzage.portal.coming_in.own_session import MOST_UNDER_WAY, UNDER_WAY
from tests.coming_in.conftest import Clock
from tests.coming_in.pretending import CARLA, ISSUER, Pretending
from tests.coming_in.travelling import in_by, is_in, provider, state_of
from tests.portal.office import Office, a_dossier, a_person
from tests.portal.reading import goes_to, markup, text

__all__ = ["provider"]


def test_the_sign_in_page_leads_to_the_provider_and_keeps_the_page_that_was_wanted(
    provider: Pretending,
) -> None:
    browser = Browser()
    wanted = goes_to(browser.get("/berichten/?na=1"))
    page = markup(browser.get(wanted))
    assert 'href="/aanmelden/begin/?next=%2Fberichten%2F%3Fna%3D1"' in page
    assert goes_to(in_by(browser, "/berichten/?na=1")) == "/berichten/?na=1"
    assert "http://127.0.0.1:8000/aanmelden/terug/" in provider.heard


@pytest.mark.parametrize("going", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:1"])
def test_after_signing_in_one_is_never_sent_elsewhere(provider: Pretending, going: str) -> None:
    assert goes_to(in_by(Browser(), going)) == "/"


def test_without_a_provider_the_page_says_so_and_there_is_nothing_to_begin(
    settings: Settings, office: Office
) -> None:
    assert "Aanmelden kan nu niet" in text(Browser().get("/aanmelden/"))
    assert Browser().get("/aanmelden/begin/").status_code == 404
    assert Browser().post("/afmelden/van-elders/", {"logout_token": "a b c"}).status_code == 404
    assert [warning.id for warning in people_can_sign_in()] == ["inzage.W001"]
    settings.OIDC_ISSUER, settings.OIDC_OWN_CODES = ISSUER, frozenset()
    assert [warning.id for warning in people_can_sign_in()] == ["inzage.W002"]
    settings.OIDC_OWN_CODES = frozenset({"OVO000001"})
    assert people_can_sign_in() == []
    settings.OIDC_ISSUER, settings.DEMO = "", True
    assert people_can_sign_in() == []


@pytest.mark.parametrize("doubt", list(Doubt))
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_each_doubt_has_a_page_in_each_language_that_says_how_to_begin_again(
    provider: Pretending, doubt: Doubt, language: str
) -> None:
    browser = Browser(HTTP_ACCEPT_LANGUAGE=language)
    state = state_of(browser.get("/aanmelden/begin/"))
    provider.doubt = NotBelieved(doubt, "a problem")
    for response in (browser.get("/aanmelden/begin/"), browser.get("/aanmelden/terug/", {"state": state})):
        assert response.status_code == (503 if doubt is Doubt.AWAY else 403)
        assert f'<html lang="{language}">' in markup(response)
        assert 'href="/aanmelden/"' in markup(response)
        assert "a problem" not in text(response)
    assert not Person.objects.filter(issuer=ISSUER).exists()


@pytest.mark.parametrize("turned", list(Turned))
def test_nobody_who_is_turned_away_gets_a_session_and_the_page_says_what_to_do(
    provider: Pretending, office: Office, turned: Turned
) -> None:
    citizen = CARLA._replace(role=Person.Role.CLIENT, organisation=None)
    insz = office.anna.client.insz
    if turned is Turned.SEVERAL_CLIENTS:
        twin = a_dossier().client
        twin.insz = insz
        twin.save()
    Person.objects.create(
        issuer=ISSUER,
        subject="known",
        name="K",
        role="administrator",
        role_kept_here=True,
        is_active=turned is not Turned.CLOSED,
    )
    provider.identity = {
        Turned.NO_ROLE: CARLA._replace(role=None),
        Turned.CLOSED: CARLA._replace(subject="known"),
        Turned.OTHER_ORGANISATION: CARLA._replace(subject="known"),
        Turned.NO_INSZ: citizen,
        Turned.NO_CLIENT: citizen._replace(insz="85073099932"),
        Turned.SEVERAL_CLIENTS: citizen._replace(insz=insz),
    }[turned]
    browser, before = Browser(), Person.objects.count()
    response = in_by(browser)

    assert response.status_code == 403
    assert "vraag" in text(response).lower() or "opnieuw aan" in text(response)
    assert insz not in text(response)
    assert not is_in(browser)
    assert (Person.objects.count(), ClientAccount.objects.count(), SignIn.objects.count()) == (before, 0, 0)


def test_a_client_whose_insz_number_moved_to_another_client_number_follows_it(
    provider: Pretending, office: Office
) -> None:
    first, second = office.anna.client, a_dossier().client
    for client in (first, second):
        citizen = CARLA._replace(role=Person.Role.CLIENT, organisation=None, insz=client.insz)
        provider.identity = citizen
        in_by(Browser())
        assert ClientAccount.objects.get().client == client


def test_of_sign_ins_begun_in_many_tabs_the_last_ones_count(provider: Pretending) -> None:
    browser = Browser()
    states = [state_of(browser.get("/aanmelden/begin/")) for _ in range(MOST_UNDER_WAY + 1)]
    assert list(browser.session[UNDER_WAY]) == states[1:]
    assert browser.get("/aanmelden/terug/", {"state": states[0]}).status_code == 403
    assert browser.get("/aanmelden/terug/", {"state": states[1]}).status_code == 302


@pytest.mark.parametrize("found", [None, NotBelieved(Doubt.AWAY, "away")])
def test_where_the_provider_has_no_way_to_sign_out_one_is_signed_out_here(
    provider: Pretending, found: NotBelieved | None
) -> None:
    browser = Browser()
    in_by(browser)
    provider.sign_out, provider.doubt = None, found
    assert goes_to(browser.post("/afmelden/")) == "/afgemeld/"
    assert "U bent afgemeld" in text(browser.get("/afgemeld/"))
    assert not is_in(browser)
    assert not SignIn.objects.exists()


def test_signing_out_leads_on_without_javascript_and_with_a_link(provider: Pretending) -> None:
    browser = Browser()
    in_by(browser)
    page = browser.post("/afmelden/")
    assert page.headers["Refresh"] == f"0; url={provider.sign_out}"
    assert f'href="{provider.sign_out}"' in markup(page)
    assert "issuer.example" in text(page)


def test_the_providers_word_ends_a_session_a_person_or_nothing_and_works_once(provider: Pretending) -> None:
    def comes_in(subject: str, sid: str) -> Browser:
        provider.identity = CARLA._replace(subject=subject, session_id=sid)
        browser = Browser()
        in_by(browser)
        return browser

    def told(token: str) -> int:
        return Browser().post("/afmelden/van-elders/", {"logout_token": token}).status_code

    one, two, other = comes_in("s-1", "sid-1"), comes_in("s-1", "sid-2"), comes_in("s-2", "sid-1")
    assert told("s-1 sid-9 a") == told("s-9 sid-1 b") == 200
    assert [is_in(browser) for browser in (one, two, other)] == [True, True, True]
    assert told("s-1 sid-1 c") == 200
    assert [is_in(browser) for browser in (one, two, other)] == [False, True, True]
    assert told("s-1  d") == 200
    assert [is_in(browser) for browser in (one, two, other)] == [False, False, True]
    again = comes_in("s-1", "sid-1")
    assert told("s-1 sid-1 c") == 400
    assert is_in(again)
    assert told(" sid-1 e") == 200
    assert [is_in(browser) for browser in (again, other)] == [False, False]


@pytest.mark.parametrize(("doubt", "status"), [(Doubt.NOT_OURS, 400), (Doubt.AWAY, 503)])
def test_a_word_that_is_not_believed_ends_nothing(provider: Pretending, doubt: Doubt, status: int) -> None:
    browser = Browser()
    in_by(browser)
    provider.doubt = NotBelieved(doubt, "a problem")
    response = Browser().post("/afmelden/van-elders/", {"logout_token": "s-1 sid-1 a"})
    assert (response.status_code, response.headers["Cache-Control"]) == (status, "no-store")
    assert Browser().get("/afmelden/van-elders/").status_code == 405
    provider.doubt = None
    assert is_in(browser)


def test_the_id_of_a_logout_token_is_kept_as_long_as_it_could_be_believed(office: Office) -> None:
    noon = datetime(2026, 3, 2, 11, tzinfo=UTC)
    told = SignOut(ISSUER, "s-1", "", "a", noon)
    end_at_providers_word(told)
    with pytest.raises(UsedBefore):
        end_at_providers_word(told._replace(at=noon + KEPT))
    end_at_providers_word(told._replace(issuer="https://other.example"))
    end_at_providers_word(told._replace(token_id="b", at=noon + KEPT + timedelta(seconds=1)))
    assert list(UsedLogoutToken.objects.values_list("token_id", flat=True)) == ["b"]


def test_being_there_is_written_down_once_a_minute(provider: Pretending, time: Clock) -> None:
    browser = Browser()
    in_by(browser)
    browser.get("/organisatie/")

    def writes() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/organisatie/").status_code == 200
        return [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]

    assert writes() == []
    time.ahead = timedelta(seconds=61)
    assert len(writes()) == 1
    assert writes() == []


@pytest.mark.parametrize("setting", ["SESSION_IDLE_MINUTES", "SESSION_HOURS"])
def test_both_limits_are_settings_and_hold_for_the_demo_too(
    office: Office, settings: Settings, time: Clock, setting: str
) -> None:
    settings.DEMO = True
    settings.SESSION_IDLE_MINUTES = 120
    setattr(settings, setting, 60 if setting == "SESSION_IDLE_MINUTES" else 1)
    browser = Browser()
    browser.post("/aanmelden/", {"person": "Carla"})
    time.ahead = timedelta(minutes=59)
    if setting == "SESSION_HOURS":
        assert is_in(browser)
    time.ahead = timedelta(minutes=60)
    assert not is_in(browser)
    assert "Uw sessie is afgelopen" in text(browser.get("/aanmelden/"))
    assert "Uw sessie is afgelopen" not in text(browser.get("/aanmelden/"))


def test_a_session_that_is_ended_while_a_page_is_under_way_is_not_written_again(
    provider: Pretending, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser()
    in_by(browser)

    def now() -> datetime:
        Session.objects.all().delete()
        return datetime.now(UTC) + timedelta(minutes=5)

    monkeypatch.setattr(clock, "now", now)
    assert not is_in(browser)
    assert not Session.objects.exists()


def test_a_stranger_has_no_session_at_all(office: Office) -> None:
    browser = Browser()
    for page in ("/", "/aanmelden/", "/afgemeld/"):
        browser.get(page)
    assert not Session.objects.exists()


def test_a_member_of_staff_whose_access_was_closed_reads_so_in_the_own_language(
    provider: Pretending,
) -> None:
    a_person("Iemand", Person.Role.OPERATOR)
    Person.objects.create(issuer=ISSUER, subject="s-1", name="C", role="operator", is_active=False)
    with translation.override("fr"):
        page = text(in_by(Browser(HTTP_ACCEPT_LANGUAGE="fr")))
    assert "Votre accès est fermé" in page
