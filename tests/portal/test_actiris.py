"""Enrolment with Actiris on the pages: the partner is warned, the desk watches, records and moves (S07, S09)."""

import pytest
from django.test import Client as Browser

from inzage.access_log.models import AccessLine
from inzage.dossiers.addresses import lives_in_brussels
from inzage.dossiers.enrolments import Enrolment, EnrolmentVersion
from inzage.dossiers.models import Address, Dossier
from inzage.portal import paging
from inzage.rules.brussels import ways_to_enrol
from inzage.rules.names import EnrolmentStatus
from inzage.view_rights.ending import give_back, record_death
from tests.portal.office import (
    TODAY,
    Office,
    a_dossier,
    a_right,
    an_activity,
    an_enrolment,
    from_ibis,
    in_brussels,
    origin,
)
from tests.portal.reading import NEXT, address, lines, text

LIST = "/brussel/inschrijvingen/"
ENROLLED = {
    "act": "enrol",
    "enrol-status": "enrolled",
    "enrol-channel": "agency",
    "enrol-enrolled_on": "2026-03-01",
    "enrol-checked_on": "2026-03-02",
}
MOVED = {"act": "move", "move-place": "21010", "move-lives_from": "2026-03-01"}


def there(dossier: Dossier) -> str:
    """The client's page at the desk."""
    return f"/brussel/deelnemers/{dossier.reference}/"


@pytest.fixture
def anna(office: Office) -> Dossier:
    """Anna lives in Brussels and follows something with Werkpad."""
    an_activity(office)
    return in_brussels(office.anna)


@pytest.mark.parametrize("status", ["not_enrolled", "ended"])
def test_the_partner_is_warned_and_told_the_ways_and_can_go_on(
    carla: Browser, anna: Dossier, status: str
) -> None:
    an_enrolment(anna, status, ended_on=TODAY if status == "ended" else None)
    page = text(carla.get(address(anna)))
    assert "Let op:" in page
    assert "Taak voor Werkpad sinds 2 maart 2026" in page
    assert [way for way in ways_to_enrol("nl").values() if way not in page] == []
    new = {"kind": "training", "title": "Bakken", "begun": "started_on", "on": "2026-03-02"}
    assert "De actie is geregistreerd." in text(carla.post(address(anna), new, follow=True))


def test_the_partners_list_of_tasks_has_its_own_and_no_others(
    carla: Browser, otto: Browser, office: Office, anna: Dossier
) -> None:
    bob = in_brussels(a_dossier("Bob"))
    a_right(bob, office.own)
    an_enrolment(anna, "not_enrolled")
    page = text(carla.get("/dossiers/?taak=actiris"))
    assert "Anna Verzinsel" in page
    assert "Bob" not in page
    assert "Geen enkele klant moet zich nog bij Actiris inschrijven." in text(
        otto.get("/dossiers/?taak=actiris")
    )
    an_enrolment(anna, "enrolled")
    assert "Anna Verzinsel" not in text(carla.get("/dossiers/?taak=actiris"))


def test_once_enrolled_nothing_warns_any_more(carla: Browser, anna: Dossier) -> None:
    an_enrolment(anna, "not_enrolled")
    an_enrolment(anna, "enrolled")
    page = text(carla.get(address(anna)))
    assert "ingeschreven Woont in Elsene. Nagekeken op 2 maart 2026." in page
    assert "Let op" not in page
    assert "Taak voor" not in page


def test_nobody_looked_yet_is_said_and_is_no_warning(carla: Browser, anna: Dossier) -> None:
    page = text(carla.get(address(anna)))
    assert "nog niet nagekeken Woont in Elsene. Niemand keek al na" in page
    assert "Let op" not in page


def test_of_who_does_not_live_in_brussels_nothing_is_said(carla: Browser, office: Office) -> None:
    an_enrolment(office.anna, "not_enrolled")
    page = text(carla.get(address(office.anna)))
    assert "Actiris" not in page
    assert "Brusselse deelnemer" not in page


def test_another_units_task_is_not_shown(otto: Browser, office: Office, anna: Dossier) -> None:
    right = a_right(anna, office.other)
    an_enrolment(anna, "not_enrolled")
    assert "Taak voor Leerhuis" in text(otto.get(address(anna)))
    give_back(right.pk, origin=origin())
    assert otto.get(address(anna)).status_code == 404


