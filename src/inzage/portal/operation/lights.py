"""How something is doing: a word, a colour beside it, and what there is to say."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inzage.portal.templatetags.days import moment as as_said
from inzage.rules.days import BRUSSELS


class Light(StrEnum):
    """Well, to be looked at, or wrong."""

    GOOD = "good"
    LOOK = "look"
    WRONG = "bad"

    @property
    def words(self) -> Promise:
        """The word that stands beside the colour."""
        return WORDS[self]


WORDS: dict[Light, Promise] = {Light.GOOD: _("in orde"), Light.LOOK: _("kijk na"), Light.WRONG: _("mis")}


class Told(NamedTuple):
    """A thing, how it is doing, and the sentences about it."""

    key: str
    title: str
    light: Light
    sentences: list[str]


def in_words(moment: datetime) -> str:
    """A moment as people say it, in the language of the page."""
    return as_said(moment.astimezone(BRUSSELS))
