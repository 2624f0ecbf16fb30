"""The addresses of this folder's pages."""

from django.urls import URLPattern, path

from inzage.portal.account import accessibility, choosing, language, post

urlpatterns: list[URLPattern] = [
    path("toegankelijkheid/", accessibility.accessibility, name="accessibility"),
    path("taal/", language.choose_language, name="language"),
    path("berichten/instellen/", choosing.choose_notices, name="choose-notices"),
    path("post/", post.post, name="post"),
    path("post/<int:number>/", post.letter, name="letter"),
    path("post/<int:number>/opgemaakt/", post.letter_as_html, name="letter-as-html"),
]