@pytest.mark.parametrize("who", ["carla", "sofie", "mira"])
def test_only_vdab_brussel_reaches_its_pages(
    request: pytest.FixtureRequest, office: Office, anna: Dossier, who: str
) -> None:
    browser: Browser = request.getfixturevalue(who)
    for page in (LIST, there(anna)):
        assert browser.get(page).status_code == 403
    assert browser.post(there(anna), ENROLLED).status_code == 403
    assert browser.post(there(anna), MOVED).status_code == 403
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(
    ("stand", "status"),
    [("niet", "not_enrolled"), ("beeindigd", "ended"), ("wel", "enrolled"), ("onbekend", "")],
)
def test_the_list_has_who_is_so_and_says_what_to_do_next(
    bas: Browser, office: Office, anna: Dossier, stand: str, status: str
) -> None:
    if status:
        an_enrolment(anna, status, ended_on=TODAY if status == "ended" else None)
    for name in ("niet", "beeindigd", "wel", "onbekend"):
        shown = anna.client.client_number in text(bas.get(f"{LIST}?stand={name}"))
        assert shown is (name == stand), name
    page = text(bas.get(f"{LIST}?stand={stand}"))
    next_step = {
        "niet": "Vraag de partner hoe ver",
        "beeindigd": "opnieuw inschrijft",
        "wel": "alles is in orde",
        "onbekend": "Kijk bij Actiris na",
    }
    assert next_step[stand] in page
    assert ("met een taak" in page) is (stand in ("niet", "beeindigd"))


def test_who_is_not_to_be_watched_is_not_on_the_list(bas: Browser, office: Office) -> None:
    idle, flemish, dead = in_brussels(a_dossier("Bob")), office.anna, in_brussels(a_dossier("Cas"))
    an_activity(office)
    from_ibis(dead, office.own)
    for dossier in (idle, flemish, dead):
        an_enrolment(dossier, "not_enrolled")
    record_death(dead.pk, deceased_on=TODAY, origin=origin())
    page = text(bas.get(f"{LIST}?stand=niet"))
    assert "Niemand staat op deze lijst." in page


def test_the_list_is_narrowed_to_one_organisation(bas: Browser, office: Office, anna: Dossier) -> None:
    bob = in_brussels(a_dossier("Bob"))
    from_ibis(bob, office.other)
    for unit, shown in (("OE1", anna), ("oe2", bob)):
        page = text(bas.get(f"{LIST}?stand=onbekend&organisatie={unit}"))
        assert [each for each in (anna, bob) if each.client.client_number in page] == [shown]
    assert "Deze organisatie kennen wij niet" in text(bas.get(f"{LIST}?stand=onbekend&organisatie=OE99"))


def test_the_list_is_paged(
    bas: Browser, office: Office, anna: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 1)
    bob = in_brussels(a_dossier("Bob"))
    from_ibis(bob, office.own)
    first = bas.get(f"{LIST}?stand=onbekend&organisatie=OE1")
    following = NEXT.search(first.content.decode())
    assert following is not None
    second = bas.get(f"{LIST}?{following[1].replace('&amp;', '&')}")
    assert bob.client.client_number in text(first)
    assert anna.client.client_number in text(second)
    assert bob.client.client_number not in text(second)


def test_the_desk_records_an_enrolment_with_its_source(bas: Browser, anna: Dossier) -> None:
    assert "De inschrijving is genoteerd." in text(bas.post(there(anna), ENROLLED, follow=True))
    enrolment, version = Enrolment.objects.get(), EnrolmentVersion.objects.get()
    assert (enrolment.status, enrolment.channel) == (EnrolmentStatus.ENROLLED, "agency")
    assert version.source == "desk"
    page = text(bas.get(there(anna)))
    assert "ingeschreven in een agentschap 1 maart 2026 – 2 maart 2026 VDAB Brussel" in page


def test_the_desk_records_a_move_and_takes_it_back(bas: Browser, office: Office, anna: Dossier) -> None:
    away = {**MOVED, "move-place": "elsewhere", "move-nis_code": "44021"}
    assert "De verhuizing is genoteerd." in text(bas.post(there(anna), away, follow=True))
    assert not lives_in_brussels(anna.client, TODAY)
    assert Address.objects.latest("pk").source == "desk"


