"""The settings of signing in, as the environment has them (docs/operations.md). A wrong one is named."""

import os
import re

from django.core.exceptions import ImproperlyConfigured

from inzage.project.environment import issuer_and_audience, text_of

WITHOUT_ROLES = (
    "InzageBegeleider=counsellor InzageBemiddelaar=mediator InzageBrussel=brussels_desk "
    "InzageRegelbeheerder=rule_manager InzageGegevensbescherming=protection InzageSysteembeheerder=operator "
    "InzageGebruikersbeheerder=administrator"
)
ROLES = {
    "counsellor",
    "mediator",
    "brussels_desk",
    "rule_manager",
    "protection",
    "operator",
    "administrator",
}
"""What a right can stand for. A client is known by the INSZ number alone."""
APP = re.compile(r"[a-z0-9_]{1,40}")


def provider() -> tuple[str, str, str]:
    """The issuer, our client id there, and our secret; three empty texts where nobody can sign in this way."""
    issuer, client_id = issuer_and_audience("INZAGE_OIDC_ISSUER", "INZAGE_OIDC_CLIENT_ID")
    secret = (
        text_of("INZAGE_OIDC_CLIENT_SECRET_FILE") or os.environ.get("INZAGE_OIDC_CLIENT_SECRET", "").strip()
    )
    if issuer and not secret:
        raise ImproperlyConfigured(
            "INZAGE_OIDC_ISSUER is set, and neither INZAGE_OIDC_CLIENT_SECRET_FILE nor INZAGE_OIDC_CLIENT_SECRET is; "
            "expected the secret that the identity provider gave this application"
        )
    return issuer, client_id, secret


def app_name() -> str:
    """By which name the provider knows us in its role claim, `<app>_rol_3d`."""
    found = os.environ.get("INZAGE_OIDC_APP", "").strip().lower() or "inzage"
    if not APP.fullmatch(found):
        raise ImproperlyConfigured(
            f"INZAGE_OIDC_APP is {found!r}; expected letters, digits and _, such as inzage"
        )
    return found


def scopes(app: str) -> str:
    """What is asked of the provider. One that it does not allow us makes the whole request fail."""
    found = os.environ.get("INZAGE_OIDC_SCOPES", "").split() or ["openid", "profile", "vo", "rrn", app]
    if "openid" not in found:
        raise ImproperlyConfigured("INZAGE_OIDC_SCOPES lacks openid; expected scopes with spaces between")
    return " ".join(found)


def roles() -> dict[str, str]:
    """Which right at the provider stands for which role here; the name of a right in small letters."""
    found = os.environ.get("INZAGE_OIDC_ROLES", "").split() or WITHOUT_ROLES.split()
    pairs = [pair.partition("=") for pair in found]
    wrong = [right + is_ + role for right, is_, role in pairs if not right or role not in ROLES]
    if wrong:
        raise ImproperlyConfigured(
            f"INZAGE_OIDC_ROLES has {wrong[0]!r}; expected RIGHT=ROLE with spaces between, ROLE being one of "
            f"{', '.join(sorted(ROLES))}"
        )
    return {right.lower(): role for right, _is, role in pairs}


def own_codes() -> frozenset[str]:
    """The codes by which the provider knows VDAB itself: who signs in for another has no role at VDAB."""
    written = os.environ.get("INZAGE_OIDC_OWN_CODES", "").upper()
    return frozenset(re.sub("[./-]", "", written).split())
