"""The gate of the decision API: a token of the configured issuer, a scope, and not too much at once."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from django.conf import settings

from inzage.decision_api.authzen.entities import Kind
from inzage.decision_api.authzen.provider import Caller
from inzage.decision_api.callers.issuer import Issuer
from inzage.decision_api.callers.keys import Keys
from inzage.decision_api.callers.rates import Rate, Rates
from inzage.decision_api.callers.refusing import bad_token, no_token, scope_missing, too_many
from inzage.decision_api.callers.tokens import UNREADABLE, Tokens

DECIDE = "inzage.decide"
"""The scope to ask for decisions."""
AUDIT = "inzage.audit"
"""The scope to be told what they rest on, and to ask about another moment."""
DEMO_CALLER = Caller("demo", frozenset((DECIDE, AUDIT)))
"""Who asks without a token, in demo mode only."""
SEARCHES = (Kind.SUBJECTS, Kind.RESOURCES, Kind.ACTIONS)
NO_ISSUER = "No access token is accepted here: no issuer is configured."
TOKEN = re.compile(r"(?i:bearer) +([A-Za-z0-9._~+/-]+=*)")
"""RFC 6750 section 2.1."""


class TokenGate:
    """Lets in whom a token names, or `without_token` where there is one; without `tokens` nobody else."""

    def __init__(self, tokens: Tokens | None, rates: Rates, without_token: Caller | None = None) -> None:
        self._tokens, self._rates, self._without_token = tokens, rates, without_token

    async def admit(self, headers: Mapping[str, str], kind: Kind, at: datetime) -> Caller:  # noqa: ARG002
        """The caller; Refusal 401 without a good token, 403 without the scope, 503 where it can't be checked."""
        credentials = headers.get("authorization")
        if credentials is None and self._without_token:
            return self._without_token
        caller = await self._named(credentials or "", at)
        if DECIDE not in caller.scopes:
            raise scope_missing(DECIDE)
        return caller

    def charge(self, caller: Caller, kind: Kind, count: int) -> None:
        """Count `count` questions; Refusal (429) beyond the rate, or while too many were answered with no."""
        rate = self._rates.searches if kind in SEARCHES else self._rates.decisions
        wait = max(rate.wait(caller.name, count), self._rates.denials.wait(caller.name, 1))
        if wait > 0:
            raise too_many(wait)
        rate.take(caller.name, count)

    def denied(self, caller: Caller, count: int) -> None:
        """Count answers of no: who guesses gets many of them."""
        self._rates.denials.take(caller.name, count)

    async def close(self) -> None:
        """Close the connections to the issuer."""
        if self._tokens:
            await self._tokens.close()

    async def _named(self, credentials: str, at: datetime) -> Caller:
        if credentials[:6].lower() != "bearer":
            raise no_token()
        token = TOKEN.fullmatch(credentials)
        if token is None:
            raise bad_token(UNREADABLE)
        if self._tokens is None:
            raise bad_token(NO_ISSUER)
        return await self._tokens.caller(token[1], at)


def configured_gate(clock: Callable[[], float]) -> TokenGate:
    """The gate as the settings have it. `clock` gives seconds that only go forward, such as time.monotonic."""
    issuer, audience = settings.TOKEN_ISSUER, settings.TOKEN_AUDIENCE
    tokens = Tokens(Keys(Issuer(issuer), clock), issuer, audience) if issuer else None
    rates = Rates(
        decisions=Rate(settings.DECISIONS_PER_MINUTE, clock),
        searches=Rate(settings.SEARCHES_PER_MINUTE, clock),
        denials=Rate(settings.DENIALS_PER_MINUTE, clock),
    )
    return TokenGate(tokens, rates, DEMO_CALLER if settings.DEMO else None)
