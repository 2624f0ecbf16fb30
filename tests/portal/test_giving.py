"""A client answers a request on screen: reads, looks it over, hands over, once; or says no (S04 to S06, S08)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inzage.consents.models import ConsentForm, FormState, InformationGiven
from inzage.rules.names import Route
from inzage.view_rights.granting import grant_by_form
from inzage.view_rights.objecting import object_to
from tests.portal.deciding import LIST, a_client, asked_of_client
from tests.portal.office import TODAY, Office, Tab, a_dossier, a_form, in_brussels, origin, signed_in_as
from tests.portal.reading import goes_to, opens, text


@pytest.fixture
def anna(office: Office) -> Tab:
    """Anna's browser."""
    return a_client(office.anna)


def leaf(form: ConsentForm, act: str = "geven") -> str:
    """The page on which a request is answered."""
    return f"{LIST}{form.pk}/{act}/"


def test_what_waits_for_the_client_comes_first_and_names_who_asks_and_for_whom(
    anna: Tab, office: Office
) -> None:
    asked_of_client(office.anna, office.other)
    asked_of_client(office.anna, office.school, by=office.own, title="")
    page = text(anna.get(LIST))
    assert "Leerhuis vraagt uw toestemming opleiding: Lassen" in page
    assert "Werkpad vraagt uw toestemming voor CDO Verzonnen" in page
    assert page.index("vraagt uw toestemming") < page.index("Wat u eerder antwoordde")


def test_the_page_says_what_who_how_long_and_how_to_withdraw(anna: Tab, office: Office) -> None:
    page = text(anna.get(leaf(asked_of_client(office.anna, office.other))))
    assert "Alleen Leerhuis (OE-nummer OE2)" in page
    assert "Nooit het vertrouwelijke deel van uw dossier" in page
    assert "tot 6 maanden nadat de laatste is afgesloten" in page
    assert "dan kunt u dat altijd intrekken" in page
    assert "Actiris" not in page


def test_looked_over_and_handed_over_it_lies_with_the_mediator_and_opens_nothing_yet(
    anna: Tab, mira: Tab, otto: Tab, office: Office
) -> None:
    form = asked_of_client(office.anna, office.other)
    review = anna.post(leaf(form), {"act": "review", "language": "nl"})
    assert "Er is nog niets ingediend." in text(review)
    form.refresh_from_db()
    assert form.state == FormState.ASKED
    assert goes_to(anna.post(leaf(form), {"act": "hand_over", "language": "nl"})) == LIST
    form.refresh_from_db()
    assert (form.state, form.completed_on, form.language) == (FormState.RECEIVED, TODAY, "nl")
    assert "Leerhuis" in text(mira.get("/formulieren/"))
    assert not opens(otto, office.anna)
    grant_by_form(form.pk, origin=origin())
    assert opens(otto, office.anna)


def test_sent_twice_it_is_handed_over_once(anna: Tab, office: Office) -> None:
    form = asked_of_client(office.anna, office.other)
    for _again in range(2):
        page = anna.post(leaf(form), {"act": "hand_over", "language": "fr"}, follow=True)
    assert "al ingediend of behandeld" in text(page) or "déjà été introduit" in text(page)
    assert form.consentformversion_set.filter(state="received").count() == 1


def test_a_brussels_form_needs_the_tick_and_keeps_text_and_language(
    anna: Tab, bas: Tab, office: Office
) -> None:
    in_brussels(office.anna)
    form = asked_of_client(office.anna, office.other, route=Route.BRUSSELS_FORM)
    page = anna.get(f"{leaf(form)}?taal=fr")
    assert '<html lang="fr">' in page.content.decode()
    assert page.headers["Content-Language"] == "fr"
    assert "Le VDAB et Actiris se communiquent" in text(page)
    sent = {"language": "fr"}
    refused = anna.post(leaf(form), {**sent, "act": "hand_over"})
    assert "Lisez le texte sur le VDAB et Actiris" in text(refused)
    form.refresh_from_db()
    assert form.state == FormState.ASKED
    review = anna.post(leaf(form), {**sent, "informed": "on", "act": "review"})
    assert 'type="hidden" name="informed"' in review.content.decode()
    changed = anna.post(leaf(form), {**sent, "informed": "True", "act": "change"})
    assert "checked" in changed.content.decode()
    anna.post(leaf(form), {**sent, "informed": "True", "act": "hand_over"})
    form.refresh_from_db()
    assert (form.state, form.informed_of_actiris, form.language) == (FormState.RECEIVED, True, "fr")
    given = InformationGiven.objects.get()
    assert (given.language, given.unit, given.form) == ("fr", office.other, form)
    assert "Leerhuis" in text(bas.get("/formulieren/"))


