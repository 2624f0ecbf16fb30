"""A rule book on its way, as rule managers see it: proposed by one, decided by another."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils.translation import override

from inzage.partners.models import Person
from inzage.portal import clock
from inzage.portal.rule_manager.drafts.words import NOT_PUBLISHED
from inzage.rule_books.in_force import refresh
from inzage.rule_books.models import Draft, Edition, Proposal
from inzage.rule_books.publishing import NotPublished, approve, keep_draft
from inzage.rule_books.texts import publication_of
from inzage.rules.days import midnight
from inzage.view_rights.explaining import LANGUAGES
from tests.portal.books import STARTS, TEXT, by, do, page_of, propose, propose_and_approve, written
from tests.portal.office import TODAY, Office, Tab, a_person
from tests.portal.reading import text


def test_one_proposes_and_another_approves(rudi: Tab, rani: Tab) -> None:
    written(rudi)
    draft = Draft.objects.get()
    assert "Een collega moet het bekijken" in do(rudi, "publish", draft)
    proposal = Proposal.objects.get()
    page = text(rudi.get(page_of(draft)))
    assert "U schreef dit of stelde het voor: een collega moet het bekijken" in page
    assert "Keur goed" not in page
    assert "Keur goed" in text(rani.get(page_of(draft)))
    assert "U schreef dit of stelde het voor" in do(rudi, "approve", proposal)
    assert not Edition.objects.exists()
    assert "van kracht vanaf 1 april 2026" in do(rani, "approve", proposal)
    assert refresh().on(STARTS).version == str(STARTS)
    assert publication_of(STARTS) == proposal


def test_sent_twice_nothing_is_done_twice(rudi: Tab, rani: Tab) -> None:
    written(rudi)
    draft = Draft.objects.get()
    for _ in range(2):
        said = do(rudi, "publish", draft)
    assert "Dat is al voorgesteld. Er is niets gewijzigd." in said
    proposal = Proposal.objects.get()
    for _ in range(2):
        said = do(rani, "approve", proposal)
    assert "Hierover is intussen al beslist. Er is niets gewijzigd." in said
    assert Edition.objects.count() == 1


def test_a_form_from_elsewhere_decides_nothing(office: Office) -> None:
    proposal = propose(TEXT, on=TODAY)
    strict = Browser(enforce_csrf_checks=True)
    strict.force_login(a_person("Rudi", Person.Role.RULE_MANAGER))
    strict.post(page_of(proposal.draft), {"act": f"approve-{proposal.pk}"})
    assert not Edition.objects.exists()


@pytest.mark.parametrize("verb", ["refuse", "take-back"])
def test_who_says_no_says_why_and_colleagues_read_it(rani: Tab, verb: str) -> None:
    proposal = (propose if verb == "refuse" else propose_and_approve)(TEXT, on=TODAY)
    before = Edition.objects.count()
    assert "Schrijf waarom." in do(rani, verb, proposal, remark=" ")
    assert Edition.objects.count() == before
    assert "De bron klopt niet." in do(rani, verb, proposal, remark="De bron klopt niet.")
    assert refresh().on(STARTS).version == "2000-01-01"
    state = "afgewezen" if verb == "refuse" else "ingetrokken"
    assert state in text(rani.get("/regels/ontwerpen/"))


def test_who_proposed_it_takes_it_back_and_a_colleague_refuses_it(rudi: Tab, rani: Tab) -> None:
    written(rudi)
    draft = Draft.objects.get()
    do(rudi, "publish", draft)
    proposal = Proposal.objects.get()
    page = text(rudi.get(page_of(draft)))
    assert "Neem uw voorstel terug" in page
    assert "Wijs af" not in page
    page = text(rani.get(page_of(draft)))
    assert "Wijs af" in page
    assert "Neem uw voorstel terug" not in page
    said = do(rudi, "withdraw", proposal, remark="Eerst nog eens nakijken.")
    assert "Uw voorstel is teruggenomen." in said
    assert "Teruggenomen door Rudi" in said
    assert "voorstel tot invoeren teruggenomen" in said
    assert "fgewezen" not in said


def test_a_colleagues_proposal_that_waits_is_counted_in_the_menu(
    rudi: Tab, rani: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waits(tab: Tab) -> bool:
        return "Ontwerpen 1 te beslissen" in text(tab.get("/regels/cijfers/"))

    written(rudi)
    assert not waits(rani)
    do(rudi, "publish", Draft.objects.get())
    assert waits(rani)
    assert not waits(rudi)
    monkeypatch.setattr(clock, "now", lambda: midnight(STARTS))
    assert not waits(rani)
    monkeypatch.undo()
    approve(Proposal.objects.get(), origin=by("person:-1", TODAY))
    assert not waits(rani)


def test_a_proposal_that_nobody_decided_in_time_says_so_and_offers_nothing(rudi: Tab) -> None:
    proposal = propose(TEXT.replace(str(STARTS), str(TODAY)), on=TODAY - timedelta(days=3))
    page = text(rudi.get(page_of(proposal.draft)))
    assert "niet op tijd beslist" in page
    assert "Keur goed" not in page
    assert "ten vroegste morgen" in do(rudi, "approve", proposal)


@pytest.mark.parametrize("sent", ["", "publish", "publish-0", "approve-0", "vanish-1", "approve-x"])
def test_no_other_deed_is_there(rudi: Tab, sent: str) -> None:
    draft = keep_draft(TEXT, "Korter", origin=by("person:0", TODAY))
    assert rudi.post(page_of(draft), {"act": sent}).status_code == 404


def test_another_drafts_proposal_is_not_decided_here(rani: Tab) -> None:
    proposal = propose(TEXT, on=TODAY)
    other = keep_draft(TEXT.replace("months = 2", "months = 3"), "Ander", origin=by("person:0", TODAY))
    assert rani.post(page_of(other), {"act": f"approve-{proposal.pk}"}).status_code == 404
    assert not Edition.objects.exists()


def test_every_refusal_has_its_sentence_in_three_languages() -> None:
    codes = {code.strip(" `\n") for code in (NotPublished.__doc__ or "").split("`")[1::2]}
    assert codes == {*NOT_PUBLISHED, "gap"}
    for code, sentence in NOT_PUBLISHED.items():
        said = set()
        for language in LANGUAGES:
            with override(language):
                said.add(str(sentence))
        assert len(said) == len(LANGUAGES), code


def test_the_page_of_a_published_book_says_who_proposed_and_who_approved_it(rudi: Tab) -> None:
    one, other = (a_person(name, Person.Role.RULE_MANAGER) for name in ("Eva", "Omar"))
    proposal = propose(TEXT, on=TODAY, who=one.signature, name="Korter")
    approve(proposal, origin=by(other.signature, TODAY))
    page = text(rudi.get(f"/regels/boeken/{STARTS}/"))
    assert (
        "Korter : voorgesteld door Eva op 2 maart 2026, goedgekeurd door Omar op 2 maart 2026."
        in page.replace("Korter:", "Korter :")
    )
    assert "als het zo eindigde (de klant is niet opgedaagd)" in page
    assert "Een termijn in dagen" in page
    assert "goedgekeurd door the board op 2 december 2019" in page
    assert "SIF 12 maanden nagekeken a subsidy" in page
    packaged = text(rudi.get("/regels/"))
    assert "Dit boek komt met Inzage mee." in packaged
    assert "Een termijn in dagen" not in packaged
