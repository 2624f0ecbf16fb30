"""`{{ activity.kind|in_words:"kind" }}`: a stored word as people read it."""

from django import template

from inzage.portal.words import LISTS

register = template.Library()


@register.filter
def in_words(value: str, of: str) -> str:
    """The Dutch word; a value without one is shown as it is."""
    return LISTS[of].get(str(value), str(value))
