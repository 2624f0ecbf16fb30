"""A desk confirms what it was told: where something came between the page and the post, it is told anew first."""

from datetime import date
from typing import Any

import pytest
from django.test import Client as Browser

from inzage.dossiers.models import Assignment, Dossier
from inzage.partners.models import Service
from inzage.view_rights import ending
from inzage.view_rights.assigning import assign, end_assignment
from inzage.view_rights.catching_up import locked
from inzage.view_rights.models import ViewRight
from inzage.view_rights.objecting import object_to
from tests.portal.at_desk import TOMORROW, assigned, confirmed, ending_of, page_of, to_assign, told
from tests.portal.office import TODAY, Office, a_right, origin
from tests.portal.reading import text

pytestmark = pytest.mark.usefixtures("on_the_list")
CHANGED = "Intussen veranderde er iets. Lees hieronder wat er nu gebeurt, en bevestig dan."


def another_service(office: Office) -> None:
    """Somebody else assigns Anna to Leerhuis too, under another service."""
    wij = Service.objects.create(code="WIJ3", name="Wijk-werken", tendered=True)
    assign(office.anna.pk, office.other, wij, on=TODAY, origin=origin())


def granted(office: Office) -> None:
    """Leerhuis gets a right meanwhile."""
    a_right(office.anna, office.other)


def shut_out(office: Office) -> None:
    """Anna shuts Leerhuis out meanwhile."""
    object_to(office.anna.pk, office.other, origin=origin())


def no_longer_tendered(office: Office) -> None:
    """The service makes no owner any more."""
    Service.objects.filter(code="TIBB4").update(tendered=False)


@pytest.mark.parametrize(
    ("meanwhile", "now_told"),
    [
        (another_service, "Leerhuis heeft al inzagerecht; dat loopt dan zolang de toewijzing duurt."),
        (granted, "Leerhuis heeft al inzagerecht; dat loopt dan zolang de toewijzing duurt."),
        (shut_out, "De klant sloot Leerhuis uit."),
        (no_longer_tendered, "is geen getenderde dienst."),
    ],
)
def test_an_assignment_that_comes_to_something_else_is_told_anew_and_done_when_that_is_confirmed(
    mira: Browser, office: Office, meanwhile: Any, now_told: str
) -> None:
    page = page_of(office.anna, "toewijzen/")
    sent = confirmed(mira, page, to_assign(office))
    meanwhile(office)
    before = list(Assignment.objects.order_by("pk").values())
    anew = mira.post(page, sent)
    assert CHANGED in text(anew)
    assert now_told in text(anew)
    assert list(Assignment.objects.order_by("pk").values()) == before
    done = mira.post(page, sent | {"told": told(anew)}, follow=True)
    assert "De toewijzing is geregistreerd." in text(done)
    assert Assignment.objects.count() == len(before) + 1


def of_another_unit(office: Office) -> None:
    """A right of another organisation."""
    a_right(office.anna, office.school)


def of_its_own(office: Office) -> None:
    """Werkpad gives back its right."""
    ending.give_back(office.right.pk, origin=origin())


@pytest.mark.parametrize("meanwhile", [of_another_unit, of_its_own])
def test_what_changes_nothing_of_what_was_told_asks_nothing_again(
    mira: Browser, office: Office, meanwhile: Any
) -> None:
    page = page_of(office.anna, "toewijzen/")
    sent = confirmed(mira, page, to_assign(office))
    meanwhile(office)
    assert "De toewijzing is geregistreerd." in text(mira.post(page, sent, follow=True))


@pytest.mark.parametrize("sent_along", [{}, {"told": ""}, {"told": "1:2:3"}])
def test_what_was_never_told_is_not_done(mira: Browser, office: Office, sent_along: dict[str, str]) -> None:
    page = page_of(office.anna, "toewijzen/")
    assert CHANGED in text(mira.post(page, to_assign(office, step="confirmed") | sent_along))
    assert not Assignment.objects.exists()
    given = assigned(office)
    ends = {"on": TODAY.isoformat(), "reason": "Weg", "step": "confirmed"}
    assert CHANGED in text(mira.post(ending_of(office, given), ends | sent_along))
    assert Assignment.objects.get().ended_on is None


def announced(office: Office, given: Assignment) -> None:
    """Somebody else announces an end."""
    end_assignment(given.pk, on=TOMORROW, reason="Gepland", origin=origin())


def given_back(office: Office, given: Assignment) -> None:
    """Leerhuis gives its right back."""
    ending.give_back(ViewRight.objects.get(unit=office.other).pk, origin=origin())


@pytest.mark.parametrize(
    ("meanwhile", "now_told"),
    [
        (announced, "Er is al een einde gekend: 3 maart 2026"),
        (given_back, "Leerhuis heeft vandaag geen inzagerecht: er eindigt niets."),
    ],
)
def test_an_end_that_comes_to_something_else_is_told_anew(
    mira: Browser, office: Office, meanwhile: Any, now_told: str
) -> None:
    given = assigned(office, on=date(2026, 3, 1))
    page = ending_of(office, given)
    sent = confirmed(mira, page, {"on": TODAY.isoformat(), "reason": "Voorbij"})
    meanwhile(office, given)
    anew = mira.post(page, sent)
    assert CHANGED in text(anew)
    assert now_told in text(anew)
    assert not Assignment.objects.filter(end_reason="Voorbij").exists()
    mira.post(page, sent | {"told": told(anew)})
    assert Assignment.objects.get().end_reason == "Voorbij"


def test_it_is_compared_under_the_lock(
    mira: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(office.anna, "toewijzen/")
    sent = confirmed(mira, page, to_assign(office))

    def another_was_first(dossier: int, **how: Any) -> Dossier:
        found = locked(dossier, **how)
        if not ViewRight.objects.filter(unit=office.other).exists():
            granted(office)
        return found

    monkeypatch.setattr("inzage.portal.mediator.clients.assigning.locked", another_was_first)
    assert CHANGED in text(mira.post(page, sent))
    assert not Assignment.objects.exists()
