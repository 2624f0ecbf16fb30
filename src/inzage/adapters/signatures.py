"""Standard Webhooks, with the moment as an argument: `id.timestamp.body`, HMAC-SHA256, good for five minutes."""

import base64
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=5)
ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
VERSION = "v1,"


class NotSigned(Exception):
    """Not signed by whom we know, or not lately: the message says what to do."""


def check(body: bytes, headers: Mapping[str, str], keys: Sequence[bytes], *, at: datetime) -> None:
    """NotSigned unless one of `keys` signed these bytes, at most five minutes from `at`, before or after."""
    given = [headers.get(name, "") for name in (ID, TIMESTAMP, SIGNATURE)]
    if not all(given):
        raise NotSigned(f"Send the three headers of Standard Webhooks: {ID}, {TIMESTAMP} and {SIGNATURE}.")
    message_id, timestamp, signatures = given
    expected = [signature_of(body, message_id, timestamp, key).encode() for key in keys]
    found = [each.encode() for each in signatures.split(" ")[:10] if each.startswith(VERSION)]
    if not any(hmac.compare_digest(one, other) for one in expected for other in found):
        raise NotSigned(
            "The signature is not ours: sign id.timestamp.body, these very bytes, with our secret."
        )
    if not _is_near(timestamp, at):
        raise NotSigned("The timestamp is more than five minutes from now: set the clock, and sign anew.")


def signature_of(body: bytes, message_id: str, timestamp: str, key: bytes) -> str:
    """The signature, as it stands in its header."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return VERSION + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def _is_near(timestamp: str, at: datetime) -> bool:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    return abs(int(timestamp) - at.timestamp()) <= WINDOW.total_seconds()
