"""After signing in again: what was sent to a session that had ended can be sent now, or thrown away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inzage.portal import clock
from inzage.portal.acting import signed_in
from inzage.portal.coming_in.kept_form import KEPT, kept_for


def send_again(request: HttpRequest) -> HttpResponse:
    """Its fields, to be sent to where they were sent at first, with a new token; a POST here throws them away."""
    person = signed_in(request)
    kept = kept_for(person, request.session, at=clock.now()) if person else None
    if kept is None:
        return redirect("index")
    if request.method == "POST":
        del request.session[KEPT]
        request.session.save()  # here, so that a locked database is answered as one
        return redirect("index")
    return render(request, "portal/coming_in/send_again.html", {"kept": kept})
