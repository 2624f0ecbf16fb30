"""`{{ why|colon }} {{ number }}`: a colon as the language of the page writes it; every template has it."""

from django import template

from inzage.portal.language import spoken

register = template.Library()


@register.filter
def colon(label: object) -> str:
    """The label and its colon, which in French stands apart."""
    return f"{label}{' ' if spoken() == 'fr' else ''}:"
