"""The addresses of this folder's pages."""

from django.urls import URLPattern, path

from inzage.portal.restoring import approving, asking

urlpatterns: list[URLPattern] = [
    path(
        "klanten/<uuid:reference>/inzagerechten/<int:number>/herstellen/",
        asking.ask,
        name="desk-client-restore",
    ),
    path("herstel/", approving.restorations, name="restorations"),
    path("herstel/<int:number>/", approving.restoration, name="restoration"),
]
