"""A mediator asks that a right is restored, a colleague approves; the gap is for everyone to see."""

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings

from inzage.consents.models import ConsentForm
from inzage.partners.models import Person
from inzage.view_rights.ending import record_death, revoke
from inzage.view_rights.explaining import in_words
from inzage.view_rights.models import ViewRight
from inzage.view_rights.objecting import object_to
from inzage.view_rights.restoring import approve_restoration, ask_restoration, refuse_restoration, to_approve
from inzage.view_rights.withdrawing import withdraw
from tests.portal.deciding import LIST, a_client, consent_of, told_on
from tests.portal.office import TODAY, Office, a_dossier, a_form, a_person, a_right, origin, signed_in_as
from tests.portal.reading import text


@pytest.fixture
def closed(office: Office) -> ViewRight:
    """Werkpad's right on Anna's dossier, revoked by an error; Anna is on the mediators' list."""
    a_form(office.anna, office.school)
    return revoke(office.right.pk, origin=origin())


def restore_address(office: Office, right: ViewRight) -> str:
    """Where a mediator asks it."""
    return f"/klanten/{office.anna.reference}/inzagerechten/{right.pk}/herstellen/"


def test_asked_by_one_and_approved_by_another_the_dossier_opens_again(
    office: Office, closed: ViewRight
) -> None:
    mira = signed_in_as(office.mira)
    assert "Vraag herstel voor Werkpad" in mira.get(f"/klanten/{office.anna.reference}/").content.decode()
    mira.post(restore_address(office, closed), {"reason": "De verkeerde klant gekozen."})
    request = closed.restorations.get()
    own = mira.post(f"/herstel/{request.pk}/", {"answer": "yes"}).content.decode()
    assert "iemand anders moet het goedkeuren" in own
    rudi = signed_in_as(a_person("Rudi", Person.Role.RULE_MANAGER))
    page = rudi.get(f"/herstel/{request.pk}/").content.decode()
    assert "De verkeerde klant gekozen." in page
    assert "Mira" in page
    assert "Verzinsel" not in page
    assert "er komt vandaag een nieuw recht" in page
    told = text(rudi.get(f"/herstel/{request.pk}/"))
    rudi.post(f"/herstel/{request.pk}/", {"answer": "yes"})
    opened = ViewRight.objects.get(dossier=office.anna, unit=office.own, closed_on=None)
    assert opened.last_day is not None
    assert f"loopt het tot en met {in_words(opened.last_day, 'nl')}" in told
    partner = signed_in_as(office.carla).get(f"/dossiers/{office.anna.reference}/").content.decode()
    assert "hersteld na een fout" in partner
    assert "op 2 maart 2026 gesloten en hersteld" in partner


def test_the_consent_under_a_restored_right_can_be_withdrawn(office: Office, closed: ViewRight) -> None:
    """Its own right is over; the list says that it counts, and withdrawing it ends the restored right."""
    consent = consent_of(office)
    anna = a_client(office.anna)
    withdraw = f"{LIST}{consent.pk}/intrekken/"
    assert withdraw not in anna.get(LIST).content.decode()
    request = ask_restoration(closed.pk, "Een vergissing.", origin=origin())
    rudi = a_person("Rudi", Person.Role.RULE_MANAGER)
    approve_restoration(request, origin=origin()._replace(by=rudi.signature))
    page = anna.get(LIST)
    assert withdraw in page.content.decode()
    assert "geldt tot en met 2 september 2026 Intrekken : Werkpad" in text(page)
    anna.post(withdraw, told_on(anna.get(withdraw)))
    assert not ViewRight.objects.filter(dossier=office.anna, unit=office.own, closed_on=None).exists()


def death(office: Office) -> None:
    """Anna dies."""
    record_death(office.anna.pk, deceased_on=TODAY, origin=origin())


SINCE: dict[str, Callable[[Office], object]] = {
    "nothing": lambda _office: None,
    "another unit has a right": lambda office: a_right(office.anna, office.other),
    "another unit was shut out": lambda office: object_to(office.anna.pk, office.other, origin=origin()),
    "another client died": lambda _office: record_death(
        a_dossier("Bob").pk, deceased_on=TODAY, origin=origin()
    ),
    "the consent was withdrawn": lambda office: withdraw(
        consent_of(office).pk, withdrawn_on=TODAY, origin=origin()
    ),
    "the unit was shut out": lambda office: object_to(office.anna.pk, office.own, origin=origin()),
    "the unit has a right again": lambda office: a_right(office.anna, office.own),
    "it was asked": lambda office: ask_restoration(office.right.pk, "X", origin=origin()),
    "the client died": death,
}
NO_BAR = [
    "nothing",
    *("another unit has a right", "another unit was shut out", "another client died"),
]


