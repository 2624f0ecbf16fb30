"""The second step of asking a right: on which of the open ways the client consents (S04, S11, S17)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inzage.portal.entering import Entry, Radios
from inzage.portal.partner.asking_facts import WAYS, Facts
from inzage.rules.granting import BRUSSELS
from inzage.rules.names import Route

AT_BRUSSELS = _(
    "Deze klant woont in Brussel: kies het formulier. Dat is dan het Brusselse, dat naar VDAB Brussel gaat."
)


class Choice(Entry):
    """How the client consents. Which form it is follows from where the client lives, so `form` stands for any."""

    route = forms.ChoiceField(
        label=_("Hoe de klant toestemt"),
        widget=Radios,
        error_messages={"required": _("Kies hoe de klant toestemt."), "invalid_choice": AT_BRUSSELS},
    )
    again = forms.BooleanField(
        label=_("Ik vraag het toch aan: een nieuwe toekenning kan het recht verlengen"), required=False
    )

    def __init__(self, facts: Facts, *args: Any, hint: str = "", **kwargs: Any) -> None:
        choices = [(_as_asked(route), WAYS[route]) for route in facts.routes]
        offered = [name for name, _words in choices]
        initial = {"route": hint if hint in offered else offered[0]}
        super().__init__(*args, initial=initial, **kwargs)
        self._facts = facts
        field = self.fields["route"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if facts.right is None:
            del self.fields["again"]

    def chosen(self) -> Route:
        """The route that was chosen."""
        sent = self.cleaned_data["route"]
        return next(route for route in self._facts.routes if _as_asked(route) == sent)

    def is_confirmed(self) -> bool:
        """Whether the person goes on although an own right stands; if not, the form tells of it and asks."""
        if self._facts.right is None or self.cleaned_data.get("again"):
            return True
        self.add_error("again", self._facts.standing)
        return False


def _as_asked(route: Route) -> str:
    return str(Route.FORM if route in BRUSSELS else route)
