"""What a request may hold: what is larger, or no database takes, is refused before any of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

BESIDE_A_FILE = 1024 * 1024
"""What a form may hold besides the file that comes with it, in bytes."""


class Bounds:
    """Middleware that stands before whatever reads a request's body, such as the check of where a form came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, or 413; an address with a NUL in it is that of no page, as no text that is kept has one."""
        if "\0" in request.path_info or "%00" in request.META["QUERY_STRING"]:
            return HttpResponse(status=404, content_type="text/plain")
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdecimal() and int(said) > settings.MOST_FILE_BYTES + BESIDE_A_FILE:
            return HttpResponse(status=413, content_type="text/plain")
        return self._get_response(request)
