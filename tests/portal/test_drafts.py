"""A rule book on its way, as rule managers see it: written, compared, proposed by one, decided by another."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from django.utils.translation import override

from inzage.oversight.models import Rehearsed
from inzage.oversight.rehearsals import ask_for, make_next
from inzage.partners.models import Person
from inzage.portal import clock
from inzage.portal.rule_manager.drafts.comparing import compared
from inzage.portal.rule_manager.drafts.words import NOT_PUBLISHED
from inzage.rule_books.in_force import books, refresh
from inzage.rule_books.models import Draft, Edition, Proposal
from inzage.rule_books.publishing import NotPublished, approve, keep_draft, propose_migration, refuse
from inzage.rule_books.texts import publication_of, text_of
from inzage.rules.days import midnight
from inzage.rules.reading_books import packaged_books, packaged_texts, read_book
from inzage.view_rights.explaining import LANGUAGES
from tests.portal.books import by, propose, propose_and_approve
from tests.portal.office import NOON, TODAY, Office, Tab, a_person, a_right, origin, signed_in_as
from tests.portal.reading import markup, text
from tests.rules.test_book_terms import BOOK

STARTS = TODAY + timedelta(days=30)
TEXT = BOOK.replace("2020-01-01", str(STARTS)).replace("months = 6", "months = 2")
NEW = "/regels/ontwerpen/nieuw/"


@pytest.fixture
def rani(office: Office) -> Tab:
    """A colleague."""
    return signed_in_as(a_person("Rani", Person.Role.RULE_MANAGER))


def written(tab: Tab, *, follow: bool = False, **other: Any) -> Any:
    return tab.post(NEW, {"name": "Kortere termijnen", "text": TEXT, **other}, follow=follow)


def page_of(draft: Draft) -> str:
    return f"/regels/ontwerpen/{draft.pk}/"


def do(tab: Tab, verb: str, about: Draft | Proposal, **sent: str) -> str:
    """What the page says after that deed."""
    draft = about if isinstance(about, Draft) else about.draft
    return text(tab.post(page_of(draft), {"act": f"{verb}-{about.pk}", **sent}, follow=True))


def test_a_new_draft_begins_as_the_text_of_the_book_in_force_packaged_or_published(rudi: Tab) -> None:
    assert escape(text_of(date(2000, 1, 1)).strip()) in markup(rudi.get(NEW))
    now = TEXT.replace(str(STARTS), str(TODAY))
    propose_and_approve(now, on=TODAY - timedelta(days=3))
    assert escape(now.strip()) in markup(rudi.get(NEW))


def test_a_new_draft_can_begin_as_another(rudi: Tab) -> None:
    draft = keep_draft(TEXT, "Eerste", origin=by("person:0", TODAY))
    assert escape(TEXT.strip()) in markup(rudi.get(f"{NEW}?van={draft.pk}"))
    assert rudi.get(f"{NEW}?van=x").status_code == 400


def test_what_was_written_is_kept_once_and_changes_nothing(rudi: Tab) -> None:
    for _ in range(2):
        answer = written(rudi, text=TEXT.replace("\n", "\r\n"))
    draft = Draft.objects.get()
    assert answer.headers["Location"] == page_of(draft)
    assert draft.starts_on == STARTS
    assert "\r" not in draft.text
    assert refresh().on(STARTS).version == "2000-01-01"


def test_the_same_text_under_another_name_is_said_to_be_kept_already_and_under_which(
    rudi: Tab, rani: Tab
) -> None:
    assert "Het ontwerp is bewaard." in text(written(rudi, follow=True))
    page = text(written(rani, name="Naam van Rani", follow=True))
    assert "Deze tekst was al bewaard, als ontwerp Kortere termijnen. Er is niets bijgekomen." in page
    assert "Het ontwerp is bewaard." not in page


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_what_a_book_may_hold_is_kept_as_it_was_written(rudi: Tab, sign: str) -> None:
    written(rudi, text=TEXT.replace('source = "a page"', f'source = "a{sign}page"'))
    assert f'"a{sign}page"' in Draft.objects.get().text


def test_a_file_takes_the_place_of_the_text(rudi: Tab) -> None:
    file = SimpleUploadedFile("boek.toml", b"\xef\xbb\xbf" + TEXT.encode())
    written(rudi, text="iets anders", file=file)
    assert read_book(Draft.objects.get().text, name="x") == read_book(TEXT, name="x")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff\xfe", "niet te lezen als tekst"), (b"a = 1\n" * 50_000, "te groot"), (b"", "starts_on")],
)
def test_a_file_that_is_none_is_said(rudi: Tab, content: bytes, said: str) -> None:
    page = text(written(rudi, file=SimpleUploadedFile("boek.toml", content)))
    assert said in page
    assert not Draft.objects.exists()


def test_what_can_not_be_read_is_pointed_at_and_what_was_typed_stays(rudi: Tab) -> None:
    wrong = TEXT.replace('source = "a page"', "source = 3", 1)
    line = wrong.splitlines().index("source = 3") + 1
    page = written(rudi, text=wrong)
    assert (
        f"Lijn {line}: bij executor.source staat 3. Er staat: source = 3 "
        "Verwacht: een zin die zegt waar de waarde vandaan komt. "
        'Bijvoorbeeld: source = "Draaiboek …, punt 4.2"'
    ) in text(page)
    assert escape(wrong.strip()) in markup(page)
    assert 'value="Kortere termijnen"' in markup(page)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("value", [" = 0x" + "F" * 5000, ".a" * 1000 + " = 1"])
def test_an_odd_value_is_refused_on_the_page_with_what_was_typed(rudi: Tab, value: str) -> None:
    wrong = TEXT.replace("months = 2", f"months{value}", 1)
    page = written(rudi, text=wrong)
    assert f"Lijn {wrong.splitlines().index(f'months{value}') + 1}:" in text(page)
    assert escape(wrong.strip()) in markup(page)


def test_what_a_text_says_is_shown_and_never_carried_out(rudi: Tab) -> None:
    page = markup(written(rudi, text=TEXT.replace("starts_on", "'<script>x'")))
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_the_page_says_rule_by_rule_what_changes(rudi: Tab) -> None:
    page = text(rudi.get(page_of(keep_draft(TEXT, "Korter", origin=by("person:0", TODAY)))))
    assert "Uitvoerder closing.executor 6 maanden" in page
    assert "Uitvoerder: geannuleerd" in page
    assert "Eigenaar: TIBB4" in page
    assert "Langste traject: ACT 18 maanden" in page
    assert "goedgekeurd door the board op 2 december 2019" in page


def test_each_kind_of_change_is_told_apart() -> None:
    now, then = packaged_books().on(TODAY), read_book(TEXT, name="x")
    kinds = {row.id or row.label: row.kind for row in compared(now, then).differing}
    assert kinds["closing.executor"] == "changed"
    assert kinds["closing.executor.activity_cancelled"] == "new"
    assert kinds["closing.owner.TIBB4"] == "gone"
    assert kinds["Langste traject: ACT"] == "gone"
    assert kinds["Langste traject: SIF"] == "origin"
    assert compared(now, now).differing == []
    assert len(compared(now, now).same) == len(now.every_rule()) + len(now.longest) + 1


@pytest.mark.parametrize("gap", [True, False])
def test_the_page_says_which_service_a_draft_leaves_out(rudi: Tab, gap: bool) -> None:
    """A row without a term says that the fallback is meant: the near miss."""
    (packaged,) = packaged_texts().values()
    whole = packaged.replace("starts_on = 2000-01-01", f"starts_on = {STARTS}")
    kept = whole.replace('GTB = { status = "assumption" }\n', "" if gap else 'GTB = { status = "unknown" }\n')
    page = text(rudi.get(page_of(keep_draft(kept, "Zonder", origin=by("person:0", TODAY)))))
    assert ("het ontwerp zegt niets over GTB" in page) is gap
    assert "1 regel verandert" in page


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


def test_running_terms_move_with_what_was_rehearsed_for_that_very_day(office: Office, rani: Tab) -> None:
    a_right(office.anna, office.other, on=TODAY - timedelta(days=60))
    draft = propose_and_approve(TEXT, on=TODAY).draft
    ask_for(draft, STARTS, origin=origin())
    make_next(clock=lambda: NOON)
    found = Rehearsed.objects.get().figures or {}
    late, early = str(STARTS + timedelta(days=1)), str(STARTS - timedelta(days=1))
    assert "Reken het ontwerp eerst door voor die dag" in do(rani, "migrate", draft, on=late)
    assert "Het boek zelf begint later" in do(rani, "migrate", draft, on=early)
    assert f"Rechten bekeken {found['judged']}" in do(rani, "migrate", draft, on=str(STARTS))
    kept = Proposal.objects.latest("pk").rehearsal
    assert kept == {name: found[name] for name in found if name not in ("by_unit", "refused_by_unit")}


@pytest.fixture
def made(office: Office, rani: Tab) -> Rehearsed:
    """A rehearsal that found something, of a draft that somebody else wrote."""
    a_right(office.anna, office.other, on=TODAY - timedelta(days=60))
    asked = ask_for(keep_draft(TEXT, "Korter", origin=by("person:0", TODAY)), None, origin=origin())
    make_next(clock=lambda: NOON)
    return asked


def moved(draft: Draft) -> Proposal:
    """Decided: running terms move to this book on its first day."""
    moving = propose_migration(draft, STARTS, {"judged": 1}, origin=by("person:0", TODAY))
    approve(moving, origin=by("person:-1", TODAY))
    return moving


def test_what_a_proposal_to_publish_shows_is_not_said_to_be_its_doing(rani: Tab, made: Rehearsed) -> None:
    page = do(rani, "publish", made.draft)
    alone = "Het boek invoeren verschuift geen enkele lopende termijn. Deze cijfers gelden als ook de lopende"
    assert f"{alone} termijnen op 1 april 2026 verschoven worden" in page
    approve(Proposal.objects.get(), origin=by("person:-1", TODAY))
    page = do(rani, "migrate", made.draft, on=str(STARTS))
    assert "Met de lopende termijnen verschoven op 1 april 2026: Rechten bekeken" in page


def test_draft_and_rehearsal_lead_to_each_other(rani: Tab, made: Rehearsed) -> None:
    report, page = f"/regels/doorrekeningen/{made.pk}/", page_of(made.draft)
    assert f'href="{report}"' not in markup(rani.get(page))
    assert f'href="{page}"' in markup(rani.get(report))
    assert f'href="{page}#wat-nu"' in markup(rani.get(report))
    do(rani, "publish", made.draft)
    assert f'href="{report}"' in markup(rani.get(page))
    assert f'href="{page}#wat-nu"' not in markup(rani.get(report))
    later = ask_for(made.draft, None, origin=origin())
    make_next(clock=lambda: NOON + timedelta(seconds=1))
    assert f'href="{report}"' in markup(rani.get(page))
    assert f'href="/regels/doorrekeningen/{later.pk}/"' not in markup(rani.get(page))


def test_the_pages_say_that_running_terms_move_once_that_is_decided(
    rudi: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = propose_and_approve(TEXT, on=TODAY).draft
    pages = ("/regels/", f"/regels/boeken/{STARTS}/", page_of(draft))
    for page in map(text, map(rudi.get, pages)):
        assert "verschuiven op 1 april 2026 naar" not in page
    assert "een nieuw boek verschuift geen lopende termijn." in text(rudi.get("/regels/"))
    assert "Een termijn die al loopt, houdt de regel van haar eerste dag." in text(rudi.get(pages[-1]))
    moved(draft)
    for day, said in ((TODAY, "verschuiven op 1 april 2026"), (STARTS, "zijn op 1 april 2026")):
        monkeypatch.setattr(clock, "now", lambda day=day: midnight(day))
        for page in map(text, map(rudi.get, pages)):
            assert f"Lopende termijnen {said}" in page
            assert "verschuift geen lopende termijn" not in page
            assert "Een termijn die al loopt, houdt de regel van haar eerste dag." not in page


def test_it_is_said_which_of_the_two_was_taken_back(rani: Tab) -> None:
    moving = moved(propose_and_approve(TEXT, on=TODAY).draft)
    said = do(rani, "take-back", moving, remark="Toch niet.")
    assert "Het verschuiven is ingetrokken: lopende termijnen houden hun regel." in said
    states = "van kracht vanaf 1 april 2026 verschuiven ingetrokken"
    for page in (said, text(rani.get("/regels/ontwerpen/"))):
        assert states in page
    published = Proposal.objects.get(act="publish")
    assert "het boek gaat niet in" in do(rani, "take-back", published, remark="Toch niet.")
    assert "invoeren ingetrokken verschuiven ingetrokken" in text(rani.get("/regels/ontwerpen/"))


@pytest.mark.parametrize(("verdict", "said"), [(refuse, "afgewezen"), (None, "niet op tijd beslist")])
def test_it_is_said_which_of_the_two_nobody_agreed_to(rani: Tab, verdict: Any, said: str) -> None:
    start = TODAY - timedelta(days=3)
    draft = propose_and_approve(TEXT.replace(str(STARTS), str(TODAY)), on=start).draft
    moving = propose_migration(draft, TODAY, {"judged": 1}, origin=by("person:0", start))
    if verdict is not None:
        verdict(moving, "Nee.", origin=by("person:-1", start))
    assert f"van kracht sinds 2 maart 2026 verschuiven {said}" in text(rani.get("/regels/ontwerpen/"))


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
    assert codes == set(NOT_PUBLISHED)
    for code, sentence in NOT_PUBLISHED.items():
        said = set()
        for language in LANGUAGES:
            with override(language):
                said.add(str(sentence))
        assert len(said) == len(LANGUAGES), code


def test_pages_ask_no_more_for_more(rudi: Tab) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert rudi.get(address).status_code == 200
        return len(queries)

    drafts = []
    counts = []
    for number in range(1, 4):
        one = propose_and_approve(TEXT.replace(str(STARTS), str(STARTS + timedelta(days=number))), on=TODAY)
        drafts.append(one.draft)
        books()
        counts.append([asked("/regels/ontwerpen/"), asked(page_of(drafts[0])), asked(NEW)])
    assert counts[0] == counts[-1]
    assert max(counts[-1]) <= 12


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
