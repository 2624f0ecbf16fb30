"""What a caller hears who is not let in (RFC 6750 section 3, RFC 9110). Nothing of what it sent is repeated."""

from math import ceil

from inzage.decision_api.authzen.provider import Refusal

CHALLENGE = 'Bearer realm="inzage"'


def no_token() -> Refusal:
    """401: no access token was sent; as RFC 6750 asks, without a code for an error."""
    return Refusal(401, "An access token is needed.", {"WWW-Authenticate": CHALLENGE})


def bad_token(why: str) -> Refusal:
    """401: the token can't be accepted, for a reason that is a fixed sentence of ours."""
    challenge = f'{CHALLENGE}, error="invalid_token", error_description="{why}"'
    return Refusal(401, why, {"WWW-Authenticate": challenge})


def scope_missing(scope: str) -> Refusal:
    """403: the token is good, and its caller was not given this scope."""
    challenge = f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"'
    return Refusal(403, f"The access token lacks the scope {scope}.", {"WWW-Authenticate": challenge})


def too_many(seconds: float) -> Refusal:
    """429: more than the caller's rate; in so many seconds the same may be asked again."""
    return Refusal(429, "Too many questions.", _retry_after(seconds))


def no_keys(seconds: float) -> Refusal:
    """503: the issuer can't be reached, so that no token can be checked; none is believed unchecked."""
    return Refusal(503, "Access tokens can't be checked at the moment.", _retry_after(seconds))


def _retry_after(seconds: float) -> dict[str, str]:
    return {"Retry-After": str(max(1, ceil(seconds)))}
