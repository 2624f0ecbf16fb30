"""What a list shows and in which order, chosen on the page itself: words of a fixed list and days, never a person."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest

from inzage.portal.entering import Entry
from inzage.portal.templatetags.colons import colon


class Filter(Entry):
    """Choices that stand in the address of a list. What is no choice there is left out."""

    template_name = "portal/partner/day/filter.html"
    use_required_attribute = False

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(request.GET, **kwargs)
        for field in self.fields.values():
            field.required = False
        self.full_clean()

    def get(self, name: str) -> Any:
        """What was chosen; nothing where nothing was, or where it was no choice."""
        return self.cleaned_data.get(name) or None

    @property
    def keep(self) -> str:
        """The choices as the address of the list says them, for the links that keep them."""
        said = {name: self[name].value() for name in self.fields if self.get(name) is not None}
        return urlencode(said)

    @property
    def chosen(self) -> list[str]:
        """The choices in words, but for the order."""
        return [
            f"{colon(self.fields[name].label)} {self._word(name)}"
            for name in self.fields
            if name != "op" and self.get(name) is not None
        ]

    def _word(self, name: str) -> str:
        field, value = self.fields[name], self[name].value()
        offered = list(field.widget.choices) if isinstance(field.widget, forms.Select) else []
        return str(next((word for choice, word in offered if choice == value), value))
