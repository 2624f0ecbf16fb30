"""Part of a page swapped by htmx, where the browser runs it; every page works as well without."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase


class WholePages:
    """Middleware that lets the browser load a page whole where the answer is not the page that was asked for.

    So who was signed out, lost a right or met a defect meanwhile sees that, not a list that stays as it was.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; to htmx, where it is another page, only where to go."""
        response = self._get_response(request)
        if not request.headers.get("HX-Request") or response.status_code == 200:
            return response
        to = response.url if isinstance(response, HttpResponseRedirectBase) else request.get_full_path()
        return HttpResponse(status=204, headers={"HX-Redirect": to})
