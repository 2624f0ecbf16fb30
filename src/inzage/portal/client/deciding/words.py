"""What a client reads before and after deciding: what ends, what stays and why, in plain words."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from inzage.partners.models import Unit
from inzage.portal.language import spoken
from inzage.rule_books.in_force import books
from inzage.rules.granting import Refusal
from inzage.rules.names import Ground
from inzage.view_rights.explaining import in_words
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.losing import Withdrawal
from inzage.view_rights.rules_in_words import term_in_words

GROUNDS: Mapping[str, str | Promise] = {
    Ground.ASSIGNMENT: gettext_lazy(
        "VDAB wees u aan deze organisatie toe. Dat steunt op een opdracht van de overheid, niet op uw toestemming."
    ),
    Ground.MEDIATOR: gettext_lazy(
        "U gaf bij uw bemiddelaar ook een andere toestemming. Wilt u dat niet meer, trek die dan ook in."
    ),
    Ground.FORM: gettext_lazy(
        "U gaf met een formulier ook een andere toestemming. Wilt u dat niet meer, trek die dan ook in."
    ),
    Ground.BRUSSELS_FORM: gettext_lazy(
        "U gaf met een Brussels formulier ook een andere toestemming. Wilt u dat niet meer, trek die dan ook in."
    ),
    Ground.IBIS: gettext_lazy("Uw opleiding of project bij deze organisatie is geregistreerd in IBIS."),
}
"""Why a right stays, by the ground that is left."""
REFUSED: Mapping[str, str | Promise] = {
    Refusal.WITHDRAWN: gettext_lazy("U trok deze toestemming al in. Er is niets gewijzigd."),
    Refusal.ALREADY_HANDLED: gettext_lazy(
        "Dit formulier is al ingediend of behandeld. Er is niets gewijzigd."
    ),
    Refusal.OBJECTED: gettext_lazy(
        "U sloot deze organisatie uit. Hef dat eerst op als u haar toch toestemming wilt geven."
    ),
}
NOTHING_CHANGED = gettext_lazy("Dit was al gebeurd. Er is niets gewijzigd.")


def refused(why: Exception) -> str:
    """The sentence for a client whose decision was not carried out."""
    return str(REFUSED.get(why.refusal, NOTHING_CHANGED) if isinstance(why, NotGranted) else NOTHING_CHANGED)


def day_in_words(day: date) -> str:
    """A day as people say it, in the language of the page."""
    return in_words(day, (get_language() or "nl")[:2])


def foretold(unit: Unit, foreseen: Withdrawal, today: date) -> list[str]:
    """What will happen to the unit's right when the client confirms today."""
    return list(_foretold(unit, foreseen, day_in_words(today)))


def _foretold(unit: Unit, foreseen: Withdrawal, today: str) -> Iterator[str]:
    if foreseen.right is None:
        yield _("%(unit)s heeft vandaag geen inzagerecht dat hierop rust. Er eindigt dus niets.") % {
            "unit": unit.name
        }
    elif foreseen.opens_anew:
        yield _(
            "Het inzagerecht dat %(unit)s nu heeft, eindigt meteen. Maar vandaag kwam er ook een andere grond bij: "
            "daarop gaat meteen een nieuw inzagerecht open. %(unit)s blijft uw dossier dus zien."
        ) % {"unit": unit.name}
    elif foreseen.ends:
        yield _(
            "Het inzagerecht van %(unit)s eindigt meteen: vandaag, %(today)s, is de eerste dag zonder."
        ) % {"unit": unit.name, "today": today}
    else:
        yield stays(unit, foreseen)


def stays(unit: Unit, foreseen: Withdrawal) -> str:
    """That the right stays, and until when."""
    if foreseen.last_day is None:
        return _("%(unit)s blijft uw dossier zien: het inzagerecht rust niet alleen op uw toestemming.") % {
            "unit": unit.name
        }
    return _(
        "%(unit)s blijft uw dossier zien, tot en met %(last_day)s: het inzagerecht rust niet alleen op uw toestemming."
    ) % {"unit": unit.name, "last_day": day_in_words(foreseen.last_day)}


def happened(unit: Unit, done: Withdrawal) -> str:
    """What came of it."""
    if done.right is None:
        return _("%(unit)s had geen inzagerecht dat hierop rustte: er eindigde niets.") % {"unit": unit.name}
    if done.ends and not done.opens_anew:
        return _("%(unit)s ziet uw dossier vanaf nu niet meer.") % {"unit": unit.name}
    return _("%(unit)s blijft uw dossier zien op een andere grond.") % {"unit": unit.name}


def why_it_stays(left: Iterable[str]) -> list[str]:
    """On what the right goes on, ground by ground."""
    return [str(GROUNDS[ground]) for ground in left]


def how_long(today: date) -> str:
    """For how long a consent of today gives a right, by the rule book in force (S20, S21)."""
    book = books().on(today)
    return _(
        "Zolang de organisatie een actie met u uitvoert, en tot %(after)s nadat de laatste is afgesloten. "
        "Begint er geen actie, dan tot %(without)s na de toekenning."
    ) % {
        "after": term_in_words(book.executor, spoken()),
        "without": term_in_words(book.no_activity, spoken()),
    }
