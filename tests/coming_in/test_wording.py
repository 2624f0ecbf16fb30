"""The claims of ACM, read: whose they are, for which organisation, with which role, and with every near miss."""

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from inzage.adapters.oidc.wording import House, Right, identity_in, rights_in
from inzage.partners.identities import Organisation
from inzage.partners.models import Person

Role = Person.Role
VDAB, WERKPAD, LEERHUIS = "OVO000001", "0403019261", "0428315871"
ROLES = {
    "inzagebegeleider": "counsellor",
    "inzagebemiddelaar": "mediator",
    "inzagegebruikersbeheerder": "administrator",
}
HOUSE = House("inzage", ROLES, frozenset({VDAB}))
WHO = {"iss": "https://issuer.example", "sub": "s-1", "given_name": "Nele", "family_name": "Nieuwkomer"}
NAMES = some.text(string.ascii_letters, min_size=1, max_size=12)
CODES = some.text(string.ascii_uppercase + string.digits, min_size=1, max_size=10)


def told(**claims: Any) -> dict[str, Any]:
    """What the provider says of somebody of Werkpad with its right."""
    at_first = {"vo_doelgroepcode": "EA", "vo_orgcode": WERKPAD, "vo_orgnaam": "Werkpad vzw"}
    return {**WHO, **at_first, "inzage_rol_3d": f"InzageBegeleider-x:{WERKPAD}", **claims}


def test_somebody_of_a_partner_comes_for_that_partner() -> None:
    identity = identity_in(told(sid="session-1", rrn="85073099932"), HOUSE)
    assert identity == (
        *("https://issuer.example", "s-1", "session-1", "Nele Nieuwkomer", Role.COUNSELLOR),
        *(Organisation(WERKPAD, "Werkpad vzw"), False, ""),
    )


@pytest.mark.parametrize(
    ("rights", "role"),
    [
        (f"InzageBegeleider-x:{WERKPAD}", Role.COUNSELLOR),
        ([f"InzageBegeleider-x:{WERKPAD}"], Role.COUNSELLOR),
        (f"INZAGEBEGELEIDER-x:{WERKPAD}", Role.COUNSELLOR),
        (f"InzageBegeleider:{WERKPAD}", Role.COUNSELLOR),
        (f"InzageBegeleider-x-y:{WERKPAD}", Role.COUNSELLOR),
        (f"InzageBegeleider-x:{LEERHUIS}, {WERKPAD}", Role.COUNSELLOR),
        ("InzageBegeleider-x:0403.019.261", Role.COUNSELLOR),
        (["other", 7, None, f"InzageBegeleider-x:{WERKPAD}"], Role.COUNSELLOR),
        (f"InzageBegeleider-x:{LEERHUIS}", None),
        (f"InzageBegeleider-x:{WERKPAD}0", None),
        ("InzageBegeleider-x:", None),
        ("InzageBegeleider-x", None),
        (f"InzageBegeleiders-x:{WERKPAD}", None),
        (f"Begeleider-x:{WERKPAD}", None),
        (f"-InzageBegeleider:{WERKPAD}", None),
        (f"InzageBemiddelaar-x:{WERKPAD}", None),
        (f"InzageGebruikersbeheerder-x:{WERKPAD}", None),
        ([], None),
        ({}, None),
        (7, None),
        ("", None),
    ],
    ids=str,
)
def test_a_right_gives_its_role_for_the_organisation_of_this_sign_in_alone(
    rights: object, role: Role | None
) -> None:
    assert identity_in(told(inzage_rol_3d=rights), HOUSE).role == role


@pytest.mark.parametrize(
    ("claim", "counts"),
    [
        ("inzage_rol_3d", True),
        ("inzage_rol_3D", True),
        ("INZAGE_ROL_3D", True),
        ("inzage_rol_2d", False),
        ("other_rol_3d", False),
        ("xinzage_rol_3d", False),
    ],
)
def test_the_role_claim_is_ours_whatever_its_capitals(claim: str, counts: bool) -> None:
    claims = told(
        inzage_rol_3d=[], **{} if claim == "inzage_rol_3d" else {claim: f"InzageBegeleider-x:{WERKPAD}"}
    )
    if claim == "inzage_rol_3d":
        claims = told()
    assert (identity_in(claims, HOUSE).role is not None) is counts


