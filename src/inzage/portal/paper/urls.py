"""The addresses of this folder's pages."""

from django.urls import URLPattern, path

from inzage.portal.paper import asked, at_desk

urlpatterns: list[URLPattern] = [
    path("aanvragen/<int:number>/formulier/", asked.paper, name="paper"),
    path("aanvragen/<int:number>/formulier.pdf", asked.pdf, name="paper-pdf"),
    path("aanvragen/<int:number>/bestanden/<int:place>/", asked.file, name="paper-file"),
    path("formulieren/<int:number>/bestanden/", at_desk.files, name="desk-files"),
    path("formulieren/<int:number>/formulier.pdf", at_desk.pdf, name="desk-pdf"),
    path("formulieren/<int:number>/bestanden/<int:place>/", at_desk.file, name="desk-file"),
]
