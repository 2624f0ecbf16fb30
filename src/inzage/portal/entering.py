"""What people enter: forms in our own markup, and what is wrong with what was entered."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

from django import forms
from django.http import Http404, HttpRequest

from inzage.portal.refusing import sentence_of


class Wrong(NamedTuple):
    """One thing that is wrong: the id of the field to go to, its label (but for a box to tick), and the sentence."""

    to: str
    label: str
    sentence: str


class Entry(forms.Form):
    """A form on a page; each field with label, help and error, tied together for whoever listens to it."""

    template_name = "portal/form.html"
    use_required_attribute = True
    is_offered = True
    """Whether the form stands on the page: what was refused for good is told and not offered again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    @contextmanager
    def refusing(self, *refusals: type[Exception]) -> Iterator[None]:
        """Show a refusal at the form as a sentence; what was entered stays."""
        try:
            yield
        except refusals as refusal:
            self.add_error(None, sentence_of(refusal))

    def all_wrong(self) -> list[Wrong]:
        """What is wrong, in the order of the form, for the summary on top of the page."""
        fields = self.visible_fields()
        first = _id_of(fields[0]) if fields and self.is_offered else ""
        wrong = [Wrong(first, "", str(sentence)) for sentence in self.non_field_errors()]
        for field in fields:
            label = "" if field.widget_type == "checkbox" else str(field.label)
            wrong += [Wrong(_id_of(field), label, str(sentence)) for sentence in field.errors]
        return wrong

    def get_context(self) -> dict[str, Any]:
        """What the form's template shows; the first field that is wrong gets the focus."""
        if wrong := next((field for field in self.visible_fields() if field.errors), None):
            wrong.field.widget.attrs["autofocus"] = True
        context: dict[str, Any] = super().get_context()
        return context


def _id_of(field: forms.BoundField) -> str:
    """The id of the field's input; of several, the first."""
    return field.id_for_label or f"{field.auto_id}_0"


Sent = TypeVar("Sent", bound=Entry)


def act_in(request: HttpRequest, acts: Mapping[str, type[Sent]], about: object) -> Sent | None:
    """The act about this thing that was sent in, if any; a page that has no such act is not there."""
    if request.method != "POST":
        return None
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    return act(about, request.POST)


def wrong_of(entry: Entry | None) -> Entry | None:
    """The form, where something is wrong with what was entered: then the page says so in its title and on top."""
    return entry if entry is not None and entry.errors else None


class Radios(forms.RadioSelect):
    """One of a few; the focus goes to the first."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Only one input of a page can ask for the focus."""
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        if option["index"] != "0":
            option["attrs"].pop("autofocus", None)
        return option
