"""The pages of a rule book on its way, and of trajectories that last too long."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from inzage.journal.models import Origin
from inzage.oversight.draft_checks import as_kept, ask_for_check
from inzage.oversight.models import DraftChecked
from inzage.oversight.rehearsals import book_of
from inzage.partners.models import Person, Service
from inzage.rule_books.in_force import books
from inzage.rule_books.models import Draft, Proposal
from inzage.rule_books.publishing import (
    approve,
    keep_draft,
    propose_migration,
    propose_publication,
    refuse,
    take_back,
)
from inzage.rule_books.texts import text_of
from inzage.rules.combinations import Bound
from inzage.rules.comparing import compare
from inzage.view_rights.assigning import assign
from tests.portal.books import by, propose, propose_and_approve
from tests.portal.office import NOON, TODAY, Office, a_person, origin
from tests.portal.pages.visiting import Visit, at_work, state, untouched
from tests.rules.drafts import without_a_gap
from tests.rules.test_book_terms import BOOK

RULES = Person.Role.RULE_MANAGER
STARTS = TODAY + timedelta(days=30)
TEXT = without_a_gap(BOOK.replace("2020-01-01", str(STARTS)).replace("months = 6", "months = 2"))
FOUND = {"judged": 51234, "earlier": 1200, "later": 0, "gains_end": 3, "loses_end": 0, "looks_refused": 87}
_rudi = partial(at_work, RULES)
LISTED, NEW, ONE, CHECKED = (
    f"portal/rule_manager/drafts/{name}.html" for name in ("listed", "new", "one", "checked")
)


def _on(draft: Draft, sent: dict[str, str] | None = None) -> Visit:
    return _rudi(f"/regels/ontwerpen/{draft.pk}/", sent)


def _draft(text: str = TEXT) -> Draft:
    return keep_draft(text, "Kortere termijnen", origin=by(a_person("Rani", RULES).signature, TODAY))


def _proposed() -> Proposal:
    return propose(TEXT, on=TODAY, who=a_person("Rani", RULES).signature, name="Kortere termijnen")


def _move(draft: Draft) -> None:
    """It is decided that running terms move to this book."""
    moving = propose_migration(draft, STARTS, FOUND, origin=by("person:0", TODAY))
    approve(moving, origin=by("person:-1", TODAY))


untouched(LISTED, "none", RULES, "/regels/ontwerpen/")


@state(LISTED, "a draft, a proposal and a book to come")
def _(office: Office) -> Visit:
    propose_and_approve(TEXT, on=TODAY, name="Kortere termijnen")
    propose(TEXT.replace(str(STARTS), str(STARTS + timedelta(days=31))), on=TODAY, name="Nog korter")
    keep_draft(TEXT.replace("months = 2", "months = 3"), "Drie maanden", origin=by("person:0", TODAY))
    return _rudi("/regels/ontwerpen/")


untouched(NEW, "the book in force", RULES, "/regels/ontwerpen/nieuw/")


@state(NEW, "a text that can not be read")
def _(office: Office) -> Visit:
    text = TEXT.replace('source = "a page"', "source = 3")
    return _rudi("/regels/ontwerpen/nieuw/", {"name": "Kortere termijnen", "text": text})


@state(ONE, "a draft that says something else")
def _(office: Office) -> Visit:
    return _on(_draft())


@state(ONE, "a draft that says the same")
def _(office: Office) -> Visit:
    in_force = books().on(TODAY).starts_on
    return _on(_draft(text_of(in_force).replace(str(in_force), str(STARTS))))


@state(ONE, "a draft that starts too early")
def _(office: Office) -> Visit:
    return _on(_draft(TEXT.replace(str(STARTS), str(TODAY))))


@state(ONE, "one term shorter, proposed by a colleague")
def _(office: Office) -> Visit:
    in_force = books().on(TODAY).starts_on
    longer, shorter = "[no_activity]                  # S21\nmonths = 6", "[no_activity]\nmonths = 4"
    text = text_of(in_force).replace(str(in_force), str(STARTS)).replace(longer, shorter)
    draft = _draft(text)
    propose_publication(draft, FOUND, origin=by(draft.author, TODAY))
    return _on(draft)


def _without_a_service() -> Draft:
    return _draft(TEXT.replace('[services.GTB]\nstatus = "assumption"\n', ""))


@state(ONE, "a draft that leaves out a service")
def _(office: Office) -> Visit:
    return _on(_without_a_service())


@state(ONE, "a draft that leaves out a service, not proposed")
def _(office: Office) -> Visit:
    draft = _without_a_service()
    return _on(draft, {"act": f"publish-{draft.pk}"})


@state(ONE, "proposed by a colleague")
def _(office: Office) -> Visit:
    return _on(_proposed().draft)


@state(ONE, "proposed by oneself")
def _(office: Office) -> Visit:
    rudi = a_person("Rudi", RULES)
    draft = propose(TEXT, on=TODAY, who=rudi.signature, name="Kortere termijnen").draft
    return Visit(rudi, f"/regels/ontwerpen/{draft.pk}/")


@state(ONE, "refused without a reason")
def _(office: Office) -> Visit:
    proposal = _proposed()
    return _on(proposal.draft, {"act": f"refuse-{proposal.pk}", "remark": ""})


@state(ONE, "decided meanwhile")
def _(office: Office) -> Visit:
    proposal = _proposed()
    refuse(proposal, "Te kort.", origin=by("person:0", TODAY))
    return _on(proposal.draft, {"act": f"approve-{proposal.pk}"})


@state(ONE, "approved")
def _(office: Office) -> Visit:
    return _on(propose_and_approve(TEXT, on=TODAY, name="Kortere termijnen").draft)


@state(ONE, "taken back by who proposed it")
def _(office: Office) -> Visit:
    draft = _draft()
    proposal = propose_publication(draft, FOUND, origin=by(draft.author, TODAY))
    refuse(proposal, "Eerst nog eens nakijken.", origin=by(draft.author, TODAY))
    return _on(draft)


@state(ONE, "taken back")
def _(office: Office) -> Visit:
    proposal = propose_and_approve(TEXT, on=TODAY, name="Kortere termijnen")
    take_back(proposal, "De bron klopt niet.", origin=by("person:0", TODAY))
    return _on(proposal.draft)


@state(ONE, "moving terms not rehearsed")
def _(office: Office) -> Visit:
    draft = propose_and_approve(TEXT, on=TODAY, name="Kortere termijnen").draft
    return _on(draft, {"act": f"migrate-{draft.pk}", "on": str(STARTS)})


@state(ONE, "running terms move")
def _(office: Office) -> Visit:
    draft = propose_and_approve(TEXT, on=TODAY, name="Kortere termijnen").draft
    _move(draft)
    return _on(draft)


@state("portal/rule_manager/book.html", "running terms move to a later one")
def _(office: Office) -> Visit:
    _move(propose_and_approve(TEXT, on=TODAY, name="Kortere termijnen").draft)
    return _rudi("/regels/")


def _check(draft: Draft, sent: dict[str, str] | None = None) -> Visit:
    return _rudi(f"/regels/ontwerpen/{draft.pk}/nagaan/", sent)


@state(CHECKED, "before it is asked")
def _(office: Office) -> Visit:
    return _check(_draft())


def _asked(draft: Draft, on: date | None = None, **now: Any) -> Visit:
    """The check of the draft was asked for, and is so far now."""
    asked = ask_for_check(draft, on, origin=by(draft.author, TODAY))
    DraftChecked.objects.filter(pk=asked.pk).update(**now)
    return _check(draft)


def _found(draft: Draft, on: date | None = None) -> Visit:
    """What a small check finds."""
    found = as_kept(compare(book_of(draft), books(), moved_on=on, bound=Bound(1, 1, 1)))
    return _asked(draft, on, started_at=NOON, finished_at=NOON, found=found)


@state(CHECKED, "waiting")
def _(office: Office) -> Visit:
    return _asked(_draft())


@state(CHECKED, "under way")
def _(office: Office) -> Visit:
    return _asked(_draft(), started_at=NOON)


@state(CHECKED, "failed")
def _(office: Office) -> Visit:
    return _asked(_draft(), started_at=NOON, finished_at=NOON, failed="OSError")


@state(CHECKED, "its day has come meanwhile")
def _(office: Office) -> Visit:
    return _asked(_draft(), started_at=NOON, finished_at=NOON, failed="starts_too_early")


@state(CHECKED, "what lengthens and what shortens, running terms moved")
def _(office: Office) -> Visit:
    return _found(_draft(), STARTS)


@state(CHECKED, "the same as the book in force, decided on since")
def _(office: Office) -> Visit:
    in_force = books().on(TODAY).starts_on
    visit = _found(_draft(text_of(in_force).replace(str(in_force), str(STARTS))))
    other = propose(TEXT.replace(str(STARTS), str(STARTS + timedelta(days=31))), on=TODAY)
    approve(other, origin=Origin("person:-1", NOON + timedelta(hours=1), "test"))
    return visit


@state(CHECKED, "running terms move too early")
def _(office: Office) -> Visit:
    return _check(_draft(), {"on": str(TODAY)})


@state("portal/rule_manager/book.html", "published here, with rules for single ends")
def _(office: Office) -> Visit:
    propose_and_approve(TEXT, on=TODAY, who=a_person("Rani", RULES).signature, name="Kortere termijnen")
    return _rudi(f"/regels/boeken/{STARTS}/")


untouched("portal/mediator/lasting.html", "none", "mira", "/formulieren/lange-trajecten/")


@state("portal/mediator/lasting.html", "one")
def _(office: Office) -> Visit:
    service = Service.objects.create(code="SIF", name="Sociaal Interventiefonds", tendered=True)
    assign(office.anna.pk, office.other, service, on=TODAY - timedelta(days=400), origin=origin())
    return Visit(office.mira, "/formulieren/lange-trajecten/")
