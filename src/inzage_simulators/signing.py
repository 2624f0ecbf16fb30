"""Standard Webhooks: who sends signs `id.timestamp.body` with the shared secret; older than five minutes is refused."""

from datetime import UTC, datetime

from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError
from starlette.requests import Request


class NotSigned(Exception):
    """The request is not signed with our secret, or too old or too new."""


async def signed_body(request: Request, secret: str) -> bytes:
    """The body of a request that is signed as it should be; else NotSigned."""
    body = await request.body()
    _check(body, request, secret)
    return body


def signed_question(request: Request, secret: str) -> str:
    """The id of a question of which the target is signed; else NotSigned."""
    _check(f"{request.url.path}?{request.url.query}", request, secret)
    return request.headers["webhook-id"]


def _check(content: bytes | str, request: Request, secret: str) -> None:
    try:
        Webhook(secret).verify(content, dict(request.headers), json_parse=False)
    except (WebhookVerificationError, ValueError, RuntimeError) as error:
        raise NotSigned(str(error)) from None


def headers_for(secret: str, message_id: str, body: str, *, wrong: bool = False) -> dict[str, str]:
    """The three headers that sign a body, now; `wrong` spoils the signature, on demand."""
    now = datetime.now(UTC)
    signature = Webhook(secret).sign(message_id, now, body + ("spoilt" if wrong else ""))
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature,
    }
