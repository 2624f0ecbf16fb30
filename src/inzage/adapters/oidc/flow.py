"""The code flow with PKCE: there, back, and signing out, as the pages use it."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from hmac import compare_digest
from typing import Any
from urllib.parse import quote_plus, urlencode

import httpx2
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from django.conf import settings

from inzage.adapters.oidc import levels, tokens
from inzage.adapters.oidc.published import Metadata, Published
from inzage.adapters.oidc.where import Place, place
from inzage.adapters.oidc.wire import HEADERS, PATIENCE, Wire
from inzage.adapters.oidc.wording import House, identity_in
from inzage.partners.identities import Begun, Doubt, Identity, NotBelieved, SignOut

LENGTH = 48
"""Signs of each secret that is made for one sign-in: over 280 bits, and as long as a verifier must be (RFC 7636)."""


class Oidc:
    """One provider. It knows nothing of sessions: what must be kept in between is handed out and handed back."""

    def __init__(self, place: Place, house: House, least_level: int, wire: Wire) -> None:
        self._place, self._house, self._least = place, house, least_level
        self._wire, self._published = wire, Published(place, wire)

    def begin(self, back_to: str, *, at: datetime) -> Begun:
        """Where the browser goes, with a state, a nonce and a verifier of its own."""
        state, nonce, verifier = (generate_token(LENGTH) for _ in range(3))
        address, _state = self._client(code_challenge_method="S256").create_authorization_url(
            self._published.metadata(at=at).authorization,
            state=state,
            code_verifier=verifier,
            nonce=nonce,
            redirect_uri=back_to,
            acr_values=levels.asked(self._least) or None,
        )
        return Begun(address, state, nonce, verifier)

    def finish(self, answer: Mapping[str, str], begun: Begun, back_to: str, *, at: datetime) -> Identity:
        """Who came back: the code is exchanged, and everything about the ID token looked at."""
        metadata = self._published.metadata(at=at)
        self._check_answer(answer, begun, metadata)
        given = self._exchanged(answer["code"], begun.verifier, back_to, metadata)
        claims = tokens.id_token(
            given.get("id_token"),
            self._place,
            lambda anew: self._published.keys(at=at, anew=anew),
            nonce=begun.nonce,
            access_token=str(given.get("access_token", "")),
            at=at,
        )
        if not levels.is_enough(claims.get("acr"), self._least):
            raise NotBelieved(Doubt.TOO_WEAK, f"means below level {self._least}")
        return identity_in(claims, self._house)

    def sign_out_address(self, back_to: str, *, at: datetime) -> str | None:
        """We say which application asks, not who: an ID token in an address would put an INSZ number in logs."""
        end_session = self._published.metadata(at=at).end_session
        if end_session is None:
            return None
        asked = urlencode({"client_id": self._place.client_id, "post_logout_redirect_uri": back_to})
        return f"{end_session}{'&' if '?' in end_session else '?'}{asked}"

    def told_to_sign_out(self, token: str, *, at: datetime) -> SignOut:
        """Whose sessions end, by a logout token."""
        return tokens.logout_token(
            token, self._place, lambda anew: self._published.keys(at=at, anew=anew), at=at
        )

    def _check_answer(self, answer: Mapping[str, str], begun: Begun, metadata: Metadata) -> None:
        """It belongs to what was begun, comes from this provider (RFC 9207), and has a code."""
        if not compare_digest(answer.get("state", "").encode(), begun.state.encode()):
            raise NotBelieved(Doubt.NOT_OURS, "another state")
        named = answer.get("iss")
        if named != self._place.issuer and (named is not None or metadata.names_itself):
            raise NotBelieved(Doubt.NOT_OURS, "another issuer, or none, where it names itself")
        if "error" in answer:
            raise NotBelieved(Doubt.REFUSED, "the provider refuses")
        if not answer.get("code"):
            raise NotBelieved(Doubt.NOT_OURS, "no code")

    def _exchanged(self, code: str, verifier: str, back_to: str, metadata: Metadata) -> dict[str, Any]:
        try:
            return dict(
                self._prover(metadata).fetch_token(
                    metadata.token,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                    redirect_uri=back_to,
                )
            )
        except OAuthError as error:
            raise NotBelieved(Doubt.REFUSED, f"the code is refused: {str(error.error)[:40]!r}") from None
        except (httpx2.HTTPError, UnicodeError, ValueError) as error:
            raise NotBelieved(Doubt.AWAY, f"{type(error).__name__}: no token") from None

    def _prover(self, metadata: Metadata) -> OAuth2Client:
        """A client that proves itself as the provider asks."""
        if not metadata.basic:
            return self._client(
                client_secret=self._place.secret, token_endpoint_auth_method="client_secret_post"
            )
        # in a header both are written as in a form (RFC 6749 section 2.3.1), which Authlib leaves to its caller
        client_id, secret = quote_plus(self._place.client_id), quote_plus(self._place.secret)
        return self._client(client_id=client_id, client_secret=secret)

    def _client(self, **more: Any) -> OAuth2Client:
        """A new one each time, since it keeps the tokens it gets; the connections are shared."""
        given = {"client_id": self._place.client_id, "scope": self._place.scopes, **more}
        return OAuth2Client(
            **given,
            transport=self._wire.transport,
            headers=HEADERS,
            timeout=PATIENCE,
            follow_redirects=False,
            trust_env=False,
        )


def configured() -> Oidc | None:
    """The provider of the settings; None where nobody can sign in this way."""
    found = place()
    if found is None:
        return None
    roles = tuple(settings.OIDC_ROLES.items())
    return _kept(found, settings.OIDC_APP, roles, settings.OIDC_OWN_CODES, settings.OIDC_LEAST_LEVEL)


@cache
def _kept(
    found: Place, app: str, roles: tuple[tuple[str, str], ...], own_codes: frozenset[str], least: int
) -> Oidc:
    """One for each process, so that what the provider publishes is not asked at every sign-in."""
    return Oidc(found, House(app, dict(roles), own_codes), least, Wire())
