"""The Brussels form for the partner: which one it becomes, what the client is told, handing it in (S08, S11, S17)."""

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from inzage.consents.informing import texts
from inzage.consents.models import ConsentForm, InformationGiven
from inzage.notices.models import Notice
from inzage.rules.names import Route
from inzage.view_rights.consenting import refuse, send_back
from inzage.view_rights.granting import grant_by_form
from tests.portal.office import Office, a_form, from_ibis, in_brussels, origin, signed_in_as
from tests.portal.reading import lines, text
from tests.portal.test_asking import question
from tests.portal.test_desks import send

WORDS = texts()[0].nl[:60]
DOSSIER_TOLD = {"inform-given_on": "2026-03-02", "inform-language": "fr", "inform-version": "1"}
TOLD = {"act": "inform", **DOSSIER_TOLD}
HANDED_IN = {"act": "hand_in", "hand_in-completed_on": "2026-03-02"}


@pytest.fixture(autouse=True)
def _mailboxes(settings: Settings) -> None:
    settings.BRUSSELS_MAILBOX, settings.BRUSSELS_IBIS_MAILBOX = "form@brussel.example", "ibis@brussel.example"


@pytest.fixture
def asked(otto: Browser, office: Office) -> ConsentForm:
    """What Leerhuis asked about Anna, who lives in Brussels."""
    in_brussels(office.anna)
    otto.post("/aanvragen/nieuw/", question(office))
    return ConsentForm.objects.get(asked_by=office.other)


def page_of(asked: ConsentForm) -> str:
    """Where the form is."""
    return f"/aanvragen/{asked.pk}/"


def test_who_lives_in_brussels_is_asked_with_the_brussels_form(otto: Browser, asked: ConsentForm) -> None:
    assert asked.route == "brussels_form"
    page = text(otto.get(page_of(asked)))
    assert "Hoe Brussels formulier Gaat naar VDAB Brussel, form@brussel.example" in page
    assert "Versie 1 van de tekst" in page
    assert WORDS in page


def test_with_a_line_from_ibis_it_goes_to_the_other_addressee(otto: Browser, office: Office) -> None:
    in_brussels(office.anna)
    from_ibis(office.anna, office.other)
    page = text(otto.post("/aanvragen/nieuw/", question(office), follow=True))
    assert ConsentForm.objects.get(asked_by=office.other).route == "brussels_ibis"
    assert "Brussels formulier, bij IBIS Gaat naar VDAB Brussel, ibis@brussel.example" in page


def test_who_does_not_live_in_brussels_gets_the_plain_form(otto: Browser, office: Office) -> None:
    in_brussels(office.anna, "44021")
    from_ibis(office.anna, office.other)
    otto.post("/aanvragen/nieuw/", question(office))
    assert ConsentForm.objects.get(asked_by=office.other).route == "form"
    otto.post("/aanvragen/nieuw/", question(office, route="brussels_form", purpose="guidance"))
    assert ConsentForm.objects.filter(asked_by=office.other).count() == 1


def test_for_brussels_the_consent_is_not_asked_at_the_mediator(otto: Browser, office: Office) -> None:
    in_brussels(office.anna)
    page = text(otto.post("/aanvragen/nieuw/", question(office, route="mediator")))
    assert "Deze klant woont in Brussel: kies het formulier." in page
    assert not ConsentForm.objects.filter(asked_by=office.other).exists()


def test_told_and_handed_in_it_waits_at_the_desk_and_the_desk_has_a_mail(
    otto: Browser, bas: Browser, asked: ConsentForm
) -> None:
    assert "Genoteerd: de klant is ingelicht" in text(otto.post(page_of(asked), TOLD, follow=True))
    assert "ingediend bij VDAB Brussel" in text(otto.post(page_of(asked), HANDED_IN, follow=True))
    given = InformationGiven.objects.get()
    assert (given.unit, given.version, given.language) == (asked.unit, "1", "fr")
    assert Notice.objects.get(kind="received").mail_to == "form@brussel.example"
    page = text(bas.get(f"/formulieren/{asked.pk}/"))
    assert "Het formulier is volledig." in page
    assert "Gericht aan VDAB Brussel, form@brussel.example" in page
    assert "ja: op 2 maart 2026, in het Frans (versie 1)" in page
    assert "Woonplaats vandaag Elsene (Brusselse deelnemer)" in page
    assert "Het inzagerecht is toegekend." in send(bas, asked, "grant")


def test_handed_in_without_the_information_it_is_incomplete_and_comes_back(
    otto: Browser, bas: Browser, asked: ConsentForm
) -> None:
    otto.post(page_of(asked), HANDED_IN)
    assert "VDAB en Actiris gegevens uitwisselen" in send(bas, asked, "grant")
    send_back(asked.pk, origin=origin())
    assert "Wat nog ontbreekt" in text(otto.get(page_of(asked)))
    otto.post(page_of(asked), TOLD)
    asked.refresh_from_db()
    assert (asked.state, asked.informed_of_actiris) == ("received", True)


