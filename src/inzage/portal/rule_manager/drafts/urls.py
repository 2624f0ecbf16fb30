"""The addresses of drafts; a draft is named by its own number."""

from django.urls import URLPattern, path

from inzage.portal.rule_manager.drafts import checked, listed, one, writing

urlpatterns: list[URLPattern] = [
    path("regels/ontwerpen/", listed.drafts, name="drafts"),
    path("regels/ontwerpen/nieuw/", writing.new_draft, name="new-draft"),
    path("regels/ontwerpen/<int:number>/", one.draft, name="draft"),
    path("regels/ontwerpen/<int:number>/nagaan/", checked.check_draft, name="check-draft"),
]
