"""The form's page at the desk: it says what is so, and offers what can be done (S05, S06)."""

from datetime import timedelta

from django.test import Client as Browser

from inzage.consents.models import ConsentForm
from inzage.rules.names import Purpose, Route
from inzage.view_rights.consenting import Asked, ask_right
from inzage.view_rights.ending import give_back, record_death
from inzage.view_rights.granting import grant_by_form
from tests.portal.office import TODAY, Office, a_dossier, a_form, a_right, an_activity, origin
from tests.portal.reading import text
from tests.portal.test_desks import send
from tests.portal.test_marks import formerly_owned

COMPLETE = "Het formulier is volledig."
NONE = "Leerhuis heeft vandaag geen inzagerecht op dit dossier."


def page_of(mira: Browser, form: ConsentForm) -> str:
    """What the page of the form says."""
    return text(mira.get(f"/formulieren/{form.pk}/"))


def test_the_page_says_complete_only_where_nothing_is_missing_and_it_was_not_handled(
    mira: Browser, office: Office
) -> None:
    complete, lacking = (
        a_form(a_dossier(), office.other),
        a_form(a_dossier(), office.other, completed_on=None),
    )
    assert COMPLETE in page_of(mira, complete)
    assert COMPLETE not in page_of(mira, lacking)
    assert COMPLETE not in send(mira, lacking, "grant")
    grant_by_form(complete.pk, origin=origin())
    assert COMPLETE not in page_of(mira, complete)
    assert COMPLETE not in send(mira, complete, "grant")


def test_an_act_that_was_refused_for_good_is_told_and_not_offered_again(
    mira: Browser, office: Office
) -> None:
    form = a_form(office.anna, office.other)
    grant_by_form(form.pk, origin=origin())
    page = send(mira, form, "grant")
    assert "Dit formulier is al behandeld. Er is niets gewijzigd." in page
    assert "Dit formulier is behandeld." in page
    assert "Inzagerecht toekennen" not in page


def test_an_act_that_was_refused_and_can_still_be_done_is_offered_with_its_reason(
    mira: Browser, office: Office
) -> None:
    form = a_form(office.anna, office.other)
    record_death(office.anna.pk, deceased_on=TODAY, origin=origin())
    page = send(mira, form, "grant")
    assert "De klant is overleden" in page
    assert "Inzagerecht toekennen" in page


def test_a_form_that_never_came_in_is_not_sent_back(mira: Browser, office: Office) -> None:
    asked = Asked(office.other, Route.FORM, Purpose.TRAINING, office.other)
    form = ask_right(office.anna.pk, asked, origin=origin())
    assert "Terugsturen" not in page_of(mira, form)
    page = send(mira, form, "send_back", remark="")
    assert "Dit formulier is nog niet ontvangen: er is niets om terug te sturen." in page
    form.refresh_from_db()
    assert form.state == "asked"


def test_a_form_that_came_in_and_lacks_something_can_be_sent_back(mira: Browser, office: Office) -> None:
    form = a_form(office.anna, office.other, completed_on=None)
    assert "Terugsturen" in page_of(mira, form)
    assert "De partner ziet al wat er ontbreekt." in page_of(mira, form)


def test_taking_in_and_correcting_are_said_apart(mira: Browser, office: Office) -> None:
    asked = Asked(office.other, Route.FORM, Purpose.TRAINING, office.other)
    form = ask_right(office.anna.pk, asked, origin=origin())
    assert "Het formulier is in ontvangst genomen." in send(mira, form, "take_in", completed_on="")
    assert "Het formulier is verbeterd." in send(mira, form, "take_in", completed_on="2026-03-01")


def test_before_granting_the_page_says_whether_the_organisation_has_a_right(
    mira: Browser, office: Office
) -> None:
    form = a_form(office.anna, office.other)
    assert NONE in page_of(mira, form)
    right = a_right(office.anna, office.other)
    page = page_of(mira, form)
    assert NONE not in page
    assert "Inzagerecht van Leerhuis vandaag Tot en met 2 september 2026" in page
    give_back(right.pk, origin=origin())
    assert NONE in page_of(mira, form)


def test_a_right_without_an_end_and_a_rule_that_is_not_sure_are_said_so(
    mira: Browser, office: Office
) -> None:
    an_activity(office)
    assert "vandaag Geen einde in zicht" in page_of(mira, a_form(office.anna, office.own))
    owned = formerly_owned(office, TODAY - timedelta(days=9), TODAY - timedelta(days=1))
    page = page_of(mira, a_form(owned, office.own))
    assert "Tot en met 1 september 2026 aanname, niet nagekeken" in page
    assert "6 maanden na het einde van het eigenaarschap" in page
    assert "Regel closing.owner.TIBB4." in page


def test_after_granting_the_page_names_client_organisation_and_last_day(
    mira: Browser, office: Office
) -> None:
    page = send(mira, a_form(office.anna, office.other), "grant")
    assert "Het inzagerecht is toegekend. Klant: Anna Verzinsel. Organisatie: Leerhuis (OE2)." in page
    assert "Tot en met 2 september 2026" in page
