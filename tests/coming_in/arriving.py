"""Who arrives from the real provider, and what they see."""

import re
from typing import Any

from inzage.partners.models import Person
from tests.coming_in.real import RealProvider, Traveller
from tests.portal.reading import goes_to, markup

WERKPAD, LEERHUIS = "0403019261", "0428315871"


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
