"""The code on the paper leads back to its request: the client's own, while it waits for an answer (S01, S04, S06)."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from inzage.access_log.misses import REFUSED
from inzage.access_log.models import AccessLine, ShownDossier
from inzage.consents.form_pdf.giving_out import give_out
from inzage.consents.models import ConsentForm, FormState
from inzage.portal import clock
from inzage.rules.names import Route
from inzage.view_rights.consenting import send_back
from inzage.view_rights.handing_over import decline
from inzage.view_rights.withdrawing import withdraw
from tests.portal.deciding import LIST, a_client, asked_of_client, consent_of
from tests.portal.office import NOON, TODAY, Office, Tab, a_dossier, a_form, in_brussels, origin
from tests.portal.reading import goes_to, text

PAGE = f"{LIST}code/"
NOT_FOUND = "Bij deze code vinden wij geen vraag die op uw antwoord wacht."
NEVER_GIVEN_OUT = "2222-3333-4444-5555"
MOST = 3


@pytest.fixture
def anna(office: Office) -> Tab:
    """Anna's browser."""
    return a_client(office.anna)


@pytest.fixture
def form(office: Office) -> ConsentForm:
    """What Leerhuis asked of Anna."""
    return asked_of_client(office.anna, office.other)


def code_of(form: ConsentForm, language: str = "nl") -> str:
    """The code on the form as it was given out."""
    return give_out(form, language, origin=origin()).code


def as_typed(code: str) -> dict[str, str]:
    """The ways in which people copy it."""
    return {
        "as it stands": code,
        "in lower case": code.lower(),
        "with spaces": code.replace("-", " "),
        "with points": code.replace("-", "."),
        "with dashes of print": code.replace("-", "\u2013"),
        "without anything between": f" {code.replace('-', '')} ",
    }


@pytest.mark.parametrize("way", as_typed(NEVER_GIVEN_OUT))
def test_the_code_leads_to_its_request_however_it_is_copied(anna: Tab, form: ConsentForm, way: str) -> None:
    typed = as_typed(code_of(form))[way]
    page = anna.post(PAGE, {"code": typed}, follow=True)
    assert page.request["PATH_INFO"] == f"{LIST}{form.pk}/geven/"
    assert "Leerhuis vraagt uw toestemming" in text(page)
    assert "Verder: nakijken" in text(page)
    assert "Ik wil dit niet" in text(page)


def test_the_request_is_shown_in_the_language_of_the_paper(anna: Tab, form: ConsentForm) -> None:
    page = anna.post(PAGE, {"code": code_of(form, "fr")}, follow=True)
    assert page.headers["Content-Language"] == "fr"


def test_a_form_that_came_back_incomplete_waits_again(anna: Tab, office: Office) -> None:
    form = a_form(office.anna, office.other, completed_on=None)
    send_back(form.pk, remark="", origin=origin())
    assert f"{form.pk}/geven/" in goes_to(anna.post(PAGE, {"code": code_of(form)}))


def answered(office: Office) -> dict[str, ConsentForm]:
    """Anna's forms that wait for no answer of hers, and a form of somebody else's that does."""
    declined = asked_of_client(office.anna, office.school)
    decline(declined.pk, origin=origin())
    granted, withdrawn = consent_of(office), a_form(office.anna, office.school)
    withdraw(withdrawn.pk, withdrawn_on=TODAY, origin=origin())
    return {
        "handed over": a_form(office.anna, office.other),
        "granted": granted,
        "declined": declined,
        "withdrawn": withdrawn,
        "somebody else's": asked_of_client(a_dossier("Bob"), office.other),
    }


@pytest.mark.parametrize("which", ["handed over", "granted", "declined", "withdrawn", "somebody else's"])
def test_what_does_not_wait_for_this_client_is_answered_as_a_code_that_never_was(
    anna: Tab, office: Office, which: str
) -> None:
    typed = code_of(answered(office)[which])
    refused, unknown = (anna.post(PAGE, {"code": code}) for code in (typed, NEVER_GIVEN_OUT))
    assert NOT_FOUND in text(refused)
    assert text(refused).replace(typed, "") == text(unknown).replace(NEVER_GIVEN_OUT, "")
    assert (refused.status_code, unknown.status_code) == (200, 200)


@pytest.mark.parametrize(
    "typed", ["x", "2222-3333-4444-555", "0000-1111-OOOO-IIII", "2222-3333-4444-5555-6666"]
)
def test_what_can_be_no_code_is_answered_alike(anna: Tab, typed: str) -> None:
    assert NOT_FOUND in text(anna.post(PAGE, {"code": typed}))


