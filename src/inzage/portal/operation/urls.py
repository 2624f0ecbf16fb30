"""The addresses of this folder's pages."""

from django.urls import URLPattern, path

from inzage.portal.operation import healthy, state

urlpatterns: list[URLPattern] = [
    path("beheer/", state.state, name="state"),
    path("gezond", healthy.healthy, name="healthy"),
]
