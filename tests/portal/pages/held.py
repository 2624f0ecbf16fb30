"""The pages of rights that are held, and of rights that are restored."""

from datetime import date, timedelta
from functools import partial

from django.test import override_settings

from inzage.partners.models import Person
from inzage.portal.held.answering import digest_of
from inzage.rules.days import midnight
from inzage.rules.periods import last_day_after
from inzage.view_rights.ending import revoke
from inzage.view_rights.held import Restoration
from inzage.view_rights.holding import check_evening
from inzage.view_rights.models import ViewRight
from inzage.view_rights.restoring import approve_restoration, ask_restoration, refuse_restoration
from inzage.view_rights.unusual_days import look_ahead
from tests.portal.office import TODAY, Office, a_dossier, a_form, a_right, origin
from tests.portal.pages.visiting import Visit, at_work, state, untouched

RULES, PROTECTION = Person.Role.RULE_MANAGER, Person.Role.DATA_PROTECTION_OFFICER
_rules = partial(at_work, RULES)
YESTERDAY = TODAY - timedelta(days=1)
NOTHING_IS_USUAL = {"times": 1, "least": 0, "nights": 20, "floor": 0, "percent": 0}


def granted_to_end(last_day: date) -> date:
    """The day on which a right is granted that ends on this one by the rule for who does nothing: six months before."""
    days = (last_day - timedelta(days=number) for number in range(180, 186))
    return next(day for day in days if last_day_after(day, months=6) == last_day)


def _held(office: Office, *, since: date = YESTERDAY) -> ViewRight:
    """A right of Leerhuis, held on that evening: even one was too many."""
    right = a_right(a_dossier("Bob", "Bedacht"), office.other, on=granted_to_end(since))
    with override_settings(EVENING_LIMITS=NOTHING_IS_USUAL):
        check_evening(since, clock=lambda: midnight(since) + timedelta(hours=22))
    return ViewRight.objects.get(pk=right.pk)


@state("portal/held/listing.html", "one right")
def _(office: Office) -> Visit:
    _held(office)
    return _rules("/regels/vastgehouden/")


@state("portal/held/listing.html", "unusually many on coming days")
def _(office: Office) -> Visit:
    for unit in (office.own, office.other):
        a_right(a_dossier("Bob", "Bedacht"), unit, on=granted_to_end(TODAY + timedelta(days=6)))
    with override_settings(EVENING_LIMITS=NOTHING_IS_USUAL):
        look_ahead(clock=lambda: midnight(TODAY))
    return _rules("/regels/vastgehouden/")


untouched("portal/held/listing.html", "nothing waits", RULES, "/regels/vastgehouden/")


@state("portal/held/answer.html", "about one")
def _(office: Office) -> Visit:
    return _rules(f"/regels/vastgehouden/antwoord/?recht={_held(office).pk}")


@state("portal/held/answer.html", "about an organisation")
def _(office: Office) -> Visit:
    _held(office)
    return _rules("/regels/vastgehouden/antwoord/?organisatie=OE2")


@state("portal/held/answer.html", "nothing filled in")
def _(office: Office) -> Visit:
    shown = digest_of([_held(office).pk])
    return _rules("/regels/vastgehouden/antwoord/?organisatie=OE2", {"seen": shown})


@state("portal/held/answer.html", "changed meanwhile")
def _(office: Office) -> Visit:
    _held(office)
    sent = {"seen": digest_of([]), "answer": "kept", "reason": "Een fout in de regel."}
    return _rules("/regels/vastgehouden/antwoord/?organisatie=OE2", sent)


untouched(
    "portal/held/answer.html", "answered already", RULES, "/regels/vastgehouden/antwoord/?organisatie=OE2"
)


@state("portal/held/long.html", "one right")
def _(office: Office) -> Visit:
    _held(office, since=TODAY - timedelta(days=20))
    return at_work(PROTECTION, "/toezicht/vastgehouden/")


untouched("portal/held/long.html", "none", PROTECTION, "/toezicht/vastgehouden/")


def _closed(office: Office) -> ViewRight:
    """Werkpad's right on Anna's dossier, revoked by an error; Anna is on the mediators' list."""
    a_form(office.anna, office.school)
    return revoke(office.right.pk, remark="Aan de verkeerde gegeven.", origin=origin())


def _asked(office: Office, *, by: Person | None = None) -> Restoration:
    right = _closed(office)
    asking = origin()._replace(by=(by or office.bas).signature)
    return ask_restoration(right.pk, "De verkeerde klant gekozen.", origin=asking)


def _ask(office: Office, sent: dict[str, str] | None = None) -> Visit:
    address = f"/klanten/{office.anna.reference}/inzagerechten/{office.right.pk}/herstellen/"
    return Visit(office.mira, address, sent)


@state("portal/restoring/ask.html", "before")
def _(office: Office) -> Visit:
    _closed(office)
    return _ask(office)


@state("portal/restoring/ask.html", "no reason")
def _(office: Office) -> Visit:
    _closed(office)
    return _ask(office, {"reason": ""})


@state("portal/restoring/ask.html", "asked already")
def _(office: Office) -> Visit:
    _asked(office)
    return _ask(office)


@state("portal/restoring/ask.html", "refused before")
def _(office: Office) -> Visit:
    refuse_restoration(_asked(office), "Het was geen vergissing.", origin=origin())
    return _ask(office)


@state("portal/restoring/listing.html", "one waits")
def _(office: Office) -> Visit:
    _asked(office)
    return Visit(office.mira, "/herstel/")


@state("portal/restoring/listing.html", "own requests were answered")
def _(office: Office) -> Visit:
    refuse_restoration(_asked(office, by=office.mira), "Het was geen vergissing.", origin=origin())
    again = ask_restoration(office.right.pk, "Toch wel.", origin=origin()._replace(by=office.mira.signature))
    approve_restoration(again, "Nagekeken met de dienst.", origin=origin())
    return Visit(office.mira, "/herstel/")


untouched("portal/restoring/listing.html", "nothing waits", "mira", "/herstel/")


@state("portal/restoring/one.html", "before")
def _(office: Office) -> Visit:
    return Visit(office.mira, f"/herstel/{_asked(office).pk}/")


@state("portal/restoring/one.html", "one's own")
def _(office: Office) -> Visit:
    return Visit(office.mira, f"/herstel/{_asked(office, by=office.mira).pk}/")


@state("portal/restoring/one.html", "refused without a reason")
def _(office: Office) -> Visit:
    return Visit(office.mira, f"/herstel/{_asked(office).pk}/", {"answer": "no", "remark": ""})


@state("portal/restoring/one.html", "not possible any more")
def _(office: Office) -> Visit:
    request = _asked(office)
    a_right(office.anna, office.own)
    return Visit(office.mira, f"/herstel/{request.pk}/")


@state("portal/restoring/one.html", "approved")
def _(office: Office) -> Visit:
    request = _asked(office)
    approve_restoration(request, "Nagekeken met de dienst.", origin=origin())
    return Visit(office.mira, f"/herstel/{request.pk}/")


@state("portal/restoring/one.html", "refused")
def _(office: Office) -> Visit:
    request = _asked(office)
    refuse_restoration(request, "Het was geen vergissing.", origin=origin())
    return Visit(office.mira, f"/herstel/{request.pk}/")


@state("portal/restoring/one.html", "taken back")
def _(office: Office) -> Visit:
    request = _asked(office, by=office.mira)
    refuse_restoration(request, "Het klopte toch.", origin=origin()._replace(by=office.mira.signature))
    return Visit(office.mira, f"/herstel/{request.pk}/")
