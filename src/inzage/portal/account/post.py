"""The demo's post: the mails that were sent, as who got them would see them. Elsewhere there is no such page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from inzage.notices.kept_mails import Kept, kept_mail, kept_mails
from inzage.portal.paging import PAGE

P = ParamSpec("P")


def _in_demo(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page of the demo alone."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return page


@_in_demo
def post(request: HttpRequest) -> HttpResponse:
    """The last ones, newest first."""
    mails = [kept for kept, _place in zip(kept_mails(), range(PAGE), strict=False)]
    return render(request, "portal/account/post.html", {"mails": mails})


@_in_demo
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """One mail: whom it went to, and its plain text."""
    kept = _kept(number)
    shown = {"kept": kept, "text": kept.part("plain"), "has_html": bool(kept.part("html"))}
    return render(request, "portal/account/letter.html", shown)


@_in_demo
def letter_as_html(_request: HttpRequest, number: int) -> HttpResponse:
    """The same mail as a mail program shows it: a page of its own, which may load and run nothing."""
    return HttpResponse(_kept(number).part("html"))


def _kept(number: int) -> Kept:
    if kept := kept_mail(number):
        return kept
    raise Http404
