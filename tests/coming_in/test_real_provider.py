"""With a real provider beside us: who comes in, and as what."""

import pytest

from inzage.dossiers.models import Client, ClientAccount, Dossier
from inzage.partners import people
from inzage.partners.models import Membership, Person, PersonVersion
from tests.coming_in.arriving import LEERHUIS, WERKPAD, a_counsellor, nele, said, signed_in
from tests.coming_in.conftest import VDAB
from tests.coming_in.real import RealProvider, Traveller
from tests.portal.office import Office
from tests.portal.reading import goes_to, opens, text

pytestmark = pytest.mark.issuer


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
