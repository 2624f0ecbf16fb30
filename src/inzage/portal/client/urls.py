"""The addresses of this folder's pages, and of those on which partners answer what clients ask."""

from django.urls import URLPattern, path

from inzage.portal.client import asking_why, own_dossier, who_looked
from inzage.portal.client.deciding.urls import urlpatterns as deciding
from inzage.portal.questions import answering

urlpatterns: list[URLPattern] = [
    path("mijn-dossier/", own_dossier.own_dossier, name="own-dossier"),
    path("mijn-dossier/wie-keek/", who_looked.who_looked, name="who-looked"),
    path("mijn-dossier/wie-keek/<int:number>/waarom/", asking_why.ask_about, name="ask-why"),
    path("vragen/", answering.questions, name="questions"),
    path("vragen/<int:number>/", answering.question, name="question"),
    *deciding,
]
