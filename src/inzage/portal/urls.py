"""The portal's addresses. None holds a number or a name of a person."""

from django.urls import URLPattern, path

from inzage.portal import entrance

urlpatterns: list[URLPattern] = [
    path("", entrance.index, name="index"),
    path("aanmelden/", entrance.sign_in, name="sign-in"),
    path("afmelden/", entrance.sign_out, name="sign-out"),
    path("organisatie/", entrance.choose_unit, name="choose-unit"),
]
