"""What an administrator enters, each act carried out by its use case."""

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from inzage.journal.models import Origin
from inzage.partners import people
from inzage.partners.models import Person, Unit
from inzage.partners.people import NewPerson, NotChanged
from inzage.portal.administration.words import BY_PROVIDER, BY_PROVIDER_WORDS, REFUSALS, ROLES
from inzage.portal.doors import Official
from inzage.portal.entering import Entry
from inzage.portal.fields import UnitByNumber

Role = Person.Role
LONGEST = 200


class OneLine(forms.CharField):
    """A text on one line; never offered again by the browser."""

    def __init__(self, *, longest: int = LONGEST, **kwargs: Any) -> None:
        attributes = {"autocomplete": "off", "spellcheck": "false"}
        kwargs.setdefault("error_messages", {"required": _("Vul dit in.")})
        super().__init__(max_length=longest, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> str:
        """The text, without spaces around it."""
        text = str(super().clean(value)).strip()
        if not text.isprintable():
            raise ValidationError(say("Hier staan tekens in die niet te lezen zijn."))
        return text


class Entered(Entry):
    """A form here; what the use case refuses stands on it as a sentence."""

    @contextmanager
    def refusing_changes(self) -> Iterator[None]:
        """Show a refusal; what was entered stays."""
        try:
            yield
        except NotChanged as refusal:
            self.add_error(None, str(REFUSALS[refusal.reason]))


class Adding(Entered):
    """Somebody who is let in before the first sign-in."""

    name = OneLine(label=_("Naam"))
    subject = OneLine(
        label=_("Hoe de identiteitsdienst deze persoon noemt"),
        help_text=_(
            "Het kenmerk van de persoon (sub). Wie zich al aanmeldde zonder rol, zag het op het scherm."
        ),
    )
    issuer = OneLine(label=_("Identiteitsdienst"))
    role = forms.ChoiceField(label=_("Rol"), choices=list(ROLES.items()))

    def carry_out(self, origin: Origin) -> Person:
        """Let in whom this names."""
        entered = self.cleaned_data
        new = NewPerson(entered["issuer"], entered["subject"], entered["name"], Role(entered["role"]))
        return people.add(new, origin)


class Act(Entered):
    """What can be done about one person, by the administrator who is there."""

    name: ClassVar[str]
    button: Promise
    done: Promise
    is_grave = False

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=self.name, **kwargs)
        self.person = person

    @abstractmethod
    def carry_out(self, official: Official) -> None:
        """Call the use case."""


class ChangeRole(Act):
    """Another role, or the provider's."""

    name, button = "role", _("Rol wijzigen")
    done = _("De rol is gewijzigd. Wie aangemeld was, meldt zich opnieuw aan.")
    role = forms.ChoiceField(
        label=_("Rol"),
        choices=[(BY_PROVIDER, BY_PROVIDER_WORDS), *ROLES.items()],
        help_text=_("Een rol die u hier geeft, gaat voor op wat de identiteitsdienst zegt."),
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        now = person.role if person.role_kept_here else BY_PROVIDER
        super().__init__(person, *args, initial={"role": now}, **kwargs)

    def carry_out(self, official: Official) -> None:
        """Kept here, or left to the provider."""
        entered = self.cleaned_data["role"]
        role = None if entered == BY_PROVIDER else Role(entered)
        people.change_role(self.person.pk, role, by=official.person, origin=official.origin)


class Join(Act):
    """Works for a unit, and manages it or not."""

    name, button, done = "join", _("Aan een eenheid koppelen"), _("Deze persoon werkt nu voor de eenheid.")
    unit = UnitByNumber(label=_("OE-nummer van de eenheid"))
    manages = forms.BooleanField(label=_("Beheert de eenheid: ziet haar mensen en cijfers"), required=False)

    def carry_out(self, official: Official) -> None:
        """A member from now on."""
        entered = self.cleaned_data
        people.join(self.person.pk, entered["unit"], manages=entered["manages"], origin=official.origin)


class Leave(Act):
    """Works for a unit no longer."""

    name, button, done = "leave", _("Ontkoppelen"), _("Deze persoon werkt niet meer voor de eenheid.")
    unit = UnitByNumber(label=_("OE-nummer van de eenheid"))

    def carry_out(self, official: Official) -> None:
        """No member from now on."""
        people.leave(self.person.pk, self.cleaned_data["unit"], origin=official.origin)


class CloseAccess(Act):
    """Let in no longer."""

    name, button = "close", _("Toegang afsluiten")
    done = _("De toegang is afgesloten. Wie aangemeld was, is dat niet meer.")
    is_grave = True

    def carry_out(self, official: Official) -> None:
        """From this moment on."""
        people.close_access(self.person.pk, by=official.person, origin=official.origin)


class OpenAccess(Act):
    """Let in again."""

    name, button, done = "open", _("Toegang weer openen"), _("De toegang is weer open.")

    def carry_out(self, official: Official) -> None:
        """From this moment on."""
        people.open_access(self.person.pk, by=official.person, origin=official.origin)


ACTS: dict[str, type[Act]] = {act.name: act for act in (ChangeRole, Join, Leave, CloseAccess, OpenAccess)}


def acts_for(person: Person, by: Person) -> list[type[Act]]:
    """What the page offers: of the own role and access nothing."""
    joining: list[type[Act]] = [Join] if person.role == Role.COUNSELLOR else []
    if person.pk == by.pk:
        return joining
    return [*joining, ChangeRole, CloseAccess if person.is_active else OpenAccess]


class NamingOrganisation(Entered):
    """By which code the provider knows a unit's organisation."""

    unit = UnitByNumber(label=_("OE-nummer van de eenheid"))
    code = OneLine(
        label=_("Code bij de identiteitsdienst"),
        longest=20,
        required=False,
        help_text=_(
            "Een schoolnummer of een OVO-code. Laat dit leeg als het KBO-nummer van de organisatie volstaat."
        ),
    )

    def clean_code(self) -> str:
        """As codes are compared: without points, dashes and spaces, in capitals."""
        code = "".join(sign for sign in self.cleaned_data["code"].upper() if sign not in " .-/")
        if code and not (code.isascii() and code.isalnum()):
            raise ValidationError(say("Een code bestaat uit cijfers en letters."))
        return code

    def carry_out(self, origin: Origin) -> Unit:
        """From now on it is known by that code."""
        return people.name_organisation(self.cleaned_data["unit"], self.cleaned_data["code"], origin)
