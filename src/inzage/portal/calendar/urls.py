"""The addresses of this folder's pages."""

from django.urls import URLPattern, path

from inzage.portal.calendar import feed, page

urlpatterns: list[URLPattern] = [
    path("berichten/agenda/", page.calendar, name="calendar"),
    path("agenda/<str:token>.ics", feed.feed, name="calendar-feed"),
]