@pytest.mark.parametrize("since", SINCE)
def test_restoring_is_offered_exactly_where_asking_it_is_taken(
    office: Office, closed: ViewRight, since: str
) -> None:
    SINCE[since](office)
    mira, asked = signed_in_as(office.mira), closed.restorations.count()
    offered = (
        restore_address(office, closed) in mira.get(f"/klanten/{office.anna.reference}/").content.decode()
    )
    mira.post(restore_address(office, closed), {"reason": "Een vergissing."})
    assert offered is (closed.restorations.count() > asked) is (since in NO_BAR)


def test_a_right_that_the_client_ended_is_not_offered_to_be_restored(office: Office) -> None:
    """Neither that, nor one of before that ended by its term."""
    a_form(office.anna, office.school)
    before = a_right(office.anna, office.other, on=date(2025, 1, 10))
    last = a_right(office.anna, office.other)
    form = last.grants.get().form
    assert form is not None
    withdraw(form.pk, withdrawn_on=TODAY, origin=origin())
    page = signed_in_as(office.mira).get(f"/klanten/{office.anna.reference}/").content.decode()
    assert "Leerhuis" in page
    for right in (before, last):
        assert restore_address(office, right) not in page


def test_withdrawing_one_of_two_consents_tells_that_the_other_keeps_the_restored_right(
    office: Office,
) -> None:
    a_right(office.anna, office.own)
    closed = revoke(office.right.pk, origin=origin())
    request = ask_restoration(closed.pk, "Een vergissing.", origin=origin())
    approve_restoration(request, origin=origin()._replace(by="person:0"))
    anna, forms = a_client(office.anna), ConsentForm.objects.filter(dossier=office.anna).order_by("pk")
    for form, told in zip(
        forms,
        (
            "Werkpad blijft uw dossier zien, tot en met 2 september 2026",
            "Het inzagerecht van Werkpad eindigt meteen",
        ),
        strict=True,
    ):
        page = anna.get(f"{LIST}{form.pk}/intrekken/")
        assert told in text(page)
        assert ("trek die dan ook in" in text(page)) is (form == forms[0])
        anna.post(f"{LIST}{form.pk}/intrekken/", told_on(page))
    assert not ViewRight.objects.filter(dossier=office.anna, unit=office.own, closed_on=None).exists()


def test_the_own_dossier_says_that_withdrawing_ends_a_right_restored_upon_consents(
    office: Office, closed: ViewRight
) -> None:
    request = ask_restoration(closed.pk, "Een vergissing.", origin=origin())
    approve_restoration(request, origin=origin()._replace(by="person:0"))
    page = text(a_client(office.anna).get("/mijn-dossier/"))
    assert "Trekt u uw toestemming in? Dan stopt het recht meteen." in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "Er is geen toestemming of toewijzing meer waarop dit recht kan rusten"),
        ("fr", "Il n'y a plus de consentement ni d'attribution sur lesquels ce droit peut reposer"),
        ("en", "No consent or assignment is left on which this right can rest"),
    ],
)
def test_what_the_client_withdrew_is_not_restored(
    office: Office, closed: ViewRight, language: str, said: str
) -> None:
    withdraw(consent_of(office).pk, withdrawn_on=TODAY, origin=origin())
    mira = signed_in_as(office.mira)
    mira.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert said in text(mira.get(restore_address(office, closed)))
    mira.post(restore_address(office, closed), {"reason": "X"})
    assert not closed.restorations.exists()


def test_a_refusal_needs_a_reason_and_opens_nothing(office: Office, closed: ViewRight) -> None:
    request = ask_restoration(closed.pk, "Een vergissing.", origin=origin())
    mira = signed_in_as(office.mira)
    page = mira.post(f"/herstel/{request.pk}/", {"answer": "no", "remark": " "}).content.decode()
    assert "Schrijf waarom u het weigert." in page
    mira.post(f"/herstel/{request.pk}/", {"answer": "no", "remark": "Het klopte."})
    assert not ViewRight.objects.filter(dossier=office.anna, unit=office.own, closed_on=None).exists()


