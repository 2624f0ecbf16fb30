"""The addresses of this folder's pages."""

from django.urls import URLPattern, path

from inzage.portal.coming_in import pages

urlpatterns: list[URLPattern] = [
    path("aanmelden/begin/", pages.begin, name="begin-sign-in"),
    path("aanmelden/terug/", pages.signed_in, name="signed-in"),
    path("afgemeld/", pages.signed_out, name="signed-out"),
    path("afmelden/van-elders/", pages.told_to_sign_out, name="told-to-sign-out"),
]
OPEN = {"begin-sign-in", "signed-in", "signed-out", "told-to-sign-out"}
"""Those that a stranger reaches: whoever comes in is one."""
