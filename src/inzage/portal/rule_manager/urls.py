"""The addresses of this folder's pages."""

from django.urls import URLPattern, path

from inzage.portal.rule_manager import book, figures, rehearsals, runs
from inzage.portal.rule_manager.drafts.urls import urlpatterns as drafts

urlpatterns: list[URLPattern] = [
    path("regels/", book.rule_book, name="rule-book"),
    path("regels/boeken/<str:version>/", book.rule_book, name="rule-book-of"),
    path("regels/cijfers/", figures.rule_figures, name="rule-figures"),
    path("regels/nachten/", runs.runs, name="runs"),
    path("regels/nachten/<int:number>/", runs.run, name="run"),
    path("regels/doorrekeningen/", rehearsals.rehearsals, name="rehearsals"),
    path("regels/doorrekeningen/<int:number>/", rehearsals.rehearsal, name="rehearsal"),
    path("regels/doorrekeningen/<int:number>/rechten.csv", rehearsals.moved_rights, name="moved-rights"),
    path(
        "regels/doorrekeningen/<int:number>/raadplegingen.csv", rehearsals.refused_looks, name="refused-looks"
    ),
    *drafts,
]
