"""Which mailbox at VDAB Brussel a Brussels form goes to: each route has its own addressee (S11, S17)."""

from django.conf import settings

from inzage.rules.names import Route


def mailbox_of(route: str) -> str:
    """The mailbox of the desk for forms by this route; empty where none is configured, or the route needs none."""
    mailboxes: dict[str, str] = {
        Route.BRUSSELS_FORM: settings.BRUSSELS_MAILBOX,
        Route.BRUSSELS_IBIS: settings.BRUSSELS_IBIS_MAILBOX,
    }
    return mailboxes.get(route, "")
