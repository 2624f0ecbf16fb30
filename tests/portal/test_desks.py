"""What mediators and the Brussels desk do with forms (S04 to S06, S11)."""

import re
from datetime import timedelta

import pytest
from django.test import Client as Browser

from inzage.access_log.models import AccessLine
from inzage.consents.models import ConsentForm
from inzage.notices.models import Notice
from inzage.portal import paging
from inzage.rules.names import Route
from inzage.view_rights.ending import record_death
from inzage.view_rights.granting import grant_by_form
from inzage.view_rights.models import ViewRight
from tests.portal.office import TODAY, Office, a_dossier, a_form, origin
from tests.portal.reading import NEXT, lines, opens, text


def send(browser: Browser, form: ConsentForm, act: str, **entered: str) -> str:
    """Send an act in; what the next page says."""
    fields = {f"{act}-{name}": value for name, value in entered.items()}
    return text(browser.post(f"/formulieren/{form.pk}/", {"act": act, **fields}, follow=True))


def has_right(office: Office) -> bool:
    """Whether Leerhuis has a right on Anna's dossier."""
    return ViewRight.objects.filter(dossier=office.anna, unit=office.other, closed_on=None).exists()


def test_counsellors_do_not_reach_the_desks(carla: Browser, office: Office) -> None:
    form = a_form(office.anna, office.own)
    for page in ("", f"{form.pk}/", "toestemming/"):
        response = carla.get(f"/formulieren/{page}")
        assert response.status_code == 403
        assert "Hier kunt u niet bij" in text(response)
    assert carla.post(f"/formulieren/{form.pk}/", {"act": "grant"}).status_code == 403
    form.refresh_from_db()
    assert form.state == "received"


@pytest.mark.parametrize(
    "page", ["dossiers/", "dossiers/zoeken/", "dossiers/afgesloten/", "aanvragen/", "berichten/"]
)
def test_the_desks_do_not_reach_partners_pages(mira: Browser, bas: Browser, page: str) -> None:
    assert mira.get(f"/{page}").status_code == 403
    assert bas.get(f"/{page}").status_code == 403


def test_each_desk_has_its_own_forms(mira: Browser, bas: Browser, office: Office) -> None:
    plain = a_form(office.anna, office.other)
    brussels = a_form(a_dossier("Bob"), office.other, route=Route.BRUSSELS_FORM)
    for browser, own, others in ((mira, plain, brussels), (bas, brussels, plain)):
        page = text(browser.get("/formulieren/"))
        assert own.dossier.client.client_number in page
        assert others.dossier.client.client_number not in page
        assert browser.get(f"/formulieren/{own.pk}/").status_code == 200
        assert browser.get(f"/formulieren/{others.pk}/").status_code == 404
        assert browser.post(f"/formulieren/{others.pk}/", {"act": "grant"}).status_code == 404


def test_a_complete_form_is_granted(mira: Browser, otto: Browser, office: Office) -> None:
    form = a_form(office.anna, office.other)
    assert "Het inzagerecht is toegekend." in send(mira, form, "grant")
    assert opens(otto, office.anna)


def test_granting_twice_grants_once_and_says_so(mira: Browser, office: Office) -> None:
    form = a_form(office.anna, office.other)
    send(mira, form, "grant")
    assert "al behandeld" in send(mira, form, "grant")
    assert ViewRight.objects.filter(unit=office.other).count() == 1
    assert Notice.objects.filter(unit=office.other).count() == 1


def test_a_form_that_lacks_something_is_not_offered_for_granting_nor_granted(
    mira: Browser, office: Office
) -> None:
    form = a_form(office.anna, office.other, completed_on=None)
    page = text(mira.get(f"/formulieren/{form.pk}/"))
    assert "Wat nog ontbreekt de dag waarop het formulier werd ingevuld" in page
    assert "Inzagerecht toekennen" not in page
    assert "niet volledig" in send(mira, form, "grant")
    assert not has_right(office)


def test_taken_in_and_completed_it_can_be_granted(mira: Browser, office: Office) -> None:
    form = a_form(office.anna, office.other, completed_on=None)
    send(mira, form, "take_in", completed_on="2026-03-01")
    send(mira, form, "grant")
    assert has_right(office)


def test_a_day_of_completion_still_to_come_grants_nothing(mira: Browser, office: Office) -> None:
    form = a_form(office.anna, office.other, completed_on=TODAY + timedelta(days=1))
    assert "moet nog komen" in send(mira, form, "grant")
    assert not has_right(office)


def test_after_a_death_nothing_is_granted(mira: Browser, office: Office) -> None:
    form = a_form(office.anna, office.other)
    record_death(office.anna.pk, deceased_on=TODAY, origin=origin())
    assert "overleden" in send(mira, form, "grant")
    assert not has_right(office)


