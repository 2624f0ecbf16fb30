"""A provider that answers at once, as a test wants: it lets in somebody, or doubts."""

from collections.abc import Mapping
from datetime import datetime

from inzage.partners.identities import Begun, Identity, NotBelieved, Organisation, SignOut
from inzage.partners.models import Person

ISSUER = "https://issuer.example/op"
WERKPAD = Organisation("0403019261", "Werkpad vzw")
CARLA = Identity(ISSUER, "s-1", "sid-1", "Carla Voorbeeld", Person.Role.COUNSELLOR, WERKPAD, False, "")


class Pretending:
    """Lets in whom a test wants, or doubts."""

    identity: Identity = CARLA
    doubt: NotBelieved | None = None
    heard: tuple[object, ...] = ()
    sign_out: str | None = f"{ISSUER}/logout?client_id=inzage"
    made = 0

    def begin(self, back_to: str, *, at: datetime) -> Begun:
        """To an address that holds the state."""
        self._asked(back_to, at)
        Pretending.made += 1
        return Begun(f"{ISSUER}/auth?state=state-{self.made}", f"state-{self.made}", "nonce", "verifier")

    def finish(self, answer: Mapping[str, str], begun: Begun, back_to: str, *, at: datetime) -> Identity:
        """Whoever a test wants."""
        self._asked(answer, begun, back_to, at)
        return self.identity

    def sign_out_address(self, back_to: str, *, at: datetime) -> str | None:
        """Perhaps one."""
        self._asked(back_to, at)
        return self.sign_out

    def told_to_sign_out(self, token: str, *, at: datetime) -> SignOut:
        """A token names a subject, a session and an id."""
        self._asked(token, at)
        subject, sid, token_id = token.split(" ")
        return SignOut(ISSUER, subject, sid, token_id, at)

    def _asked(self, *what: object) -> None:
        self.heard = what
        if self.doubt:
            raise self.doubt


PRETENDING = Pretending()


def pretending() -> Pretending:
    """The one of this test, as the settings name it."""
    return PRETENDING


NAMED = "tests.coming_in.pretending.pretending"
"""As the settings name it."""
