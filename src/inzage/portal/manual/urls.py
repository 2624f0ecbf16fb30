"""The addresses of this folder's pages."""

from django.urls import URLPattern, path

from inzage.portal.manual import page

urlpatterns: list[URLPattern] = [path("handleiding/", page.manual, name="manual")]
