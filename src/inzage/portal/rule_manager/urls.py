"""The addresses of this folder's pages."""

from django.urls import URLPattern, path

from inzage.portal.rule_manager import book, figures, runs

urlpatterns: list[URLPattern] = [
    path("regels/", book.rule_book, name="rule-book"),
    path("regels/boeken/<str:version>/", book.rule_book, name="rule-book-of"),
    path("regels/cijfers/", figures.rule_figures, name="rule-figures"),
    path("regels/nachten/", runs.runs, name="runs"),
    path("regels/nachten/<int:number>/", runs.run, name="run"),
]