def test_what_was_said_with_a_yes_is_kept_and_read_with_the_answer(office: Office, closed: ViewRight) -> None:
    request = ask_restoration(
        closed.pk, "Een vergissing.", origin=origin()._replace(by=office.mira.signature)
    )
    rudi = signed_in_as(a_person("Rudi", Person.Role.RULE_MANAGER))
    rudi.post(f"/herstel/{request.pk}/", {"answer": "yes", "remark": "Nagekeken met de dienst."})
    page = text(signed_in_as(office.mira).get(f"/herstel/{request.pk}/"))
    assert "Goedgekeurd op 2 maart 2026: het recht is hersteld. Nagekeken met de dienst." in page


def test_whoever_asked_finds_the_answer_and_nobody_else_does(office: Office, closed: ViewRight) -> None:
    """Among what waits; what was taken back is no answer."""
    mira, asking = signed_in_as(office.mira), origin()._replace(by=office.mira.signature)
    taken_back = ask_restoration(closed.pk, "Een vergissing.", origin=asking)
    refuse_restoration(taken_back, "Het klopte toch.", origin=asking)
    assert "Geantwoord op uw vragen" not in text(mira.get("/herstel/"))
    request = ask_restoration(closed.pk, "Een vergissing.", origin=asking)
    refuse_restoration(request, "Het was geen vergissing.", origin=origin())
    page = mira.get("/herstel/")
    assert "Werkpad (OE1) geweigerd Het was geen vergissing." in text(page)
    assert f"/herstel/{request.pk}/" in page.content.decode()
    rudi = signed_in_as(a_person("Rudi", Person.Role.RULE_MANAGER))
    assert "Geantwoord op uw vragen" not in text(rudi.get("/herstel/"))


def test_who_asked_can_only_take_it_back_and_whoever_asks_again_reads_why(
    office: Office, closed: ViewRight
) -> None:
    mira = signed_in_as(office.mira)
    mira.post(restore_address(office, closed), {"reason": "De verkeerde klant gekozen."})
    assert "is gevraagd, en wacht op goedkeuring" in text(mira.get(f"/klanten/{office.anna.reference}/"))
    address = f"/herstel/{closed.restorations.get().pk}/"
    page = mira.get(address).content.decode()
    assert 'value="yes"' not in page
    assert "Neem uw vraag terug" in page
    assert "Schrijf waarom" in text(mira.post(address, {"answer": "no", "remark": ""}))
    mira.post(address, {"answer": "no", "remark": "Het klopte toch."})
    assert "Teruggenomen op 2 maart 2026: Het klopte toch." in text(mira.get(address))
    assert "teruggenomen op 2 maart 2026: Het klopte toch." in text(mira.get(restore_address(office, closed)))


def test_what_can_no_longer_be_restored_can_only_be_refused(office: Office, closed: ViewRight) -> None:
    """Whoever approves what was shown before the client withdrew, reads why that can't be, and refuses nothing."""
    request = ask_restoration(closed.pk, "Een vergissing.", origin=origin())
    withdraw(consent_of(office).pk, withdrawn_on=TODAY, origin=origin())
    rudi = signed_in_as(a_person("Rudi", Person.Role.RULE_MANAGER))
    page = rudi.post(f"/herstel/{request.pk}/", {"answer": "yes", "remark": "Akkoord."})
    assert text(page).count("Er is geen toestemming of toewijzing meer waarop dit recht kan rusten") >= 1
    assert "Weiger de vraag" in text(page)
    assert 'value="yes"' not in page.content.decode()
    assert list(to_approve()) == [request]


def test_a_mediator_can_open_the_dossier_before_deciding_and_a_rule_manager_cannot(
    office: Office, closed: ViewRight
) -> None:
    request = ask_restoration(closed.pk, "Een vergissing.", origin=origin())
    for person, may_open in ((office.mira, True), (a_person("Rudi", Person.Role.RULE_MANAGER), False)):
        page = signed_in_as(person).get(f"/herstel/{request.pk}/").content.decode()
        assert (f"/klanten/{office.anna.reference}/" in page) is may_open


def test_a_right_of_another_dossier_is_not_there(office: Office, closed: ViewRight) -> None:
    """The right dossier, and a closed right of another one."""
    other = revoke(a_right(a_dossier("Bob"), office.other).pk, origin=origin())
    mira = signed_in_as(office.mira)
    assert mira.get(restore_address(office, closed)).status_code == 200
    assert mira.get(restore_address(office, other)).status_code == 404


def test_the_brussels_desk_and_partners_ask_nothing(office: Office, closed: ViewRight) -> None:
    for person in (office.bas, office.carla):
        assert signed_in_as(person).post(restore_address(office, closed), {"reason": "X"}).status_code == 403
    assert not closed.restorations.exists()
