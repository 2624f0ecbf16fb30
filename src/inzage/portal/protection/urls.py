"""The addresses of this folder's pages."""

from django.urls import URLPattern, path

from inzage.portal.protection import (
    dossier,
    figures,
    following,
    line,
    past_day,
    questions,
    reasons,
    searching,
)

urlpatterns: list[URLPattern] = [
    path("toezicht/", searching.access_log, name="access-log"),
    path("toezicht/lijnen/<int:number>/", line.line, name="log-line"),
    path("toezicht/mensen/<int:number>/", following.person, name="log-of-person"),
    path("toezicht/organisaties/<int:number>/", following.unit, name="log-of-unit"),
    path("toezicht/organisaties/<int:number>/rechten/", following.rights, name="rights-of-unit"),
    path("toezicht/dossiers/<uuid:reference>/", dossier.dossier, name="log-of-dossier"),
    path("toezicht/dossiers/<uuid:reference>/dag/", past_day.past_day, name="dossier-on-a-day"),
    path("toezicht/redenen/", reasons.stated_reasons, name="stated-reasons"),
    path("toezicht/vragen/", questions.questions, name="officer-questions"),
    path("toezicht/vragen/<int:number>/", questions.question, name="officer-question"),
    path("toezicht/cijfers/", figures.log_figures, name="log-figures"),
]
