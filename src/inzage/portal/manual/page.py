"""How to get, use and lose a view right, by the rules of today, before signing in too (S01 to S23)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inzage.portal import clock
from inzage.portal.language import spoken
from inzage.rule_books.in_force import books
from inzage.rules.days import day_of
from inzage.view_rights.manual import composing


@login_not_required
def manual(request: HttpRequest) -> HttpResponse:
    """The manual in the language of the page."""
    made = composing.manual(books(), day_of(clock.now()), spoken())
    return render(request, "portal/manual/manual.html", {"manual": made})
