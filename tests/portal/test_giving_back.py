"""A right is given back early: told what that does, confirmed, done once; the near misses change nothing."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client as Browser

from inzage.rules.names import ClosingReason
from inzage.view_rights import ending
from inzage.view_rights.models import ViewRight
from tests.portal.office import TODAY, Office, a_dossier, a_right, an_activity, from_ibis, in_brussels, origin
from tests.portal.reading import address, lines, markup, opens, text

SENT = {"sure": "on", "remark": "De begeleiding is voorbij."}


def page_of(office: Office) -> str:
    """Where Anna's right is given back."""
    return f"{address(office.anna)}teruggeven/"


def confirmed(office: Office, **other: str) -> dict[str, str]:
    """What the page sends."""
    return {"right": str(office.right.pk), **SENT, **other}


def stands(office: Office) -> bool:
    """Whether Werkpad's right on Anna's dossier is open."""
    return ViewRight.objects.filter(pk=office.right.pk, closed_on=None).exists()


def test_the_page_says_beforehand_that_it_is_final_and_what_a_new_right_needs(
    carla: Browser, office: Office
) -> None:
    assert f'href="{page_of(office)}"' in markup(carla.get(address(office.anna)))
    page = text(carla.get(page_of(office)))
    assert "Dat is definitief. Een nieuw recht vraagt een nieuwe grond" in page
    assert "tot en met 2 september 2026" in page
    assert lines("look")[-1] == {office.anna.pk}
    assert stands(office)


def test_it_names_the_own_lines_that_are_not_closed(carla: Browser, office: Office) -> None:
    an_activity(office)
    page = text(carla.get(page_of(office)))
    assert "U hebt hier nog 1 actie die niet afgesloten is." in page
    assert "Lassen" in page


def test_confirmed_the_right_closes_today_and_the_reason_is_kept(carla: Browser, office: Office) -> None:
    response = carla.post(page_of(office), confirmed(office), follow=True)
    assert "Het inzagerecht is teruggegeven." in text(response)
    right = ViewRight.objects.get(pk=office.right.pk)
    assert (right.closed_on, right.closing_reason) == (TODAY, ClosingReason.GIVEN_BACK)
    assert not opens(carla, office.anna)
    assert "De partner gaf het recht terug. De begeleiding is voorbij." in text(carla.get("/berichten/"))


def test_without_the_tick_nothing_is_given_back_and_the_page_says_so(carla: Browser, office: Office) -> None:
    response = carla.post(page_of(office), {"right": str(office.right.pk), "remark": "Voorbij"})
    assert "Vink aan dat u het recht teruggeeft" in text(response)
    assert "Voorbij" in text(response)
    assert stands(office)


def test_sent_twice_it_is_done_once(carla: Browser, office: Office) -> None:
    carla.post(page_of(office), confirmed(office))
    before = list(ViewRight.objects.values())
    response = carla.post(page_of(office), confirmed(office), follow=True)
    assert "Dit inzagerecht was al teruggegeven. Er is niets gewijzigd." in text(response)
    assert list(ViewRight.objects.values()) == before


def test_two_at_once_give_it_back_once(
    carla: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = ending.give_back

    def another_was_first(right: int, **how: Any) -> ViewRight:
        really(right, origin=origin())
        return really(right, **how)

    monkeypatch.setattr(ending, "give_back", another_was_first)
    response = carla.post(page_of(office), confirmed(office), follow=True)
    assert "Dit inzagerecht was intussen al afgesloten. Er is niets gewijzigd." in text(response)
    assert ViewRight.objects.filter(closing_reason=ClosingReason.GIVEN_BACK).count() == 1


def test_an_old_page_does_not_give_back_a_right_that_was_granted_since(
    carla: Browser, office: Office
) -> None:
    ending.give_back(office.right.pk, origin=origin())
    newer = a_right(office.anna, office.own)
    carla.post(page_of(office), confirmed(office))
    assert ViewRight.objects.filter(pk=newer.pk, closed_on=None).exists()


def test_the_right_of_another_dossier_or_unit_is_not_given_back(
    carla: Browser, otto: Browser, office: Office
) -> None:
    bob, theirs = a_right(a_dossier("Bob"), office.own), a_right(office.anna, office.other)
    for browser, right in ((carla, bob), (carla, theirs), (otto, office.right)):
        assert browser.post(page_of(office), confirmed(office, right=str(right.pk))).status_code == 404
    assert not ViewRight.objects.filter(closing_reason=ClosingReason.GIVEN_BACK).exists()


def test_who_has_no_right_gets_the_answer_of_an_unknown_dossier(otto: Browser, office: Office) -> None:
    unknown = f"/dossiers/{'0' * 8}-0000-0000-0000-{'0' * 12}/teruggeven/"
    for method in ("get", "post"):
        forbidden = getattr(otto, method)(page_of(office), confirmed(office))
        assert forbidden.status_code == 404
        assert markup(forbidden) == markup(getattr(otto, method)(unknown, confirmed(office)))
    assert stands(office)


@pytest.mark.parametrize(("last_day", "status"), [(date(2026, 3, 1), 404), (TODAY, 200)])
def test_a_right_that_ended_yesterday_is_no_longer_to_be_given_back(
    carla: Browser, office: Office, last_day: date, status: int
) -> None:
    ViewRight.objects.filter(pk=office.right.pk).update(last_day=last_day)
    assert carla.get(page_of(office)).status_code == status


def test_who_else_may_see_the_dossier_is_named_with_what_they_are_there(
    carla: Browser, office: Office
) -> None:
    assert "geen enkele andere partner dit dossier inzien" in text(carla.get(address(office.anna)))
    a_right(office.anna, office.other)
    page = text(carla.get(address(office.anna)))
    assert "Leerhuis : kreeg inzage, en voerde nog geen actie uit." in page


def test_a_right_of_another_that_ended_is_not_named(carla: Browser, office: Office) -> None:
    theirs = a_right(office.anna, office.other)
    ViewRight.objects.filter(pk=theirs.pk).update(last_day=date(2026, 3, 1))
    assert "geen enkele andere partner dit dossier inzien" in text(carla.get(address(office.anna)))


def test_each_own_line_says_what_can_be_done_with_it_now(carla: Browser, office: Office) -> None:
    an_activity(office, title="Bezig")
    from_ibis(in_brussels(office.anna), office.own, title="Van vandaag")
    page = markup(carla.get(address(office.anna)))
    said = re.findall(r'<td data-label="Wat nu kan">([^<]*)</td>', page)
    assert sorted(said) == [
        "Actie afsluiten, Actie annuleren",
        "Prestaties registreren, Actie afsluiten, Actie annuleren",
    ]


def test_what_would_move_the_day_stands_under_the_right(carla: Browser, office: Office) -> None:
    page = text(carla.get(address(office.anna)))
    after = page.split("Wat die dag verschuift")[1]
    assert after.strip().startswith("Begint er vandaag een actie, dan blijft het recht open zolang ze loopt.")
