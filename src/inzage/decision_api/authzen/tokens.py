"""Page tokens (section 8.2): signed, for the same caller and the same search only; what they hold is ours."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

import orjson

from inzage.decision_api.authzen.entities import Kind, Question
from inzage.decision_api.authzen.provider import Caller, Page
from inzage.decision_api.authzen.strict_json import Unreadable

SHORTEST_KEY = 32
SIGNATURE = hashlib.sha256().digest_size


class Tokens:
    """Written and read with one key, which all processes share that answer to one address."""

    def __init__(self, key: bytes) -> None:
        if len(key) < SHORTEST_KEY:
            raise ValueError(f"a key of at least {SHORTEST_KEY} bytes is needed to sign page tokens")
        self._key = key

    def write(self, page: Page, search: str) -> str:
        """The token with which this search goes on with `page`."""
        payload = orjson.dumps([search, page.key, page.limit])
        return urlsafe_b64encode(self._signature(payload) + payload).decode().rstrip("=")

    def read(self, token: str, search: str) -> Page:
        """The page on which a token goes on; Unreadable where it is not ours, or was given for another search."""
        try:
            signed = urlsafe_b64decode(token.encode() + b"=" * (-len(token) % 4))
        except ValueError:
            raise _not_ours() from None
        signature, payload = signed[:SIGNATURE], signed[SIGNATURE:]
        if not hmac.compare_digest(signature, self._signature(payload)):
            raise _not_ours()
        of, key, limit = orjson.loads(payload)
        if of != search:
            raise Unreadable("page.token: it was given for another search; ask the first page of this one")
        return Page(limit, key)

    def _signature(self, payload: bytes) -> bytes:
        return hmac.digest(self._key, payload, "sha256")


def mark_of(kind: Kind, question: Question, caller: Caller) -> str:
    """What tells one search from another: who asks what of which entities, whatever the circumstances."""
    asked = [kind, caller.name, *(tuple(each) for each in question[:3])]
    return hashlib.sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _not_ours() -> Unreadable:
    return Unreadable("page.token: expected a token as it was given in page.next_token")
