"""The addresses of a counsellor's day."""

from django.urls import URLPattern, path

from inzage.portal.partner.day import today

urlpatterns: list[URLPattern] = [
    path("vandaag/", today.today, name="today"),
]
