"""The addresses of this folder's pages."""

from django.urls import URLPattern, path

from inzage.portal.held import answering, listing, long

urlpatterns: list[URLPattern] = [
    path("regels/vastgehouden/", listing.held_rights, name="held-rights"),
    path("regels/vastgehouden/antwoord/", answering.answer_held_rights, name="answer-held"),
    path("toezicht/vastgehouden/", long.held_long, name="held-long"),
]
