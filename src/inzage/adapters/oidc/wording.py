"""The claims of ACM/IDM, read as who somebody is and for whom he or she comes."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from stdnum.be import ssn

from inzage.partners.identities import Identity, Organisation
from inzage.partners.models import Person

CITIZEN = "BUR"
SEPARATORS = re.compile(r"[\s.\-/]")
LONGEST_NAME = 200
AT_PARTNERS = {Person.Role.COUNSELLOR}
"""Every other role is one at VDAB."""


class Right(NamedTuple):
    """A right that somebody has for some organisations, by their codes."""

    name: str
    context: str
    codes: frozenset[str]


class House(NamedTuple):
    """Our name in the role claim, what each right stands for, in the order that counts, and VDAB's own codes."""

    app: str
    roles: Mapping[str, str]
    own_codes: frozenset[str]


def identity_in(claims: Mapping[str, Any], house: House) -> Identity:
    """What the claims of an ID token say of whoever signed in."""
    organisation = _organisation(claims)
    at_home = organisation is not None and organisation.code in house.own_codes
    is_citizen = _text(claims, "vo_doelgroepcode").upper() == CITIZEN
    role = Person.Role.CLIENT if is_citizen else _role(claims, organisation, house, at_home=at_home)
    return Identity(
        issuer=claims["iss"],
        subject=claims["sub"],
        session_id=claims.get("sid", ""),
        name=_name(claims),
        role=role,
        organisation=None if is_citizen else organisation,
        at_home=at_home and not is_citizen,
        insz=_insz(claims) if is_citizen else "",
    )


def rights_in(claims: Mapping[str, Any], app: str) -> list[Right]:
    """The rights in `<app>_rol_3d`, whatever its capitals; it holds one text or several."""
    return [
        right
        for name, value in claims.items()
        if name.lower() == f"{app}_rol_3d"
        for text in (value if isinstance(value, list) else [value])
        if (right := _right(text))
    ]


def _right(text: object) -> Right | None:
    """`Right-context:code,code`; the context may be missing, the codes may not."""
    if not isinstance(text, str):
        return None
    what, _, codes = text.partition(":")
    name, _, context = what.partition("-")
    known = frozenset(code for part in codes.split(",") if (code := code_of(part)))
    return Right(name.strip(), context.strip(), known) if name.strip() and known else None


def code_of(text: str) -> str:
    """A code as it is compared: without points, dashes and spaces, in capitals."""
    return SEPARATORS.sub("", text).upper()


def _role(
    claims: Mapping[str, Any], organisation: Organisation | None, house: House, *, at_home: bool
) -> Person.Role | None:
    """The role for the organisation of this sign-in: a right for another gives nothing, nor one of VDAB elsewhere."""
    if organisation is None:
        return None
    names = {right.name.lower() for right in rights_in(claims, house.app) if organisation.code in right.codes}
    return next(
        _allowed((Person.Role(role) for name, role in house.roles.items() if name in names), at_home), None
    )


def _allowed(roles: Iterator[Person.Role], at_home: bool) -> Iterator[Person.Role]:
    return (role for role in roles if at_home or role in AT_PARTNERS)


def _organisation(claims: Mapping[str, Any]) -> Organisation | None:
    code = code_of(_text(claims, "vo_orgcode"))
    return Organisation(code, _text(claims, "vo_orgnaam") or code) if code else None


def _insz(claims: Mapping[str, Any]) -> str:
    number = SEPARATORS.sub("", _text(claims, "rrn"))
    return number if len(number) == 11 and ssn.is_valid(number) else ""


def _name(claims: Mapping[str, Any]) -> str:
    parts = [_text(claims, "given_name"), _text(claims, "family_name")]
    return (" ".join(filter(None, parts)) or _text(claims, "name"))[:LONGEST_NAME].strip()


def _text(claims: Mapping[str, Any], name: str) -> str:
    """A claim as one line of text; empty where it is none."""
    value = claims.get(name, "")
    if not isinstance(value, str):
        return ""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())
