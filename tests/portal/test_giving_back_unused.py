"""Unused rights are given back: chosen, confirmed, done once, all of them or none."""

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError

from inzage.notices.models import Notice
from inzage.notices.sending import tell
from inzage.portal.paging import PAGE
from inzage.view_rights import catching_up, ending, giving_back
from inzage.view_rights.models import ViewRight
from tests.portal.clients import a_look
from tests.portal.managing import GIVE_BACK, LIST, SURE, ago, an_old_right, given_back, number_of
from tests.portal.office import TODAY, Office, Tab, an_activity, origin
from tests.portal.reading import address, lines, text


def test_before_giving_back_it_is_told_what_that_does_and_nothing_is_done(boss: Tab, office: Office) -> None:
    chosen, left = an_old_right(office.own), an_old_right(office.own)
    page = text(boss.post(GIVE_BACK, {"right": [chosen.pk]}))
    assert "U geeft 1 recht van Werkpad terug." in page
    assert "Dat is definitief. Een nieuw recht vraagt een nieuwe grond" in page
    assert number_of(chosen) in page
    assert number_of(left) not in page
    assert lines("list") == [{chosen.dossier_id}]
    assert given_back() == set()


def test_all_of_a_page_can_be_chosen_at_once(boss: Tab, office: Office) -> None:
    rights = [an_old_right(office.own).pk for _ in range(3)]
    page = text(boss.post(GIVE_BACK, {"shown": rights, "all": "1"}))
    assert "U geeft 3 rechten van Werkpad terug." in page


def test_a_right_with_an_action_that_is_not_closed_says_so(boss: Tab, office: Office) -> None:
    ViewRight.objects.filter(pk=office.right.pk).update(
        granted_on=TODAY - ago(100), opened_at=office.right.opened_at - ago(100)
    )
    an_activity(office)
    assert "een actie loopt nog" in text(boss.get(LIST))
    assert "een actie loopt nog" in text(boss.post(GIVE_BACK, {"right": [office.right.pk]}))


def test_confirmed_the_chosen_rights_close_today_and_the_others_stand(boss: Tab, office: Office) -> None:
    first, second, left = (an_old_right(office.own) for _ in range(3))
    page = text(boss.post(GIVE_BACK, {"right": [first.pk, second.pk], **SURE}, follow=True))
    assert "2 inzagerechten zijn teruggegeven." in page
    assert given_back() == {first.pk, second.pk}
    assert ViewRight.objects.get(pk=first.pk).closed_on == TODAY
    assert boss.get(address(first.dossier)).status_code == 404
    assert boss.get(address(left.dossier)).status_code == 200


def test_without_the_tick_nothing_is_given_back_and_the_page_says_so(boss: Tab, office: Office) -> None:
    right = an_old_right(office.own)
    page = text(boss.post(GIVE_BACK, {"right": [right.pk], "confirmed": "1"}))
    assert "Vink aan dat u de rechten teruggeeft" in page
    assert given_back() == set()


@pytest.mark.parametrize("sent", [{}, SURE, {"all": "1"}])
def test_who_chose_nothing_is_told_so_on_the_list(boss: Tab, office: Office, sent: dict[str, str]) -> None:
    right = an_old_right(office.own)
    page = text(boss.post(GIVE_BACK, sent))
    assert "Kies minstens één inzagerecht om terug te geven." in page
    assert number_of(right) in page
    assert given_back() == set()


def test_sent_twice_it_is_done_once(boss: Tab, office: Office) -> None:
    right = an_old_right(office.own)
    boss.post(GIVE_BACK, {"right": [right.pk], **SURE})
    before = list(ViewRight.objects.order_by("pk").values())
    page = text(boss.post(GIVE_BACK, {"right": [right.pk], **SURE}, follow=True))
    assert "1 gekozen recht stond niet meer open of was intussen gebruikt." in page
    assert list(ViewRight.objects.order_by("pk").values()) == before


