"""What a page says once about what was just done: kept in a cookie until it is shown, under a name of ours."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest


class OwnCookie(CookieStorage):
    """Django's own, signed and HttpOnly, under the name of the settings: `__Host-` takes TLS, one host, every path."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.cookie_name = settings.SAID_COOKIE_NAME
