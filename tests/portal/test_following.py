"""Following a person, an organisation or a dossier: everything in time order, a client's name on one page only."""

import re
from datetime import timedelta

import pytest
from django.test import Client as Browser

from inzage.access_log.decisions import Decided, DecisionRecord
from inzage.access_log.models import AccessLine
from inzage.portal.paging import PAGE
from inzage.portal.protection.happenings import happenings
from inzage.rules.names import Purpose, Route
from inzage.view_rights.consenting import Asked, ask_right
from inzage.view_rights.ending import give_back, revoke
from inzage.view_rights.models import ViewRightVersion
from inzage.view_rights.restoring import approve_restoration, ask_restoration
from tests.portal.log import a_line, found
from tests.portal.office import NOON, Office, Tab, a_dossier, a_right, origin
from tests.portal.reading import markup, text


def a_decision(office: Office, number: int, *, allowed: bool, reason: str, minutes: int = 0) -> Decided:
    """A decision about Anna's dossier, given to another system."""
    record = DecisionRecord.objects.create(
        id=f"00000000-0000-7000-8000-{number:012}",
        timestamp=NOON + timedelta(minutes=minutes),
        type="evaluation",
        caller="opleidingsplatform",
    )
    return Decided.objects.create(
        record=record,
        position=0,
        person=office.carla.pk,
        unit="OE1",
        dossier=office.anna.pk,
        allowed=allowed,
        reason=reason,
    )


def test_a_person_is_followed_through_their_own_lines_only(dina: Tab, office: Office) -> None:
    own = a_line(office.anna, person=office.carla.signature)
    a_line(office.anna, person=office.otto.signature)
    page = dina.get(f"/toezicht/mensen/{office.carla.pk}/")
    assert found(page) == [own.pk]
    assert "begeleider bij een partner" in text(page)
    assert "Anna" not in text(page)


def test_the_chart_of_a_person_counts_their_days(dina: Tab, office: Office) -> None:
    for days in (0, 0, 3):
        a_line(person=office.carla.signature, at=NOON - timedelta(days=days))
    rows = dict(
        re.findall(
            r'<th scope="row">([^<]+)</th><td>([^<]+)</td>',
            markup(dina.get(f"/toezicht/mensen/{office.carla.pk}/")),
        )
    )
    assert (rows["2 maart 2026"], rows["27 februari 2026"], rows["1 maart 2026"]) == ("2", "1", "0")


def test_a_unit_is_followed_through_the_lines_for_it(dina: Tab, office: Office) -> None:
    own = a_line(office.anna, unit="OE1", person=office.carla.signature)
    a_line(office.anna, unit="OE2", person=office.carla.signature)
    page = dina.get(f"/toezicht/organisaties/{office.own.pk}/")
    assert found(page) == [own.pk]
    assert "Anna" not in text(page)


def test_the_rights_of_a_unit_stand_with_their_reasons_and_no_name(dina: Tab, office: Office) -> None:
    give_back(office.right.pk, origin=origin())
    a_right(a_dossier("Bea"), office.other)
    page = text(dina.get(f"/toezicht/organisaties/{office.own.pk}/rechten/"))
    assert office.anna.client.client_number in page
    assert "de partner gaf het recht terug" in page
    assert "Anna" not in page
    assert "Bea" not in page


def test_a_dossier_is_followed_by_name_and_that_is_a_look_on_record(dina: Tab, office: Office) -> None:
    page = text(dina.get(f"/toezicht/dossiers/{office.anna.reference}/"))
    assert "Anna Verzinsel" in page
    line = AccessLine.objects.latest("pk")
    assert (line.kind, line.stated_reason) == ("look", "toezicht: volgt dossier")
    assert list(line.shown.values_list("dossier", flat=True)) == [office.anna.pk]


def test_a_dossier_that_is_not_there_is_not_there(dina: Tab, office: Office) -> None:
    before = AccessLine.objects.count()
    assert dina.get("/toezicht/dossiers/00000000-0000-4000-8000-000000000000/").status_code == 404
    assert AccessLine.objects.count() == before