def test_who_moves_away_can_still_be_opened_with_a_reason(bas: Browser, anna: Dossier) -> None:
    bas.post(there(anna), {**MOVED, "move-place": "elsewhere", "move-nis_code": "44021"})
    assert "Deze klant staat niet op uw lijst." in text(bas.get(there(anna), follow=True))
    found = {"number": anna.client.client_number, "reason": "verhuizing was fout"}
    bas.post(LIST, found, follow=True)
    back = {"act": "take_back", "take_back-lives_from": "2026-03-01"}
    assert "De verhuizing is geschrapt" in text(bas.post(there(anna), back, follow=True))
    assert lives_in_brussels(anna.client, TODAY)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"enrol-status": ""}, "Kies hoe het met de inschrijving staat."),
        ({"enrol-checked_on": "2026-03-03"}, "Die dag moet nog komen"),
        ({"enrol-status": "not_enrolled"}, "laat die leeg"),
        ({"enrol-status": "ended"}, "Vul de eerste dag zonder inschrijving in."),
        ({"enrol-ended_on": "2026-02-28"}, "Het einde ligt vóór de inschrijving"),
    ],
)
def test_an_enrolment_that_can_not_be_is_said_at_the_form(
    bas: Browser, anna: Dossier, sent: dict[str, str], said: str
) -> None:
    assert said in text(bas.post(there(anna), {**ENROLLED, **sent}))
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"move-place": "elsewhere"}, "Vul de NIS-code in van de gemeente buiten Brussel."),
        ({"move-place": "elsewhere", "move-nis_code": "1050"}, "Dit is geen NIS-code"),
        ({"move-place": "44021"}, "Gemeente"),
        ({"move-lives_from": "2026-02-30"}, "een dag in die bestaat"),
        ({"act": "take_back", "take_back-lives_from": "2026-03-01"}, "geen verhuizing om te schrappen"),
    ],
)
def test_a_move_that_can_not_be_is_said_at_the_form(
    bas: Browser, anna: Dossier, sent: dict[str, str], said: str
) -> None:
    page = text(bas.post(there(anna), {**MOVED, **sent}))
    assert "Dit klopt nog niet" in page
    assert said in page
    assert Address.objects.filter(client=anna.client).count() == 1


def test_a_client_on_no_list_is_opened_with_a_reason_that_is_logged(bas: Browser, office: Office) -> None:
    bob = a_dossier("Bob")
    refused = text(bas.get(there(bob), follow=True))
    assert "Deze klant staat niet op uw lijst." in refused
    assert "Bob" not in refused
    assert bas.post(there(bob), MOVED).status_code == 302
    assert not Address.objects.filter(client=bob.client).exists()
    assert "Schrijf waarom" in text(bas.post(LIST, {"number": bob.client.client_number, "reason": " "}))
    found = {"number": bob.client.insz, "reason": "verhuist naar Jette"}
    assert "Bob Verzinsel" in text(bas.post(LIST, found, follow=True))
    assert lines("look") == [{bob.pk}]
    assert AccessLine.objects.get(kind="look").stated_reason == "verhuist naar Jette"
    assert AccessLine.objects.filter(kind="search").latest("pk").stated_reason == "verhuist naar Jette"
    bas.post(there(bob), MOVED)
    assert lives_in_brussels(bob.client, TODAY)
    assert bas.get(there(office.anna)).status_code == 302


def test_an_unknown_number_is_said_and_logged(bas: Browser, office: Office) -> None:
    page = text(bas.post(LIST, {"number": "K999", "reason": "verhuist"}))
    assert "Met dit nummer vinden wij geen klant." in page
    assert lines("search") == [set()]


def test_every_list_and_look_of_the_desk_writes_its_line(bas: Browser, anna: Dossier) -> None:
    bas.get(f"{LIST}?stand=onbekend")
    bas.get(there(anna))
    assert lines("list") == lines("look") == [{anna.pk}]
    assert AccessLine.objects.get(kind="look").stated_reason == "inschrijving bij Actiris"


def test_an_act_that_does_not_exist_is_not_found(bas: Browser, anna: Dossier) -> None:
    assert bas.post(there(anna), {"act": "delete"}).status_code == 404
