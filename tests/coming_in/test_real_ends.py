"""With a real provider beside us: out again at both ends, and every other end of a session."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from inzage.partners.models import Membership, Person, SignIn
from inzage.partners.people import close_access, open_access
from tests.coming_in.arriving import a_counsellor, nele, said, signed_in
from tests.coming_in.conftest import Clock
from tests.coming_in.real import RealProvider, Traveller
from tests.portal.office import Office, a_dossier, a_person, origin
from tests.portal.reading import opens, text

pytestmark = pytest.mark.issuer


def test_signing_out_goes_on_to_the_provider_and_comes_back_signed_out_at_both_ends(
    provider: RealProvider, partners: Office
) -> None:
    a_counsellor(provider, "leaves")
    traveller = Traveller()
    traveller.signs_in("leaves")
    page = traveller.here.post("/afmelden/")
    refresh = page.headers["Refresh"]
    assert page.status_code == 200
    assert not signed_in(traveller)
    assert partners.anna.client.insz not in refresh
    assert "id_token" not in refresh

    end = urlsplit(traveller.signs_out_there(refresh.removeprefix("0; url=")))
    assert said(traveller.here.get(end.path)) == "U bent afgemeld"
    asked_again = traveller.there.get(traveller.sets_out(), follow_redirects=True)
    assert 'name="login"' in asked_again.text


def test_when_the_provider_says_so_the_sessions_of_that_sign_in_end_and_no_others(
    provider: RealProvider, partners: Office
) -> None:
    a_counsellor(provider, "told")
    a_counsellor(provider, "somebody-else")
    here, elsewhere, other = Traveller(), Traveller(), Traveller()
    for traveller, login in ((here, "told"), (elsewhere, "told"), (other, "somebody-else")):
        traveller.signs_in(login)
    provider.heard.tokens.clear()
    here.signs_out_there(f"{provider.issuer}/session/end?client_id=inzage")
    (token,) = provider.heard.tokens

    assert signed_in(here)
    assert here.here.post("/afmelden/van-elders/", {"logout_token": token}).status_code == 200
    assert (signed_in(here), signed_in(elsewhere), signed_in(other)) == (False, True, True)
    assert SignIn.objects.count() == 2
    here.signs_in("told")
    assert here.here.post("/afmelden/van-elders/", {"logout_token": token}).status_code == 400
    assert signed_in(here)


@pytest.mark.parametrize(("minutes", "still"), [(29, True), (30, False), (31, False)])
def test_a_session_ends_when_nothing_was_done_for_half_an_hour(
    provider: RealProvider, partners: Office, time: Clock, minutes: int, still: bool
) -> None:
    a_counsellor(provider, "idle")
    traveller = Traveller()
    traveller.signs_in("idle")
    time.ahead = timedelta(minutes=minutes)

    assert signed_in(traveller) is still
    assert ("30 minuten lang niets" in text(traveller.here.get("/aanmelden/"))) is not still


def test_a_session_ends_after_a_days_work_however_busy_it_was(
    provider: RealProvider, partners: Office, time: Clock
) -> None:
    a_counsellor(provider, "busy")
    traveller = Traveller()
    traveller.signs_in("busy")
    for minutes in range(0, 8 * 60, 20):
        time.ahead = timedelta(minutes=minutes)
        assert signed_in(traveller)
    time.ahead = timedelta(hours=8)

    assert not signed_in(traveller)
    assert "ten hoogste 8 uur" in text(traveller.here.get("/aanmelden/"))


def test_an_account_that_is_closed_ends_its_sessions_for_good(
    provider: RealProvider, partners: Office
) -> None:
    ada = a_person("Ada", Person.Role.ADMINISTRATOR)
    a_counsellor(provider, "closed")
    traveller = Traveller()
    traveller.signs_in("closed")
    person = nele(provider, "closed")
    close_access(person.pk, by=ada, origin=origin())
    assert not signed_in(traveller)
    assert said(traveller.signs_in("closed")) == "Uw toegang is afgesloten"

    open_access(person.pk, by=ada, origin=origin())
    assert not signed_in(traveller)
    traveller.signs_in("closed")
    assert signed_in(traveller)


def test_another_dossier_of_the_same_unit_stays_closed_after_all_this(
    provider: RealProvider, partners: Office
) -> None:
    a_counsellor(provider, "last")
    traveller = Traveller()
    traveller.signs_in("last")
    Membership.objects.create(person=nele(provider, "last"), unit=partners.own)

    assert opens(traveller.here, partners.anna)
    assert not opens(traveller.here, a_dossier("Bert", "Bedacht"))
