"""How accessible the pages are, and where to tell what stands in somebody's way (Web Accessibility Directive)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement; anybody may read it."""
    return render(request, "portal/account/accessibility.html")