def test_a_form_is_sent_back_once_with_what_is_missing(mira: Browser, office: Office) -> None:
    form = a_form(office.anna, office.other, completed_on=None)
    assert "teruggestuurd" in send(mira, form, "send_back", remark="")
    assert "al teruggestuurd" in send(mira, form, "send_back", remark="")
    form.refresh_from_db()
    assert (form.state, form.missing) == ("sent_back", ["completed_on"])
    assert Notice.objects.filter(unit=office.other, kind="sent_back").count() == 1


def test_a_complete_form_is_not_sent_back(mira: Browser, office: Office) -> None:
    form = a_form(office.anna, office.other)
    assert "Het formulier is volledig" in send(mira, form, "send_back", remark="Graag een handtekening")
    form.refresh_from_db()
    assert form.state == "received"


def test_a_form_is_refused_with_its_reason_and_then_grants_nothing(mira: Browser, office: Office) -> None:
    form = a_form(office.anna, office.other)
    assert "Schrijf waarom het formulier geweigerd wordt." in send(mira, form, "refuse", reason=" ")
    assert "Het formulier is geweigerd." in send(mira, form, "refuse", reason="Andere klant")
    assert "al behandeld" in send(mira, form, "grant")
    assert not has_right(office)
    assert Notice.objects.get(unit=office.other).detail == "Andere klant"


def test_a_brussels_form_must_say_that_the_client_was_told_of_actiris(bas: Browser, office: Office) -> None:
    form = a_form(office.anna, office.other, route=Route.BRUSSELS_FORM)
    send(bas, form, "take_in", completed_on="2026-03-02")
    assert "VDAB en Actiris gegevens uitwisselen" in send(bas, form, "grant")
    assert not has_right(office)
    send(bas, form, "take_in", completed_on="2026-03-02", informed="on")
    send(bas, form, "grant")
    assert has_right(office)


@pytest.mark.parametrize("act", ["", "delete"])
def test_an_act_that_does_not_exist_is_not_found(mira: Browser, office: Office, act: str) -> None:
    form = a_form(office.anna, office.other)
    assert mira.post(f"/formulieren/{form.pk}/", {"act": act}).status_code == 404


def test_a_day_that_does_not_exist_is_said_at_the_field(mira: Browser, office: Office) -> None:
    form = a_form(office.anna, office.other)
    assert "een dag in die bestaat" in send(mira, form, "take_in", completed_on="2026-02-29")


def test_every_look_list_and_search_of_vdabs_own_people_writes_its_line(
    mira: Browser, office: Office
) -> None:
    form = a_form(office.anna, office.other)
    mira.get("/formulieren/")
    mira.get(f"/formulieren/{form.pk}/")
    mira.post("/formulieren/", {"number": office.anna.client.client_number})
    known = {"number": office.anna.client.insz, "family_name": "Verzinsel"}
    mira.post("/formulieren/toestemming/", {**known, "unit": "OE2", "purpose": "guidance"})
    assert lines("list") == lines("look") == [{office.anna.pk}]
    assert lines("search") == [{office.anna.pk}, {office.anna.pk}]
    reasons = AccessLine.objects.exclude(stated_reason="").values_list("stated_reason", flat=True)
    assert set(reasons) == {f"formulier {form.pk}", "toestemming bij de bemiddelaar"}


def test_a_client_at_the_desk_has_the_own_forms_found_whatever_became_of_them(
    mira: Browser, office: Office
) -> None:
    grant_by_form(a_form(office.anna, office.other).pk, origin=origin())
    bob = a_form(a_dossier("Bob"), office.other)
    page = text(mira.post("/formulieren/", {"number": office.anna.client.insz}))
    assert "Anna Verzinsel" in page
    assert "toegekend" in page
    assert bob.dossier.client.client_number not in page


def test_the_stacks_are_paged_and_show_each_form_once(
    mira: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 2)
    forms = {str(a_form(a_dossier(), office.other).pk) for _ in range(5)}
    found, query = [], "stapel=received"
    while True:
        page = mira.get(f"/formulieren/?{query}").content.decode()
        found += re.findall(r'<a href="/formulieren/(\d+)/"', page)
        following = NEXT.search(page)
        if following is None:
            break
        query = following[1].replace("&amp;", "&")
    assert sorted(found) == sorted(forms)


def test_the_stacks_are_of_one_organisation_where_wanted_on_every_page(
    mira: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 1)
    first, second = (a_form(a_dossier(name), office.other) for name in ("Bea", "Cas"))
    a_form(a_dossier("Dis"), office.school)
    page = mira.get("/formulieren/?stapel=received&weg=form&oe=oe2").content.decode()
    assert f'href="/formulieren/{first.pk}/"' in page
    following = NEXT.search(page)
    assert following is not None
    page = mira.get(f"/formulieren/?{following[1].replace('&amp;', '&')}").content.decode()
    assert re.findall(r'<a href="/formulieren/(\d+)/"', page) == [str(second.pk)]
    assert lines("list")[-1] == {second.dossier_id}
    nothing = text(mira.get("/formulieren/?oe=OE1"))
    assert "Op deze stapel ligt niets van deze organisatie." in nothing
    assert "Deze organisatie kennen wij niet." in text(mira.get("/formulieren/?oe=OE99"))
