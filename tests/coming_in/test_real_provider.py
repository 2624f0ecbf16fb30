"""With a real provider beside us: there and back, wrong turns, and out again at both ends."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.contrib.sessions.models import Session
from pytest_django import Settings

from inzage.dossiers.models import Client, ClientAccount, Dossier
from inzage.partners import people
from inzage.partners.models import Membership, Partner, Person, PersonVersion, SignIn
from inzage.partners.people import close_access, open_access
from inzage.portal import clock
from inzage.portal.coming_in.own_session import UNDER_WAY
from inzage.rules.days import day_of
from tests.coming_in.conftest import VDAB, Clock
from tests.coming_in.real import RealProvider, Traveller
from tests.portal.office import Office, a_dossier, a_person, a_right, origin
from tests.portal.reading import goes_to, markup, opens, text

pytestmark = pytest.mark.issuer
WERKPAD, LEERHUIS = "0403019261", "0428315871"
PASSWORD = "urn:be:vlaanderen:authmech:csampassword"


@pytest.fixture
def partners(office: Office) -> Office:
    """Both organisations with their KBO numbers, and a right that stands today."""
    for unit, number in ((office.own, WERKPAD), (office.other, LEERHUIS)):
        unit.partner = Partner.objects.create(kbo_number=number, name=unit.name)
        unit.save()
    a_right(office.anna, office.own, on=day_of(clock.now()))
    return office


def a_counsellor(provider: RealProvider, sub: str, code: str = WERKPAD, **claims: Any) -> str:
    """Somebody whom the provider lets in for an organisation, with a right for both."""
    told = {
        "given_name": "Nele",
        "family_name": "Nieuwkomer",
        "vo_doelgroepcode": "EA",
        "vo_orgcode": code,
        "vo_orgnaam": "Werkpad vzw",
        "inzage_rol_3d": [f"InzageBegeleider-begeleiding:{WERKPAD},{LEERHUIS}"],
    }
    return provider.knows(sub, **{**told, **claims})


def nele(provider: RealProvider, sub: str) -> Person:
    """The person behind that subject."""
    return Person.objects.get(issuer=provider.issuer, subject=sub)


def said(response: object) -> str:
    """The heading of the page."""
    (heading,) = re.findall(r"<h1>(.*?)</h1>", markup(response))
    return str(heading)


def signed_in(traveller: Traveller) -> bool:
    """Whether our first page sends the browser on to work, and not to the sign-in page."""
    return "aanmelden" not in goes_to(traveller.here.get("/"))


def test_a_counsellor_nobody_knew_comes_in_and_belongs_to_no_unit_yet(
    provider: RealProvider, partners: Office
) -> None:
    traveller = Traveller()
    assert goes_to(traveller.signs_in(a_counsellor(provider, "new"), "/berichten/")) == "/berichten/"

    page = traveller.here.get("/dossiers/", follow=True)
    assert "U meldde zich aan voor Werkpad vzw, en bent daar nog aan geen eenheid gekoppeld" in text(page)
    person = nele(provider, "new")
    assert (person.name, person.role, person.role_kept_here) == ("Nele Nieuwkomer", "counsellor", False)
    version = PersonVersion.objects.get(person=person)
    assert (version.recorded_by, version.source) == (person.signature, "oidc")


def test_somebody_of_two_organisations_sees_the_dossiers_of_the_one_of_this_sign_in(
    provider: RealProvider, partners: Office
) -> None:
    a_counsellor(provider, "two")
    Traveller().signs_in("two")
    for unit in (partners.own, partners.other):
        Membership.objects.create(person=nele(provider, "two"), unit=unit)

    for code, may in ((WERKPAD, True), (LEERHUIS, False), (WERKPAD, True)):
        a_counsellor(provider, "two", code)
        traveller = Traveller()
        traveller.signs_in("two")
        assert opens(traveller.here, partners.anna) is may
        assert traveller.here.post("/organisatie/", {"unit": "OE2" if may else "OE1"}).status_code == 404
    assert Person.objects.filter(issuer=provider.issuer).count() == 1


def test_a_member_of_another_organisation_only_than_this_sign_ins_sees_nothing(
    provider: RealProvider, partners: Office
) -> None:
    a_counsellor(provider, "other", LEERHUIS)
    traveller = Traveller()
    traveller.signs_in("other")
    Membership.objects.create(person=nele(provider, "other"), unit=partners.own)

    assert not opens(traveller.here, partners.anna)


def test_a_right_for_another_organisation_than_this_sign_ins_gives_no_role(
    provider: RealProvider, partners: Office
) -> None:
    a_counsellor(provider, "right-elsewhere", inzage_rol_3d=f"InzageBegeleider-x:{LEERHUIS}")
    assert said(Traveller().signs_in("right-elsewhere")) == "U hebt hier nog geen rol"
    assert not Person.objects.filter(issuer=provider.issuer).exists()


def test_a_school_is_known_by_its_school_number(provider: RealProvider, partners: Office) -> None:
    partners.school.organisation_code = "034561"
    partners.school.save()
    rights = "InzageBegeleider-school:034561"
    a_counsellor(provider, "school", "034561", vo_doelgroepcode="OV", inzage_rol_3d=rights)
    traveller = Traveller()
    traveller.signs_in("school")
    Membership.objects.create(person=nele(provider, "school"), unit=partners.school)

    assert traveller.here.get("/leerlingen/").status_code == 200


@pytest.mark.parametrize(
    ("code", "rights", "lands"),
    [
        (VDAB, f"InzageBemiddelaar-x:{VDAB}", "/formulieren/"),
        (WERKPAD, f"InzageBemiddelaar-x:{WERKPAD}", "U hebt hier nog geen rol"),
        (VDAB, f"InzageBemiddelaar-x:{WERKPAD}", "U hebt hier nog geen rol"),
    ],
)
def test_a_mediator_is_somebody_who_signs_in_for_vdab(
    provider: RealProvider, partners: Office, code: str, rights: str, lands: str
) -> None:
    a_counsellor(provider, "mira", code, vo_doelgroepcode="GID", inzage_rol_3d=rights)
    traveller = Traveller()
    response = traveller.signs_in("mira")

    assert (goes_to(traveller.here.get("/")) if response.status_code == 302 else said(response)) == lands


def test_a_client_comes_in_by_insz_number_and_sees_no_dossier_page_of_partners(
    provider: RealProvider, partners: Office
) -> None:
    client = partners.anna.client
    provider.knows(
        "anna", given_name="Anna", family_name="Verzinsel", vo_doelgroepcode="BUR", rrn=client.insz
    )
    traveller = Traveller()
    assert traveller.signs_in("anna").status_code == 302

    account = ClientAccount.objects.get(person=nele(provider, "anna"))
    assert (account.client, account.person.role) == (client, "client")
    assert traveller.here.get(f"/dossiers/{partners.anna.reference}/").status_code == 403


@pytest.mark.parametrize(
    ("rrn", "heading"),
    [
        ("", "Wij kennen uw rijksregisternummer niet"),
        ("85073099932", "Wij vinden geen dossier"),
        ("twice", "Uw dossier staat dubbel"),
    ],
)
def test_a_citizen_who_is_no_client_or_two_is_told_so_and_let_in_nowhere(
    provider: RealProvider, partners: Office, rrn: str, heading: str
) -> None:
    if rrn == "twice":
        rrn = partners.anna.client.insz
        twin = Client.objects.create(client_number="K-TWIN", insz=rrn, family_name="V", given_name="A")
        Dossier.objects.create(client=twin)
    provider.knows("citizen", family_name="Burger", vo_doelgroepcode="BUR", **({"rrn": rrn} if rrn else {}))
    traveller = Traveller()

    assert said(traveller.signs_in("citizen")) == heading
    assert not signed_in(traveller)
    assert not Person.objects.filter(issuer=provider.issuer).exists()


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


def test_name_and_role_are_those_of_the_last_sign_in_and_older_sessions_with_another_role_end(
    provider: RealProvider, partners: Office
) -> None:
    a_counsellor(provider, "changes")
    before, beside = Traveller(), Traveller()
    before.signs_in("changes")
    beside.signs_in("changes")
    a_counsellor(provider, "changes", VDAB, family_name="Anders", inzage_rol_3d=f"inzagebemiddelaar:{VDAB}")
    assert signed_in(before)
    traveller = Traveller()
    traveller.signs_in("changes")

    person = nele(provider, "changes")
    assert (person.name, person.role) == ("Nele Anders", "mediator")
    assert (signed_in(traveller), signed_in(before), signed_in(beside)) == (True, False, False)
    assert [version.role for version in PersonVersion.objects.order_by("pk")] == ["counsellor", "mediator"]


def test_a_role_that_is_kept_here_is_not_the_providers_to_change_and_counts_for_vdab_only(
    provider: RealProvider, partners: Office
) -> None:
    Person.objects.create(
        issuer=provider.issuer, subject="ada", name="Ada", role="administrator", role_kept_here=True
    )
    a_counsellor(provider, "ada", VDAB, inzage_rol_3d=f"InzageBemiddelaar-x:{VDAB}")
    traveller = Traveller()
    traveller.signs_in("ada")
    assert signed_in(traveller)
    assert nele(provider, "ada").role == "administrator"

    a_counsellor(provider, "ada", WERKPAD)
    assert said(Traveller().signs_in("ada")) == "U komt nu voor iemand anders"
    a_counsellor(provider, "ada", "")
    assert said(Traveller().signs_in("ada")) == "U komt nu voor iemand anders"
    a_counsellor(provider, "ada", "", vo_doelgroepcode="BUR", rrn=partners.anna.client.insz)
    assert Traveller().signs_in("ada").status_code == 302
    assert people.at_work(provider.issuer, "ada").get().role == "administrator"


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