def test_what_was_sent_back_is_completed_on_screen(anna: Tab, office: Office) -> None:
    form = a_form(office.anna, office.other, completed_on=None)
    ConsentForm.objects.filter(pk=form.pk).update(state=FormState.SENT_BACK, missing=["completed_on"])
    assert "er ontbreekt iets" in text(anna.get(LIST))
    anna.post(leaf(form), {"act": "hand_over", "language": "nl"})
    form.refresh_from_db()
    assert (form.state, form.missing) == (FormState.RECEIVED, [])


def test_another_clients_request_is_not_there(office: Office) -> None:
    bob, form = a_client(a_dossier("Bob")), asked_of_client(office.anna, office.other)
    answers = [bob.get(leaf(form)), bob.post(leaf(form), {"act": "hand_over"})]
    answers += [bob.get(leaf(form, "weigeren")), bob.post(leaf(form, "weigeren"), {"told": ""})]
    assert {answer.status_code for answer in answers} == {404}
    form.refresh_from_db()
    assert form.state == FormState.ASKED


def test_nobody_else_answers_for_the_client(carla: Tab, mira: Tab, office: Office) -> None:
    form = asked_of_client(office.anna, office.own)
    for browser in (carla, mira):
        assert browser.get(leaf(form)).status_code == 403
        assert browser.post(leaf(form), {"act": "hand_over"}).status_code == 403


def test_no_is_an_answer_and_who_asked_hears_just_that(anna: Tab, otto: Tab, office: Office) -> None:
    form = asked_of_client(office.anna, office.other)
    assert "en niets meer" in text(anna.get(leaf(form, "weigeren")))
    for _twice in range(2):
        page = text(anna.post(leaf(form, "weigeren"), {"act": "decline"}, follow=True))
    assert "Er is niets gewijzigd" in page
    form.refresh_from_db()
    assert form.state == FormState.REFUSED
    assert "u zei nee" in text(anna.get(LIST))
    assert "geweigerd" in text(otto.get("/aanvragen/"))
    for told in (otto.get("/aanvragen/"), otto.get("/berichten/")):
        assert "De klant wil dit niet." in text(told)
        assert "declined" not in text(told)


def test_what_was_handed_over_can_be_taken_back_until_it_is_granted(anna: Tab, office: Office) -> None:
    form = a_form(office.anna, office.other)
    assert "Terugnemen" in text(anna.get(LIST))
    anna.post(leaf(form, "weigeren"), {"act": "decline"})
    form.refresh_from_db()
    assert form.state == FormState.REFUSED
    granted = a_form(office.anna, office.other)
    grant_by_form(granted.pk, origin=origin())
    assert "U kunt ze intrekken" in text(anna.get(leaf(granted, "weigeren")))
    anna.post(leaf(granted, "weigeren"), {"act": "decline"})
    granted.refresh_from_db()
    assert granted.state == FormState.GRANTED


def test_for_a_unit_that_was_shut_out_the_page_says_to_lift_that_first(anna: Tab, office: Office) -> None:
    object_to(office.anna.pk, office.other, origin=origin())
    form = asked_of_client(office.anna, office.other, by=office.own)
    assert "toestemming geven kan pas als u dat opheft" in text(anna.get(LIST))
    assert "Verder: nakijken" not in text(anna.get(leaf(form)))
    page = text(anna.post(leaf(form), {"act": "hand_over", "language": "nl"}))
    assert "Hef dat eerst op" in page
    form.refresh_from_db()
    assert form.state == FormState.ASKED


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_each_page_speaks_the_chosen_language_with_few_questions_to_the_database(
    anna: Tab, office: Office, language: str
) -> None:
    in_brussels(office.anna)
    form = asked_of_client(office.anna, office.other, route=Route.BRUSSELS_FORM)
    titles = {"nl": "Uw antwoord", "fr": "Votre réponse", "en": "Your answer"}
    with CaptureQueriesContext(connection) as asked:
        page = anna.get(f"{leaf(form)}?taal={language}")
    assert titles[language] in text(page)
    assert len(asked) <= 12


def test_a_language_that_is_none_is_the_pages_own(anna: Tab, office: Office) -> None:
    form = asked_of_client(office.anna, office.other)
    assert '<html lang="nl">' in anna.get(f"{leaf(form)}?taal=xx").content.decode()
    anna.post(leaf(form), {"act": "hand_over", "language": "xx"})
    form.refresh_from_db()
    assert form.state == FormState.ASKED


def test_who_is_signed_in_as_a_client_without_an_account_sees_nothing(office: Office) -> None:
    anna = a_client(office.anna)
    assert anna.get(LIST).status_code == 200
    office.anna.client.clientaccount_set.all().delete()
    assert anna.get(LIST).status_code == 403
    assert signed_in_as(office.carla).get(LIST).status_code == 403
