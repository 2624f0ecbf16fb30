"""The pages of the rule manager, the data protection officer and the operator."""

from datetime import date, timedelta
from functools import partial

from inzage.access_log.models import AccessLine, Question, ShownDossier
from inzage.oversight.balancing import Balance
from inzage.oversight.checked import keep_balance, keep_proof
from inzage.oversight.counting import count_due
from inzage.oversight.differences import Difference
from inzage.oversight.proving import Proof
from inzage.oversight.questions import answer_as_officer, ask_why
from inzage.partners.models import Person
from inzage.portal.protection.exported import MOST
from inzage.view_rights.models import ClosingRun
from inzage.view_rights.running import run
from tests.portal.office import (
    NOON,
    TODAY,
    Office,
    a_canary,
    a_right,
    origin,
    registered_late,
    signed_in_as,
)
from tests.portal.operating import everything_done
from tests.portal.pages.visiting import Visit, at_work, state, untouched

RULES, PROTECTION, OPERATOR = (
    Person.Role.RULE_MANAGER,
    Person.Role.DATA_PROTECTION_OFFICER,
    Person.Role.OPERATOR,
)
_rules, _protection, _operator = (partial(at_work, role) for role in (RULES, PROTECTION, OPERATOR))
LONG_AGO = TODAY - timedelta(days=300)


def _looked(office: Office) -> AccessLine:
    signed_in_as(office.carla).get(f"/dossiers/{office.anna.reference}/")
    return AccessLine.objects.latest("pk")


def _a_night(office: Office) -> ClosingRun:
    a_right(office.anna, office.other, on=LONG_AGO)
    run(TODAY, clock=lambda: NOON)
    return ClosingRun.objects.get()


@state("portal/rule_manager/book.html", "in force")
def _(office: Office) -> Visit:
    count_due(NOON)
    return _rules("/regels/")


@state("portal/rule_manager/figures.html", "counted")
def _(office: Office) -> Visit:
    count_due(NOON)
    return _rules("/regels/cijfers/")


untouched("portal/rule_manager/figures.html", "not counted", RULES, "/regels/cijfers/")


@state("portal/rule_manager/runs.html", "one night")
def _(office: Office) -> Visit:
    _a_night(office)
    return _rules("/regels/nachten/")


untouched("portal/rule_manager/runs.html", "none", RULES, "/regels/nachten/")


@state("portal/rule_manager/run.html", "rights closed")
def _(office: Office) -> Visit:
    return _rules(f"/regels/nachten/{_a_night(office).pk}/")


@state("portal/rule_manager/run.html", "stopped before its end")
def _(office: Office) -> Visit:
    return _rules(f"/regels/nachten/{ClosingRun.objects.create(day=TODAY, started_at=NOON).pk}/")


untouched("portal/protection/search.html", "before", PROTECTION, "/toezicht/")


@state("portal/protection/search.html", "found")
def _(office: Office) -> Visit:
    _looked(office)
    return _protection("/toezicht/", {"person": "Carla"})


untouched("portal/protection/search.html", "nothing found", PROTECTION, "/toezicht/", {"kind": "export"})
untouched("portal/protection/search.html", "no such person", PROTECTION, "/toezicht/", {"person": "Niemand"})


@state("portal/protection/search.html", "too many to save")
def _(office: Office) -> Visit:
    line = {"at": NOON, "kind": "look", "person": "person:0", "part": "general"}
    AccessLine.objects.bulk_create(AccessLine(**line) for _ in range(MOST + 1))
    return _protection("/toezicht/", {"export": "1"})


@state("portal/protection/line.html", "a look")
def _(office: Office) -> Visit:
    return _protection(f"/toezicht/lijnen/{_looked(office).pk}/")


def _on_day(office: Office, day: object) -> Visit:
    return _protection(f"/toezicht/dossiers/{office.anna.reference}/dag/?dag={day}")


@state("portal/protection/past_day.html", "an organisation had a right")
def _(office: Office) -> Visit:
    return _on_day(office, TODAY)


@state("portal/protection/past_day.html", "something was registered late")
def _(office: Office) -> Visit:
    registered_late(office)
    return _on_day(office, TODAY - timedelta(days=2))


@state("portal/protection/past_day.html", "nobody had one")
def _(office: Office) -> Visit:
    return _on_day(office, LONG_AGO)


