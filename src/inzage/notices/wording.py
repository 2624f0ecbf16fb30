"""What mails say of each kind of notice: how many there are, and nothing of whom they are about (S12)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from inzage.notices.models import Notice

SUBJECTS: Mapping[str, str | Promise] = {
    Notice.Kind.GRANTED: ngettext_lazy("Inzagerecht toegekend", "%(n)d inzagerechten toegekend", "n"),
    Notice.Kind.CLOSED: ngettext_lazy("Inzagerecht afgesloten", "%(n)d inzagerechten afgesloten", "n"),
    Notice.Kind.SENT_BACK: ngettext_lazy("Formulier teruggestuurd", "%(n)d formulieren teruggestuurd", "n"),
    Notice.Kind.REFUSED: ngettext_lazy("Formulier geweigerd", "%(n)d formulieren geweigerd", "n"),
    Notice.Kind.RECEIVED: ngettext_lazy(
        "Brussels formulier ingediend", "%(n)d Brusselse formulieren ingediend", "n"
    ),
    Notice.Kind.ENDS_SOON: ngettext_lazy(
        "Inzagerecht eindigt binnenkort", "%(n)d inzagerechten eindigen binnenkort", "n"
    ),
    Notice.Kind.ASKED_WHY: ngettext_lazy("Vraag van een klant", "%(n)d vragen van klanten", "n"),
    Notice.Kind.ENROLMENT_GONE: ngettext_lazy(
        "Klant niet ingeschreven bij Actiris", "%(n)d klanten niet ingeschreven bij Actiris", "n"
    ),
}
LINES: Mapping[str, str | Promise] = {
    Notice.Kind.GRANTED: ngettext_lazy(
        "Er is %(n)d inzagerecht toegekend. U kunt nu verder registreren.",
        "Er zijn %(n)d inzagerechten toegekend. U kunt nu verder registreren.",
        "n",
    ),
    Notice.Kind.CLOSED: ngettext_lazy(
        "Er is %(n)d inzagerecht afgesloten.", "Er zijn %(n)d inzagerechten afgesloten.", "n"
    ),
    Notice.Kind.SENT_BACK: ngettext_lazy(
        "Er is %(n)d formulier teruggestuurd. In Inzage leest u wat er ontbreekt.",
        "Er zijn %(n)d formulieren teruggestuurd. In Inzage leest u wat er ontbreekt.",
        "n",
    ),
    Notice.Kind.REFUSED: ngettext_lazy(
        "Er is %(n)d formulier geweigerd. In Inzage leest u waarom.",
        "Er zijn %(n)d formulieren geweigerd. In Inzage leest u waarom.",
        "n",
    ),
    Notice.Kind.RECEIVED: ngettext_lazy(
        "Een partner diende een Brussels formulier in.",
        "Partners dienden %(n)d Brusselse formulieren in.",
        "n",
    ),
    Notice.Kind.ENDS_SOON: ngettext_lazy(
        "Er eindigt binnenkort %(n)d inzagerecht. In Inzage leest u wanneer, en wat het open kan houden.",
        "Er eindigen binnenkort %(n)d inzagerechten. In Inzage leest u wanneer, en wat ze open kan houden.",
        "n",
    ),
    Notice.Kind.ASKED_WHY: ngettext_lazy(
        "Er is %(n)d klant die vraagt waarom er in het dossier gekeken werd. Uw antwoord wordt verwacht.",
        "Er zijn %(n)d klanten die vragen waarom er in hun dossier gekeken werd. Uw antwoord wordt verwacht.",
        "n",
    ),
    Notice.Kind.ENROLMENT_GONE: ngettext_lazy(
        "Er is %(n)d klant die niet ingeschreven is bij Actiris. In Inzage leest u hoe u kunt helpen.",
        "Er zijn %(n)d klanten die niet ingeschreven zijn bij Actiris. In Inzage leest u hoe u kunt helpen.",
        "n",
    ),
}
OF_DIGEST = ngettext_lazy("%(n)d nieuw bericht in Inzage", "%(n)d nieuwe berichten in Inzage", "n")
TO_READ = _("Meld u aan om alles te lezen en te zien wat u kunt doen:")
TO_HANDLE = _("Meld u aan om het na te kijken:")


def said(words: str | Promise, count: int) -> str:
    """These words for that many, in the language that is spoken now."""
    return str(words % {"n": count})
