"""`{{ activity.kind|in_words:"kind" }}`: a stored word as people read it."""

from django import template

from inzage.consents.informing import Text
from inzage.portal.language import spoken
from inzage.portal.words import LISTS

register = template.Library()


@register.filter
def in_words(value: str, of: str) -> str:
    """The word, in the language of the page; a value without one is shown as it is."""
    return str(LISTS[of].get(str(value), value))


@register.filter
def own_language_first(text: Text) -> list[tuple[str, str]]:
    """A text in each language: first in that of the page, then in the others."""
    return sorted(text.in_each_language, key=lambda each: each[0] != spoken())
