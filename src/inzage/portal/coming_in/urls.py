"""The addresses of this folder's pages."""

from django.urls import URLPattern, path

from inzage.portal.coming_in import pages, sending_again, staying

urlpatterns: list[URLPattern] = [
    path("aanmelden/begin/", pages.begin, name="begin-sign-in"),
    path("aanmelden/terug/", pages.signed_in, name="signed-in"),
    path("aanmelden/verder/", sending_again.send_again, name="send-again"),
    path("aanmelden/duur/", staying.session_left, name="session-left"),
    path("aanmelden/blijven/", staying.stay, name="stay"),
    path("afgemeld/", pages.signed_out, name="signed-out"),
    path("afmelden/van-elders/", pages.told_to_sign_out, name="told-to-sign-out"),
]
OPEN = {"begin-sign-in", "session-left", "signed-in", "signed-out", "stay", "told-to-sign-out"}
"""Those that a stranger reaches: whoever comes in is one, and whoever was here too long."""
