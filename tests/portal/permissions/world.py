"""The world in which every address is asked: built once, left as it was found."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.db import transaction
from django.test import override_settings

from inzage.portal import clock
from tests.portal.office import NOON
from tests.portal.permissions.people import LEERHUIS, WERKPAD, Everyone
from tests.portal.permissions.things import THINGS

PLAIN = {
    **dict.fromkeys(("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"), False),
    "DEMO": True,
    "EMAIL_BACKEND": "inzage.notices.kept_mails.EmailBackend",
    "SESSION_COOKIE_NAME": "inzage",
    "CSRF_COOKIE_NAME": "inzage_csrf",
}


@contextmanager
def the_world() -> Iterator[Everyone]:
    """Everyone, and everything that has an id, at noon; a form is not drawn, only given out. Undone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        stack.enter_context(override_settings(**PLAIN, FORM_FILES=folder))
        stack.enter_context(patch.object(clock, "now", lambda: NOON))
        stack.enter_context(patch("inzage.notices.kept_mails._folder", lambda: folder / "mails"))
        stack.enter_context(
            patch(
                "inzage.oversight.rehearsals.folder_of", lambda asked: folder / "rehearsals" / str(asked.pk)
            )
        )
        stack.enter_context(patch("inzage.portal.paper.answering.drawn", return_value=b"%PDF-"))
        stack.enter_context(transaction.atomic())
        try:
            world = Everyone()
            for words, make in THINGS.items():
                for at in (WERKPAD, LEERHUIS):
                    world.made[words, at] = make(world, at)
            yield world
        finally:
            transaction.set_rollback(True)
