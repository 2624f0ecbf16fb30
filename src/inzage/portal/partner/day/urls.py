"""The addresses of a counsellor's day."""

from django.urls import URLPattern, path

from inzage.portal.partner import asking, closed, exporting_rights
from inzage.portal.partner.day import giving_back, today

urlpatterns: list[URLPattern] = [
    path("vandaag/", today.today, name="today"),
    path("dossiers/<uuid:reference>/teruggeven/", giving_back.give_back, name="give-back"),
    path("dossiers/afgesloten/", closed.closed_rights, name="closed-rights"),
    path("dossiers/afgesloten/meenemen/", exporting_rights.export_closed, name="export-closed"),
    path("dossiers/meenemen/", exporting_rights.export_dossiers, name="export-dossiers"),
    path("aanvragen/nieuw/", asking.ask, name="ask"),
    path("aanvragen/nieuw/<uuid:draft>/", asking.ask_way, name="ask-way"),
]
