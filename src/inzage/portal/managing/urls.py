"""The addresses of this folder's pages."""

from django.urls import URLPattern, path

from inzage.portal.managing import figures, giving_back, taking_along, team, unused

urlpatterns: list[URLPattern] = [
    path("organisatie/cijfers/", figures.figures, name="unit-figures"),
    path("organisatie/inzagerechten/meenemen/", taking_along.export_rights, name="export-unit-rights"),
    path("organisatie/mensen/", team.unit_people, name="unit-people"),
    path("organisatie/ongebruikt/", unused.unused_rights, name="unit-unused"),
    path("organisatie/ongebruikt/teruggeven/", giving_back.give_back_unused, name="give-back-unused"),
    path("organisatie/ongebruikt/meenemen/", taking_along.export_unused, name="export-unused"),
]
