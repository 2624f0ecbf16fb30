"""A look at a message in quarantine is a look at every client it names, however it is built (S14)."""

import json
from typing import Any

import pytest
from django.test import Client as Browser

from inzage.access_log.models import AccessLine, ShownDossier
from inzage.inbox.keeping import Message, keep
from inzage.inbox.models import Received
from inzage.portal.exchange.clients_in_text import clients_in
from tests.ibis import come_in
from tests.portal.office import NOON, Office
from tests.vdab import saying
from tests.world import insz

UNKNOWN = "K99"


def shown(browser: Browser, received: Received) -> set[int]:
    """The dossiers that the access log names for a look at this message."""
    assert browser.get(f"/uitwisseling/ontvangen/{received.pk}/").status_code == 200
    line = AccessLine.objects.filter(kind="look").latest("pk")
    return set(ShownDossier.objects.filter(line=line).values_list("dossier_id", flat=True))


def malformed(**data: Any) -> Received:
    """An event of VDAB with a day that doesn't exist, about client K99, whom nobody knows."""
    event = saying.assigned("2025-13-01", client_number=UNKNOWN)
    saying.tell(event | {"data": {**event["data"], **data}})
    received = Received.objects.get()
    assert (received.reason, received.dossier) == ("malformed", None)
    return received


def test_a_malformed_event_names_the_client_of_its_number(mira: Browser, office: Office) -> None:
    received = malformed(client_number=office.anna.client.client_number)
    assert shown(mira, received) == {office.anna.pk}


@pytest.mark.parametrize("separator", ["", ".", "-"])
def test_a_malformed_event_names_the_client_of_its_insz(
    mira: Browser, office: Office, separator: str
) -> None:
    number = office.anna.client.insz
    received = malformed(client={"insz": f"{number[:6]}{separator}{number[6:]}"})
    assert shown(mira, received) == {office.anna.pk}


def test_who_is_not_known_here_is_nobody_s_dossier(mira: Browser, office: Office) -> None:
    assert shown(mira, malformed(client={"insz": insz(96)}, contact=office.anna.client.insz)) == set()


def test_a_correction_names_its_client_too(mira: Browser, office: Office) -> None:
    received = malformed()
    text = json.dumps(saying.assigned("2025-13-01", client_number=office.anna.client.client_number))
    Received.objects.filter(pk=received.pk).update(corrected=text)
    assert shown(mira, received) == {office.anna.pk}


def test_a_text_of_ibis_that_breaks_off_names_its_client(bas: Browser, office: Office) -> None:
    (received,) = come_in(
        f'{{"id": "R1", "client": {{"insz": "{office.anna.client.insz}", "family_name": "Ver'
    )
    assert received.reason == "not_json"
    assert shown(bas, received) == {office.anna.pk}


def test_what_waits_and_was_never_read_names_its_client(mira: Browser, office: Office) -> None:
    text = json.dumps([{"client_number": office.anna.client.client_number}])
    keep("vdab", [Message("m1", 0, "unknown", text)], at=NOON)
    assert shown(mira, Received.objects.get()) == {office.anna.pk}


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "null", '{"insz": null, "client_number": {}}'])
def test_a_text_that_names_nobody(text: str) -> None:
    assert (clients_in(text).insz | clients_in(text).client_number) - {""} == set()