@state("portal/protection/past_day.html", "no such day")
def _(office: Office) -> Visit:
    return _on_day(office, "30/02/2026")


@state("portal/protection/person.html", "somebody who looked")
def _(office: Office) -> Visit:
    _looked(office)
    return _protection(f"/toezicht/mensen/{office.carla.pk}/")


@state("portal/protection/person.html", "somebody who did not")
def _(office: Office) -> Visit:
    return _protection(f"/toezicht/mensen/{office.otto.pk}/")


@state("portal/protection/unit.html", "one that looked")
def _(office: Office) -> Visit:
    _looked(office)
    return _protection(f"/toezicht/organisaties/{office.own.pk}/")


@state("portal/protection/rights.html", "one right")
def _(office: Office) -> Visit:
    return _protection(f"/toezicht/organisaties/{office.own.pk}/rechten/")


@state("portal/protection/rights.html", "none")
def _(office: Office) -> Visit:
    return _protection(f"/toezicht/organisaties/{office.other.pk}/rechten/")


@state("portal/protection/dossier.html", "a right and a look")
def _(office: Office) -> Visit:
    _looked(office)
    return _protection(f"/toezicht/dossiers/{office.anna.reference}/")


def _question(office: Office, unit: str, on: date) -> Question:
    line = AccessLine.objects.create(
        at=NOON, kind="look", person=office.mira.signature, unit=unit, part="general"
    )
    shown = ShownDossier.objects.create(line=line, dossier=office.anna, verdict="vdab")
    return ask_why(shown, "Waarom keek u?", origin=origin(on))


@state("portal/protection/questions.html", "about VDAB, and overdue")
def _(office: Office) -> Visit:
    _question(office, "", TODAY)
    _question(office, office.own.oe_number, LONG_AGO)
    return _protection("/toezicht/vragen/")


untouched(
    "portal/protection/questions.html",
    "none of that organisation",
    PROTECTION,
    "/toezicht/vragen/?toon=open&oe=OE2",
)
untouched("portal/protection/questions.html", "none", PROTECTION, "/toezicht/vragen/")


@state("portal/protection/question.html", "to answer")
def _(office: Office) -> Visit:
    return _protection(f"/toezicht/vragen/{_question(office, '', TODAY).pk}/")


@state("portal/protection/question.html", "with the organisation")
def _(office: Office) -> Visit:
    return _protection(f"/toezicht/vragen/{_question(office, office.own.oe_number, TODAY).pk}/")


@state("portal/protection/question.html", "answered")
def _(office: Office) -> Visit:
    asked = _question(office, "", TODAY)
    answer_as_officer(asked.pk, "Om het formulier na te kijken.", origin=origin())
    return _protection(f"/toezicht/vragen/{asked.pk}/")


@state("portal/protection/question.html", "nothing written")
def _(office: Office) -> Visit:
    return _protection(f"/toezicht/vragen/{_question(office, '', TODAY).pk}/", {"text": ""})


untouched("portal/protection/reasons.html", "none", PROTECTION, "/toezicht/redenen/")


@state("portal/protection/figures.html", "counted")
def _(office: Office) -> Visit:
    _looked(office)
    while count_due(NOON + timedelta(days=1)):
        pass
    return _protection("/toezicht/cijfers/")


untouched("portal/protection/figures.html", "not counted", PROTECTION, "/toezicht/cijfers/")
untouched("portal/operation/state.html", "nothing ever ran", OPERATOR, "/beheer/")


@state("portal/operation/state.html", "rights differ and a canary overran")
def _(office: Office) -> Visit:
    run(TODAY, clock=lambda: NOON)
    differs = Difference(office.right.pk, office.anna.pk, office.own.pk, "2026-09-02 term", "2026-09-01 term")
    ground = differs._replace(
        right=None, kind="ground", stored="form 2026-09-01", proven="a right with this ground"
    )
    death = Difference(
        None, office.anna.pk, None, "client 1: deceased_on 2026-09-01", "deceased_on None", "fact"
    )
    keep_proof(Proof(1, [differs, ground, death]), day=TODAY, at=NOON)
    a_canary(overrun=500_000)
    return _operator("/beheer/")


@state("portal/operation/state.html", "all is well")
def _(office: Office) -> Visit:
    everything_done()
    keep_balance(Balance(3, 3, 3, 0, {}), "ibis", day=TODAY, at=NOON)
    return _operator("/beheer/")