def test_what_another_gives_back_at_the_same_moment_is_not_counted_twice(
    boss: Tab, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = an_old_right(office.own), an_old_right(office.own)
    really = catching_up.lock

    def another_was_first(dossiers: Any) -> list[int]:
        ending.give_back(first.pk, origin=origin())
        return really(dossiers)

    monkeypatch.setattr(giving_back, "lock", another_was_first)
    page = text(boss.post(GIVE_BACK, {"right": [first.pk, second.pk], **SURE}, follow=True))
    assert "1 inzagerecht is teruggegeven." in page
    assert "1 gekozen recht stond niet meer open" in page
    assert given_back() == {first.pk, second.pk}


def test_the_dossiers_are_locked_together_before_anything_is_given_back(
    boss: Tab, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    rights = [an_old_right(office.own) for _ in range(2)]
    really = catching_up.lock
    locked: list[list[int]] = []

    def seen(dossiers: Any) -> list[int]:
        assert given_back() == set()
        locked.append(really(dossiers))
        return locked[-1]

    monkeypatch.setattr(giving_back, "lock", seen)
    boss.post(GIVE_BACK, {"right": [right.pk for right in reversed(rights)], **SURE})
    assert locked == [sorted(right.dossier_id for right in rights)]


def breaking_at(right: ViewRight, error: Exception) -> Callable[..., Any]:
    """Telling of any right goes well, but for that one."""

    def breaks(kind: str, **about: Any) -> Any:
        if about["dossier"].pk == right.dossier_id:
            raise error
        return tell(kind, **about)

    return breaks


def test_a_fault_at_the_last_gives_none_back_and_all_go_later(
    boss: Tab, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = an_old_right(office.own), an_old_right(office.own)
    sent = {"right": [first.pk, second.pk], **SURE}
    before = list(ViewRight.objects.order_by("pk").values())
    with monkeypatch.context() as broken:
        broken.setattr("inzage.view_rights.ending.tell", breaking_at(second, RuntimeError("no notice")))
        boss.raise_request_exception = False
        assert boss.post(GIVE_BACK, sent).status_code == 500
    assert list(ViewRight.objects.order_by("pk").values()) == before
    assert not Notice.objects.filter(kind="closed").exists()
    assert "2 inzagerechten zijn teruggegeven." in text(boss.post(GIVE_BACK, sent, follow=True))
    assert given_back() == {first.pk, second.pk}


def test_a_lock_halfway_changes_nothing_as_the_page_says(
    boss: Tab, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = an_old_right(office.own), an_old_right(office.own)
    busy = OperationalError("database is locked")
    busy.__cause__ = locked = sqlite3.OperationalError()
    locked.sqlite_errorcode = sqlite3.SQLITE_BUSY
    monkeypatch.setattr("inzage.view_rights.ending.tell", breaking_at(second, busy))
    boss.raise_request_exception = False
    response = boss.post(GIVE_BACK, {"right": [first.pk, second.pk], **SURE})
    assert response.status_code == 503
    assert "Er is niets gewijzigd." in text(response)
    assert given_back() == set()


def test_what_was_used_since_the_list_was_read_stays(boss: Tab, office: Office) -> None:
    right = an_old_right(office.own)
    a_look(right.dossier, office.carla, office.own)
    for sent in ({"right": [right.pk]}, {"right": [right.pk], **SURE}):
        page = text(boss.post(GIVE_BACK, sent, follow=True))
        assert "was intussen gebruikt. Daaraan is niets gewijzigd." in page
    assert given_back() == set()


def test_the_right_of_another_unit_or_one_that_is_used_is_not_given_back(boss: Tab, office: Office) -> None:
    theirs = an_old_right(office.other)
    unknown = theirs.pk + 1000
    for number in (theirs.pk, office.right.pk, unknown):
        for sent in ({"right": [number]}, {"right": [number], **SURE}):
            page = text(boss.post(GIVE_BACK, sent, follow=True))
            assert "1 gekozen recht stond niet meer open of was intussen gebruikt." in page
            assert number_of(theirs) not in page
    assert given_back() == set()


def test_a_right_that_ended_yesterday_is_neither_listed_nor_given_back(boss: Tab, office: Office) -> None:
    right = an_old_right(office.own)
    ViewRight.objects.filter(pk=right.pk).update(last_day=TODAY - ago(1))
    assert number_of(right) not in text(boss.get(LIST))
    boss.post(GIVE_BACK, {"right": [right.pk], **SURE})
    assert given_back() == set()


@pytest.mark.parametrize("numbers", [["x"], ["-1"], ["9" * 30], [str(pk) for pk in range(PAGE + 1)]])
def test_what_no_page_sends_is_a_bad_request(boss: Tab, numbers: list[str]) -> None:
    assert boss.post(GIVE_BACK, {"right": numbers, **SURE}).status_code == 400


def test_the_address_of_giving_back_leads_to_the_list(boss: Tab) -> None:
    assert boss.get(GIVE_BACK).headers["Location"] == LIST
