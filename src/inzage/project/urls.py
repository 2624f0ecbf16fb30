"""All addresses are the portal's for now."""

from django.urls import include, path

urlpatterns = [path("", include("inzage.portal.urls"))]
