"""The addresses of a desk's tasks."""

from django.urls import URLPattern, path

from inzage.portal.mediator.tasks import listed, one

urlpatterns: list[URLPattern] = [
    path("formulieren/taken/", listed.tasks, name="desk-tasks"),
    path("formulieren/taken/<int:number>/", one.task, name="desk-task"),
]
