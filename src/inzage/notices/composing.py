"""A mail as it goes out: plain text and simple HTML that say the same, in the language that is spoken now.

It is made of counts and of addresses of pages alone, so it can hold nothing of a client (S12).
"""

import hashlib
from collections.abc import Sequence
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from inzage.notices.wording import TO_READ


def compose(
    subject: str,
    lines: Sequence[str],
    *,
    to: str,
    key: str,
    lead: str | Promise = TO_READ,
    page: str = "notices",
    by_choice: bool = False,
) -> EmailMultiAlternatives:
    """The mail to one mailbox. `page` names the page to go to; `by_choice` says that its reader chose to get it.

    The same `key` gives the same Message-ID: should a mail be sent again after a failure, it can be told to be one.
    """
    shown = {
        "subject": subject,
        "lines": lines,
        "lead": lead,
        "address": address_of(page),
        "choices": address_of("choose-notices") if by_choice else "",
    }
    text = render_to_string("notices/mail.txt", shown)
    headers = {
        "Message-ID": f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{_domain()}>",
        "Content-Language": get_language() or "nl",
    }
    if by_choice:
        headers["List-Unsubscribe"] = f"<{shown['choices']}>"
    mail = EmailMultiAlternatives(subject, text, None, [to], headers=headers)
    mail.attach_alternative(render_to_string("notices/mail.html", shown), "text/html")
    return mail


def address_of(page: str) -> str:
    """The whole address of a page, for who reads it outside the application."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse(page)}"


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
