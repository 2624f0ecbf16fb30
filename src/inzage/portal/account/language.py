"""The language of the pages: staff keep theirs with their account, anybody else in this browser alone."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from inzage.partners.models import Person
from inzage.portal.acting import signed_in
from inzage.portal.going import safe_or


@login_not_required
def choose_language(request: HttpRequest) -> HttpResponse:
    """By POST only, and back to the page one was on. Of a client no language group is kept, so only the cookie knows.

    Which page that was, the browser says: pages themselves don't hold their address, so that what is unknown and what
    is forbidden stay the same to the letter.
    """
    if request.method != "POST":
        return redirect("index")
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise Http404
    answer = redirect(safe_or(request, request.headers.get("Referer", ""), otherwise="index"))
    person = signed_in(request)
    if person is None or person.role == Person.Role.CLIENT:
        _remember(chosen, answer)
    elif person.language != chosen:
        person.language = chosen
        person.save(update_fields=["language"])
    return answer


def _remember(language: str, answer: HttpResponse) -> None:
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