def test_the_form_that_says_so_itself_needs_no_other_step(otto: Browser, asked: ConsentForm) -> None:
    otto.post(page_of(asked), {**HANDED_IN, "hand_in-informed": "on", "hand_in-language": "en"})
    given = InformationGiven.objects.get()
    assert (given.form, given.language, given.version) == (asked, "en", "1")
    page = text(otto.get(page_of(asked)))
    assert "Het formulier is volledig en ligt bij VDAB Brussel." in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({**TOLD, "inform-given_on": "2026-03-03"}, "Die dag moet nog komen"),
        ({**TOLD, "inform-version": "9"}, "Deze versie van de tekst bestaat niet"),
        ({**TOLD, "inform-language": ""}, "Kies de taal"),
        ({**TOLD, "inform-given_on": "1999-12-31"}, "gold deze tekst nog niet"),
        ({**HANDED_IN, "hand_in-completed_on": ""}, "Vul de dag in waarop de klant het formulier invulde."),
    ],
)
def test_what_can_not_be_is_said_at_the_form(
    otto: Browser, asked: ConsentForm, sent: dict[str, str], said: str
) -> None:
    assert said in text(otto.post(page_of(asked), sent))
    assert not InformationGiven.objects.exists()
    asked.refresh_from_db()
    assert asked.state == "asked"


@pytest.mark.parametrize("page", ["", "afdrukken/"])
def test_nobody_but_the_unit_that_asked_reaches_the_form(
    otto: Browser, carla: Browser, bas: Browser, mira: Browser, asked: ConsentForm, page: str
) -> None:
    there = page_of(asked) + page
    assert otto.get(there).status_code == 200
    assert [browser.get(there).status_code for browser in (carla, bas, mira)] == [404, 403, 403]
    assert carla.post(page_of(asked), TOLD).status_code == 404
    assert not InformationGiven.objects.exists()


def test_a_plain_form_has_no_such_page(otto: Browser, office: Office) -> None:
    assert otto.get(page_of(a_form(office.anna, office.other))).status_code == 404


def test_the_page_names_nobody_and_writes_its_line(otto: Browser, asked: ConsentForm, office: Office) -> None:
    before = len(lines("list"))
    for page in ("", "afdrukken/"):
        shown = otto.get(page_of(asked) + page).content.decode()
        assert "Anna" not in shown
        assert office.anna.client.insz not in shown
    assert lines("list")[before:] == [{office.anna.pk}] * 2


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_on_paper_stands_the_same_text_with_its_version_and_addressee(
    otto: Browser, asked: ConsentForm, language: str
) -> None:
    page = text(otto.get(f"{page_of(asked)}afdrukken/?taal={language}"))
    assert getattr(texts()[0], language) in page
    assert "Versie 1" in page
    assert "form@brussel.example" in page
    assert otto.get(f"{page_of(asked)}afdrukken/?taal=de").status_code == 404


def test_a_form_that_was_handled_can_not_be_handed_in(
    otto: Browser, asked: ConsentForm, office: Office
) -> None:
    otto.post(page_of(asked), {**HANDED_IN, "hand_in-informed": "on", "hand_in-language": "nl"})
    grant_by_form(asked.pk, origin=origin())
    page = text(otto.get(page_of(asked)))
    assert "Dit formulier is behandeld. Naar het dossier" in page
    assert "Indienen" not in page
    assert "al behandeld" in text(otto.post(page_of(asked), HANDED_IN))


def test_a_refused_form_leads_to_no_dossier(otto: Browser, asked: ConsentForm, office: Office) -> None:
    refuse(asked.pk, reason="Andere klant", origin=origin())
    assert str(office.anna.reference) not in otto.get(page_of(asked)).content.decode()


def test_the_desk_tells_the_two_ways_apart(bas: Browser, office: Office) -> None:
    own = a_form(office.anna, office.own, route=Route.BRUSSELS_FORM)
    beside = a_form(office.anna, office.other, route=Route.BRUSSELS_IBIS)
    for way, shown in (
        ("", {own, beside}),
        ("brussels_form", {own}),
        ("brussels_ibis", {beside}),
        ("form", {own, beside}),
    ):
        page = bas.get(f"/formulieren/?weg={way}").content.decode()
        assert {form for form in (own, beside) if f"/formulieren/{form.pk}/" in page} == shown
    assert "Brussels formulier, bij IBIS" in text(bas.get("/formulieren/"))


def test_the_mediator_has_ways_of_its_own_and_no_brussels_forms(mira: Browser, office: Office) -> None:
    beside = a_form(office.anna, office.other, route=Route.BRUSSELS_IBIS)
    page = mira.get("/formulieren/?weg=brussels_ibis").content.decode()
    assert f"/formulieren/{beside.pk}/" not in page
    assert "weg=brussels" not in page
    assert mira.get(f"/formulieren/{beside.pk}/").status_code == 404


def test_a_client_of_the_own_dossier_is_told_on_a_page_of_its_own(
    carla: Browser, otto: Browser, office: Office
) -> None:
    in_brussels(office.anna)
    page = f"/dossiers/{office.anna.reference}/inlichten/"
    assert "Licht de klant in" in text(carla.get(f"/dossiers/{office.anna.reference}/"))
    assert WORDS in text(carla.get(page))
    assert otto.get(page).status_code == otto.post(page, DOSSIER_TOLD).status_code == 404
    told = text(carla.post(page, DOSSIER_TOLD, follow=True))
    assert "De klant is op 2 maart 2026 ingelicht over VDAB en Actiris, in het Frans (versie 1)." in told
    assert InformationGiven.objects.get().unit == office.own
    assert [line for line in lines("look") if office.anna.pk in line]


def test_what_another_organisation_told_is_not_shown(carla: Browser, office: Office) -> None:
    a_form(in_brussels(office.anna), office.other, route=Route.BRUSSELS_FORM)
    assert "nog niet genoteerd dat de klant ingelicht is" in text(
        carla.get(f"/dossiers/{office.anna.reference}/")
    )
    desk = signed_in_as(office.bas)
    desk.post(f"/brussel/deelnemers/{office.anna.reference}/", TOLD)
    assert "is op 2 maart 2026 ingelicht" in text(carla.get(f"/dossiers/{office.anna.reference}/"))
