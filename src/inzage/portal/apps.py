"""The portal as a Django application."""

from django.apps import AppConfig
from django.core.checks import register
from django.core.exceptions import ImproperlyConfigured

from inzage.portal.checks import demo_stays_at_home, people_can_sign_in


class PortalConfig(AppConfig):
    """Refuses to start where anybody could sign in as anyone; also under servers that run no checks."""

    name = "inzage.portal"

    def ready(self) -> None:
        """Look at once, and at every `inzage check`; who can sign in is looked at where Inzage is deployed."""
        register(demo_stays_at_home)
        register(people_can_sign_in, deploy=True)
        for error in demo_stays_at_home():
            raise ImproperlyConfigured(error.msg)
