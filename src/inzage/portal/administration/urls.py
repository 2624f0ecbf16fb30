"""The addresses of this folder's pages."""

from django.urls import URLPattern, path

from inzage.portal.administration import organisations, people, person

urlpatterns: list[URLPattern] = [
    path("beheer/mensen/", people.people, name="people"),
    path("beheer/mensen/nieuw/", people.add_person, name="add-person"),
    path("beheer/mensen/<int:number>/", person.person, name="person"),
    path("beheer/organisaties/", organisations.organisations, name="organisations"),
]
