"""The pages on which a draft of a rule book is rehearsed."""

from datetime import timedelta

from inzage.access_log.models import AccessLine, ShownDossier
from inzage.oversight.models import Rehearsed
from inzage.oversight.rehearsals import KEPT, ask_for, make_next
from inzage.partners.models import Person
from tests.oversight.drafts import draft_text, kept
from tests.portal.office import NOON, TODAY, Office, a_right, origin
from tests.portal.pages.visiting import Visit, at_work, state

PAGE, LIST = "portal/rule_manager/rehearsal.html", "portal/rule_manager/rehearsals.html"
SHORTER = draft_text("2026-06-01", no_activity="months = 4")


def _visit(asked: Rehearsed | None = None, sent: dict[str, str] | None = None) -> Visit:
    address = "/regels/doorrekeningen/"
    return at_work(Person.Role.RULE_MANAGER, f"{address}{asked.pk}/" if asked else address, sent)


def _asked(text: str = SHORTER) -> Rehearsed:
    return ask_for(kept(text), None, origin=origin())


def _made(text: str = SHORTER) -> Rehearsed:
    asked = _asked(text)
    make_next(clock=lambda: NOON)
    return asked


def _looked_at(office: Office) -> None:
    right = a_right(office.anna, office.other, on=TODAY - timedelta(days=150))
    line = AccessLine.objects.create(at=NOON, kind="look", person="person:0", unit="OE9", part="general")
    ShownDossier.objects.create(line=line, dossier=office.anna, right=right.pk, verdict="right_stands")


@state(LIST, "no draft yet")
def _(_office: Office) -> Visit:
    return _visit()


@state(LIST, "one of each state")
def _(_office: Office) -> Visit:
    draft = _made().draft
    failed = ask_for(draft, TODAY + timedelta(days=100), origin=origin())
    Rehearsed.objects.filter(pk=failed.pk).update(finished_at=NOON, failed="OSError")
    under_way = ask_for(draft, TODAY + timedelta(days=101), origin=origin())
    Rehearsed.objects.filter(pk=under_way.pk).update(started_at=NOON, seen_at=NOON)
    ask_for(draft, TODAY + timedelta(days=102), origin=origin())
    return _visit()


@state(LIST, "a day too early")
def _(_office: Office) -> Visit:
    return _visit(sent={"draft": str(kept(SHORTER).pk), "on": "2026-05-31"})


@state(PAGE, "waiting")
def _(_office: Office) -> Visit:
    return _visit(_asked())


@state(PAGE, "under way")
def _(_office: Office) -> Visit:
    asked = _asked()
    counts = {"done": 1_250_000, "total": 5_000_000}
    Rehearsed.objects.filter(pk=asked.pk).update(started_at=NOON, seen_at=NOON, **counts)
    return _visit(asked)


@state(PAGE, "rights and looks moved")
def _(office: Office) -> Visit:
    _looked_at(office)
    return _visit(_made(draft_text("2026-06-01", no_activity="months = 3", executor="days = 10")))


@state(PAGE, "nothing moved")
def _(_office: Office) -> Visit:
    return _visit(_made(draft_text("2026-06-01")))


@state(PAGE, "files gone")
def _(office: Office) -> Visit:
    a_right(office.anna, office.other, on=TODAY - timedelta(days=60))
    asked = _made()
    ask_for(kept(draft_text("2026-09-01")), None, origin=origin())
    make_next(clock=lambda: NOON + KEPT + timedelta(days=1))
    return _visit(asked)


@state(PAGE, "failed: its day has come")
def _(_office: Office) -> Visit:
    return _failed("starts_too_early")


@state(PAGE, "failed: another book starts")
def _(_office: Office) -> Visit:
    return _failed("starts_with_another")


@state(PAGE, "failed by our fault")
def _(_office: Office) -> Visit:
    return _failed("OSError")


def _failed(why: str) -> Visit:
    asked = _asked()
    Rehearsed.objects.filter(pk=asked.pk).update(finished_at=NOON, failed=why)
    return _visit(asked)