def test_looks_decisions_and_the_rights_history_stand_in_one_order_and_none_of_another_dossier(
    dina: Tab, office: Office
) -> None:
    other = a_dossier("Bea")
    a_right(other, office.own)
    a_line(other, at=NOON + timedelta(minutes=1))
    look = a_line(office.anna, at=NOON + timedelta(minutes=1))
    a_decision(office, 1, allowed=False, reason="not_member", minutes=2)
    give_back(office.right.pk, origin=origin()._replace(at=NOON + timedelta(minutes=3)))
    page = text(dina.get(f"/toezicht/dossiers/{office.anna.reference}/"))
    order = [
        "de partner gaf het recht terug",
        "Werkt niet voor die organisatie",
        "op een inzagerecht dat gold",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    shown, after = happenings(office.anna.pk, "")
    assert [one.at for one in shown] == sorted((one.at for one in shown), reverse=True)
    assert look.pk in [getattr(one.what, "line_id", None) for one in shown]
    assert after == ""
    assert ViewRightVersion.objects.filter(dossier=office.anna).count() == sum(
        isinstance(one.what, ViewRightVersion) for one in shown
    )


def test_every_happening_of_one_moment_is_shown_once_page_after_page(office: Office) -> None:
    """Also where all three sources have rows of the same moment, and a page ends between them."""
    for number in range(PAGE):
        a_line(office.anna, at=NOON)
        a_decision(office, number, allowed=True, reason="right_stands")
    after, seen = "", list[object]()
    while True:
        shown, after = happenings(office.anna.pk, after)
        seen += [one.key for one in shown]
        if not after:
            break
    versions = ViewRightVersion.objects.filter(dossier=office.anna).count()
    assert len(seen) == len(set(seen)) == 2 * PAGE + versions
    assert seen == sorted(seen, reverse=True)  # type: ignore[type-var]


@pytest.mark.parametrize(
    "place", ["x", "1_2", "1_0_x_0", f"1_0_{2**70}_0", f"1_1_{2**128}_0", f"{10**20}_0_1_0"]
)
def test_a_place_that_is_none_is_a_bad_request(dina: Tab, office: Office, place: str) -> None:
    assert dina.get(f"/toezicht/dossiers/{office.anna.reference}/?na={place}").status_code == 400


def test_looks_with_a_stated_reason_are_listed_and_those_of_the_work_list_are_not(
    dina: Tab, office: Office
) -> None:
    mira = office.mira.signature
    outside = a_line(office.anna, person=mira, unit="", stated_reason="De klant belde")
    begun_alike = a_line(
        office.anna, person=mira, unit="", stated_reason="formulier kwijt, klant belt", reason_kind="stated"
    )
    for reason, kind in (("formulier 3", "work"), ("zoals een klacht", "work"), ("toezicht: volgt", "watch")):
        a_line(office.anna, person=mira, unit="", stated_reason=reason, reason_kind=kind)
    for reason in ("", "formulier 3", "bericht 4", "inschrijving bij Actiris", "toezicht: volgt dossier"):
        a_line(office.anna, person=mira, unit="", stated_reason=reason)  # of before kinds were kept
    a_line(office.anna, unit="OE1", stated_reason="Een partner geeft geen reden")
    page = dina.get("/toezicht/redenen/")
    assert found(page) == [begun_alike.pk, outside.pk]
    assert "De klant belde" in text(page)


def test_a_reason_that_begins_like_a_pages_own_is_a_stated_one_all_the_same(
    mira: Browser, dina: Tab, office: Office
) -> None:
    reason = "formulier van de klant kwam per post"
    mira.post(f"/klanten/{a_dossier('Bea').reference}/", {"reason": reason}, follow=True)
    looked = AccessLine.objects.get(kind="look")
    assert (looked.stated_reason, looked.reason_kind) == (reason, "stated")
    assert found(dina.get("/toezicht/redenen/")) == [looked.pk]


def test_the_work_that_led_to_a_dossier_is_no_stated_reason(mira: Browser, dina: Tab, office: Office) -> None:
    asked = Asked(office.other, Route.FORM, Purpose.TRAINING, by=office.other)
    mira.get(f"/formulieren/{ask_right(office.anna.pk, asked, origin=origin()).pk}/")
    assert AccessLine.objects.get(kind="look").reason_kind == "work"
    assert found(dina.get("/toezicht/redenen/")) == []


def test_what_rests_on_a_rule_that_is_not_verified_says_so(dina: Tab, office: Office) -> None:
    line = a_line(office.anna)
    line.shown.model.objects.create(
        line=line,
        dossier=a_dossier("Bea"),
        rule="closing.owner.TIBB4",
        rule_status="assumption",
        verdict="right_stands",
    )
    assert "closing.owner.TIBB4 aanname, niet nagekeken" in text(dina.get(f"/toezicht/lijnen/{line.pk}/"))


def test_a_restored_right_says_who_asked_it_who_approved_it_and_why(dina: Tab, office: Office) -> None:
    closed = revoke(office.right.pk, origin=origin())
    asked = ask_restoration(
        closed.pk, "Verkeerde klant gekozen.", origin=origin()._replace(by=office.carla.signature)
    )
    approve_restoration(asked, "Klopt.", origin=origin()._replace(by=office.otto.signature))
    page = text(dina.get(f"/toezicht/dossiers/{office.anna.reference}/"))
    said = f"gevraagd door {office.carla.name} op 2 maart 2026, goedgekeurd door {office.otto.name}."
    assert page.count(said) == 1
    assert "Waarom het afsluiten een fout was: Verkeerde klant gekozen. Bij de goedkeuring: Klopt." in page


@pytest.mark.parametrize(
    ("signature", "words"),
    [
        ("run", "de verwerking"),
        ("system:jan", "beheerder jan, met een opdracht"),
        ("import:2026-03-02T09:00:00", "invoer van bestanden"),
        ("adapter:vdab", "VDAB"),
    ],
)
def test_what_the_system_did_is_signed_in_words(
    dina: Tab, office: Office, signature: str, words: str
) -> None:
    revoke(office.right.pk, origin=origin()._replace(by=signature))
    page = text(dina.get(f"/toezicht/dossiers/{office.anna.reference}/"))
    assert f"{words} Werkpad" in page
    assert signature not in page