def test_a_role_at_vdab_takes_a_sign_in_for_vdab_and_of_several_the_first_that_is_configured_counts() -> None:
    rights = [f"InzageGebruikersbeheerder-x:{VDAB}", f"InzageBemiddelaar-x:{VDAB},{WERKPAD}"]
    at_home = identity_in(told(vo_doelgroepcode="GID", vo_orgcode="ovo000001", inzage_rol_3d=rights), HOUSE)
    assert (at_home.role, at_home.at_home) == (Role.MEDIATOR, True)
    elsewhere = identity_in(told(inzage_rol_3d=rights), HOUSE)
    assert (elsewhere.role, elsewhere.at_home) == (None, False)


@pytest.mark.parametrize(
    ("claims", "insz"),
    [
        ({"rrn": "85073099932"}, "85073099932"),
        ({"rrn": "85.07.30-999.32"}, "85073099932"),
        ({"rrn": "85473099921"}, "85473099921"),
        ({"rrn": "85073099933"}, ""),
        ({"rrn": "8507309993"}, ""),
        ({"rrn": 85073099932}, ""),
        ({"rrn": None}, ""),
        ({}, ""),
    ],
    ids=str,
)
@pytest.mark.parametrize("group", ["BUR", "bur"])
def test_a_citizen_is_known_by_insz_number_and_has_no_organisation(
    claims: dict[str, Any], insz: str, group: str
) -> None:
    identity = identity_in(told(vo_doelgroepcode=group, vo_orgcode=VDAB, **claims), HOUSE)
    assert (identity.role, identity.insz, identity.organisation) == (Role.CLIENT, insz, None)
    assert not identity.at_home


@pytest.mark.parametrize("group", ["EA", "OV", "BURGER", "", None, 7])
def test_nobody_else_becomes_a_client_by_an_insz_number(group: object) -> None:
    identity = identity_in(told(vo_doelgroepcode=group, rrn="85073099932"), HOUSE)
    assert (identity.role, identity.insz) == (Role.COUNSELLOR, "")


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({}, "Nele Nieuwkomer"),
        ({"given_name": None}, "Nieuwkomer"),
        ({"given_name": None, "family_name": None, "name": "N. N."}, "N. N."),
        ({"given_name": " Nele\n ", "family_name": "van\tder\x00 Bedacht"}, "Nele van der Bedacht"),
        ({"given_name": ["Nele"], "family_name": ""}, ""),
        ({"given_name": "N" * 300}, "N" * 200),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_name_is_one_line_that_fits(claims: dict[str, Any], name: str) -> None:
    assert identity_in(told(**claims), HOUSE).name == name


def test_without_an_organisation_there_is_no_role_and_none_at_home() -> None:
    for code in ("", " ", None, 7):
        identity = identity_in(told(vo_orgcode=code), HOUSE)
        assert (identity.role, identity.organisation, identity.at_home) == (None, None, False)


@given(NAMES, some.none() | NAMES, some.lists(CODES, min_size=1, max_size=5), some.booleans())
def test_what_is_written_as_acm_writes_it_is_read_back(
    name: str, context: str | None, codes: list[str], spaced: bool
) -> None:
    written = f"{name}{'' if context is None else '-' + context}:{(', ' if spaced else ',').join(codes)}"
    assert rights_in({"inzage_rol_3d": written}, "inzage") == [Right(name, context or "", frozenset(codes))]


@given(some.recursive(some.none() | some.booleans() | some.integers() | some.text(), some.lists))
def test_whatever_stands_in_the_claim_nobody_gets_a_role_for_a_code_that_is_not_in_it(value: object) -> None:
    code = "9" * 30
    identity = identity_in(told(vo_orgcode=code, inzage_rol_3d=value), HOUSE)
    assert identity.role is None or code in repr(value)
