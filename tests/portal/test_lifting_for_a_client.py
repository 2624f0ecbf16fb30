"""A desk lifts an objection for a client who asks it there: with its reason, on record, once; nothing comes back."""

from typing import Any

import pytest
from django.test import Client as Browser

from inzage.access_log.models import AccessLine
from inzage.consents.models import Objection, ObjectionVersion
from inzage.tasks.models import Task
from inzage.view_rights.assigning import assign
from inzage.view_rights.models import ViewRight
from inzage.view_rights.objecting import lift, object_to
from tests.portal.at_desk import because, page_of
from tests.portal.deciding import LIST
from tests.portal.office import NOON, TODAY, Office, a_dossier, a_form, a_right, origin
from tests.portal.reading import goes_to, text

SENT = {"reason": "De klant kwam langs en heeft geen eID.", "asked": "on"}


@pytest.fixture(autouse=True)
def _on_the_list(office: Office) -> None:
    """Anna is on the mediators' work list."""
    a_form(office.anna, office.school)


@pytest.fixture
def objection(office: Office) -> Objection:
    """Anna shut Werkpad out, which ended its right."""
    object_to(office.anna.pk, office.own, origin=origin())
    return Objection.objects.get()


def lifting(office: Office, objection: Objection) -> str:
    """Where it is lifted."""
    return page_of(office.anna, f"uitsluitingen/{objection.pk}/opheffen/")


def test_it_is_lifted_with_who_for_whom_and_why(mira: Browser, office: Office, objection: Objection) -> None:
    page = text(mira.get(page_of(office.anna, "gronden/")))
    assert "Hef de uitsluiting van Werkpad op voor de klant" in page
    done = text(mira.post(lifting(office, objection), SENT, follow=True))
    assert "Werkpad is niet meer uitgesloten. De klant kan haar weer toestemming geven." in done
    assert f"VDAB hief dit op voor de klant: {SENT['reason']}" in done
    objection.refresh_from_db()
    assert (objection.lifted_at, objection.lifted_by) == (NOON, office.mira.signature)
    assert (objection.dossier, objection.lift_reason) == (office.anna, SENT["reason"])
    version = ObjectionVersion.objects.latest("pk")
    assert (version.recorded_by, version.lift_reason) == (office.mira.signature, SENT["reason"])


def test_no_right_and_no_consent_comes_back_and_consent_can_be_given_again(
    mira: Browser, office: Office, objection: Objection
) -> None:
    mira.post(lifting(office, objection), SENT)
    assert not ViewRight.objects.filter(unit=office.own, closed_on=None).exists()
    a_right(office.anna, office.own)
    assert ViewRight.objects.filter(unit=office.own, closed_on=None).exists()


def test_the_client_reads_that_it_was_lifted_and_why(
    mira: Browser, anna: Browser, office: Office, objection: Objection
) -> None:
    mira.post(lifting(office, objection), SENT)
    page = text(anna.get(f"{LIST}uitsluiten/{office.own.pk}/"))
    assert "VDAB hief uw vorige uitsluiting van Werkpad voor u op, op 2 maart 2026." in page
    assert SENT["reason"] in page
    assert SENT["reason"] not in text(anna.get(f"{LIST}uitsluiten/{office.other.pk}/"))


def test_one_that_the_client_lifted_says_nothing_of_vdab(
    anna: Browser, office: Office, objection: Objection
) -> None:
    lift(objection.pk, origin=origin())
    assert "VDAB hief" not in text(anna.get(f"{LIST}uitsluiten/{office.own.pk}/"))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"asked": "on"}, "Schrijf waarom de uitsluiting opgeheven wordt."),
        ({"asked": "on", "reason": "  \n"}, "Schrijf waarom de uitsluiting opgeheven wordt."),
        ({"reason": "De klant belde."}, "Vink aan dat de klant dit zelf vroeg"),
    ],
)
def test_without_a_reason_or_the_tick_it_stands(
    mira: Browser, office: Office, objection: Objection, sent: dict[str, str], said: str
) -> None:
    assert said in text(mira.post(lifting(office, objection), sent))
    objection.refresh_from_db()
    assert objection.lifted_at is None


def test_sent_twice_it_is_lifted_once(mira: Browser, office: Office, objection: Objection) -> None:
    mira.post(lifting(office, objection), SENT)
    before = list(ObjectionVersion.objects.values())
    again = mira.post(lifting(office, objection), SENT | {"reason": "Nog eens"}, follow=True)
    assert "Deze uitsluiting was al opgeheven. Er is niets gewijzigd." in text(again)
    assert list(ObjectionVersion.objects.values()) == before
    page = mira.get(lifting(office, objection))
    assert "werd al opgeheven op 2 maart 2026" in text(page)
    assert b"<textarea" not in page.content


def test_the_task_to_answer_it_is_no_longer_asked(mira: Browser, office: Office) -> None:
    assign(office.anna.pk, office.other, office.service, on=TODAY, origin=origin())
    object_to(office.anna.pk, office.other, origin=origin())
    assert Task.objects.filter(kind=Task.Kind.OBJECTION, done_at=None).exists()
    mira.post(lifting(office, Objection.objects.get()), SENT)
    assert not Task.objects.filter(kind=Task.Kind.OBJECTION, done_at=None).exists()


def test_an_objection_of_another_client_does_not_exist_under_this_one(mira: Browser, office: Office) -> None:
    bob = a_dossier("Bob")
    object_to(bob.pk, office.own, origin=origin())
    bobs = Objection.objects.get()
    for answer in (mira.get(lifting(office, bobs)), mira.post(lifting(office, bobs), SENT)):
        assert answer.status_code == 404
    bobs.refresh_from_db()
    assert bobs.lifted_at is None


def test_on_no_work_list_the_reason_for_opening_comes_first(
    bas: Browser, office: Office, objection: Objection
) -> None:
    assert goes_to(bas.post(lifting(office, objection), SENT)) == page_of(office.anna)
    objection.refresh_from_db()
    assert objection.lifted_at is None
    because(bas, office.anna, "De klant belde.")
    bas.post(lifting(office, objection), SENT)
    objection.refresh_from_db()
    assert objection.lifted_by == office.bas.signature


@pytest.mark.parametrize("who", ["carla", "otto", "anna"])
def test_nobody_else_lifts_it_here(
    request: pytest.FixtureRequest, office: Office, objection: Objection, who: str
) -> None:
    browser: Any = request.getfixturevalue(who)
    count = AccessLine.objects.count()
    assert browser.get(lifting(office, objection)).status_code == 403
    assert browser.post(lifting(office, objection), SENT).status_code == 403
    objection.refresh_from_db()
    assert (objection.lifted_at, AccessLine.objects.count()) == (None, count)
