"""All addresses: those of the portal, and where other institutions bring what they have to tell."""

from django.urls import include, path

from inzage.adapters.vdab import wire
from inzage.project.command import now

urlpatterns = [
    path("in/vdab/events", wire.endpoint(now), name="vdab-events"),
    path("", include("inzage.portal.urls")),
]