def test_nothing_typed_is_no_search(anna: Tab) -> None:
    page = anna.post(PAGE, {"code": ""})
    assert "Vul de code in die op het formulier staat." in text(page)
    assert not AccessLine.objects.filter(kind=AccessLine.Kind.SEARCH).exists()


def test_what_is_found_opens_nothing_and_changes_nothing(anna: Tab, otto: Tab, form: ConsentForm) -> None:
    code = code_of(form)
    before = ConsentForm.objects.filter(pk=form.pk).values().get()
    anna.post(PAGE, {"code": code}, follow=True)
    assert ConsentForm.objects.filter(pk=form.pk).values().get() == before
    assert not AccessLine.objects.filter(kind=AccessLine.Kind.SEARCH).exists()


@pytest.mark.parametrize("which", ["never given out", "somebody else's", "handed over"])
def test_who_types_codes_in_vain_too_often_waits(
    anna: Tab,
    office: Office,
    form: ConsentForm,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    which: str,
) -> None:
    settings.MISSES_PER_HOUR = MOST
    tried = {
        "never given out": NEVER_GIVEN_OUT,
        **{name: code_of(one) for name, one in answered(office).items()},
    }
    for _time in range(MOST):
        assert anna.post(PAGE, {"code": tried[which]}).status_code == 200
    waits = anna.post(PAGE, {"code": code_of(form)})
    assert waits.status_code == 429
    assert "Vanaf 13:00 uur kunt u het weer proberen." in text(waits)
    lines = AccessLine.objects.filter(kind=AccessLine.Kind.SEARCH)
    assert not ShownDossier.objects.filter(line__in=lines).exists()
    assert lines.filter(stated_reason=REFUSED).count() == 1
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=1))
    assert f"{form.pk}/geven/" in goes_to(anna.post(PAGE, {"code": code_of(form)}))


def test_another_client_is_not_made_to_wait(anna: Tab, office: Office, settings: Settings) -> None:
    settings.MISSES_PER_HOUR = 1
    bob = a_dossier("Bob")
    assert [anna.post(PAGE, {"code": "x"}).status_code for _time in range(2)] == [200, 429]
    form = asked_of_client(bob, office.other)
    assert f"{form.pk}/geven/" in goes_to(a_client(bob).post(PAGE, {"code": code_of(form)}))


def test_the_page_is_found_from_the_consents(anna: Tab) -> None:
    assert f'href="{PAGE}"' in anna.get(LIST).content.decode()


@pytest.mark.parametrize("way", as_typed(NEVER_GIVEN_OUT))
def test_at_the_desk_the_code_finds_its_form(mira: Browser, form: ConsentForm, way: str) -> None:
    page = mira.post("/formulieren/", {"number": as_typed(code_of(form))[way]})
    assert f'href="/formulieren/{form.pk}/"' in page.content.decode()
    [line] = AccessLine.objects.filter(kind=AccessLine.Kind.SEARCH)
    assert [shown.dossier_id for shown in line.shown.all()] == [form.dossier_id]


def test_at_the_desk_the_code_finds_that_form_and_none_of_the_clients_others(
    mira: Browser, form: ConsentForm, office: Office
) -> None:
    other = asked_of_client(office.anna, office.school)
    page = mira.post("/formulieren/", {"number": code_of(form)}).content.decode()
    assert f'href="/formulieren/{other.pk}/"' not in page


def test_the_code_of_another_desks_form_is_none_here_and_counts_as_in_vain(
    mira: Browser, bas: Browser, office: Office, settings: Settings
) -> None:
    settings.MISSES_PER_HOUR = 2
    in_brussels(office.anna)
    code = code_of(asked_of_client(office.anna, office.other, route=Route.BRUSSELS_FORM))
    elsewhere, unknown = (mira.post("/formulieren/", {"number": each}) for each in (code, NEVER_GIVEN_OUT))
    assert "Wij vinden geen formulier bij dit nummer of deze code." in text(elsewhere)
    assert text(elsewhere) == text(unknown)
    assert mira.post("/formulieren/", {"number": code}).status_code == 429
    assert "Anna Verzinsel" in text(bas.post("/formulieren/", {"number": code}))


def test_a_handled_form_is_found_at_the_desk(mira: Browser, office: Office) -> None:
    form = a_form(office.anna, office.other)
    decline(form.pk, origin=origin())
    form.refresh_from_db()
    assert form.state == FormState.REFUSED
    assert "Anna Verzinsel" in text(mira.post("/formulieren/", {"number": code_of(form)}))
