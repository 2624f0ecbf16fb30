"""Standard Webhooks: who sends signs `id.timestamp.text` with the shared secret; good for five minutes.

The library signs. It can't verify for us: its `verify` reads the clock itself, and here time is an argument.
"""

import hmac
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from standardwebhooks import Webhook

WINDOW = timedelta(minutes=5)
ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
MOST = 10
"""Signatures of one message that are looked at: a sender that replaces its secret gives two."""


class NotSigned(Exception):
    """Not signed by whom we know, or not lately: the message says what to do."""


def signed(text: str, message_id: str, key: bytes, *, at: datetime) -> dict[str, str]:
    """The three headers that sign this text under this id."""
    timestamp = int(at.timestamp())
    return {
        ID: message_id,
        TIMESTAMP: str(timestamp),
        SIGNATURE: _signature(text, message_id, timestamp, key),
    }


def check(text: str, headers: Mapping[str, str], keys: Sequence[bytes], *, at: datetime) -> None:
    """NotSigned unless one of `keys` signed this text, at most five minutes from `at`, before or after."""
    given = [headers.get(name, "") for name in (ID, TIMESTAMP, SIGNATURE)]
    if not all(given):
        raise NotSigned(f"Send the three headers of Standard Webhooks: {ID}, {TIMESTAMP} and {SIGNATURE}.")
    message_id, timestamp, signatures = given
    if not _is_near(timestamp, at):
        raise NotSigned("The timestamp is more than five minutes from now: set the clock, and sign anew.")
    expected = [_signature(text, message_id, int(timestamp), key).encode() for key in keys]
    found = [each.encode() for each in signatures.split(" ")[:MOST]]
    if not any(hmac.compare_digest(one, other) for one in expected for other in found):
        raise NotSigned(
            "The signature is not ours: sign id.timestamp.body, these very bytes, with our secret."
        )


def _signature(text: str, message_id: str, timestamp: int, key: bytes) -> str:
    """As it stands in its header. The library takes whatever clock it is given for UTC."""
    return Webhook(key).sign(message_id, datetime.fromtimestamp(timestamp, UTC), text)


def _is_near(timestamp: str, at: datetime) -> bool:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    return abs(int(timestamp) - at.timestamp()) <= WINDOW.total_seconds()
