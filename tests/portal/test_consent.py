"""Consent at the mediator (S04): number and name say whose, the page afterwards says what came of it."""

import pytest
from django.conf import settings
from django.contrib.messages.storage.cookie import MessageSerializer
from django.core.signing import get_cookie_signer
from django.test import Client as Browser

from inzage.access_log.models import AccessLine
from inzage.consents.models import ConsentForm
from inzage.rules.names import Purpose, Route
from inzage.view_rights.consenting import Asked, ask_right
from inzage.view_rights.models import ViewRight
from tests.portal.office import Office, a_dossier, an_insz, origin
from tests.portal.reading import lines, opens, text

PAGE = "/formulieren/toestemming/"


def consent(office: Office, **other: str) -> dict[str, str]:
    """Anna consents to guidance at Leerhuis."""
    known = {"number": office.anna.client.insz, "family_name": "Verzinsel"}
    return {**known, "unit": "OE2", "purpose": "guidance", **other}


def has_right(office: Office) -> bool:
    """Whether Leerhuis has a right on any dossier."""
    return ViewRight.objects.filter(unit=office.other).exists()


def test_consent_at_the_mediator_grants_at_once_and_once(
    mira: Browser, otto: Browser, office: Office
) -> None:
    assert "het inzagerecht is toegekend" in text(mira.post(PAGE, consent(office), follow=True))
    assert opens(otto, office.anna)
    assert "vandaag al geregistreerd" in text(mira.post(PAGE, consent(office)))
    assert ConsentForm.objects.filter(unit=office.other).count() == 1


def test_the_confirmation_names_client_and_organisation_and_says_until_when_and_why(
    mira: Browser, office: Office
) -> None:
    page = text(mira.post(PAGE, consent(office), follow=True))
    assert "is toegekend. Klant: Anna Verzinsel. Organisatie: Leerhuis (OE2)." in page
    assert "Inzagerecht van Leerhuis vandaag Tot en met 2 september 2026" in page
    assert "6 maanden na de laatste toekenning op 2 maart 2026. Regel closing.no-activity." in page


def test_no_cookie_holds_the_clients_name(mira: Browser, office: Office) -> None:
    cookies = mira.post(PAGE, consent(office)).cookies
    assert set(cookies) == {settings.SAID_COOKIE_NAME}
    signer = get_cookie_signer(salt="django.contrib.messages")
    kept = cookies[settings.SAID_COOKIE_NAME].value
    (said,) = signer.unsign_object(kept, serializer=MessageSerializer)  # type: ignore[arg-type]
    assert str(said) == "De toestemming is geregistreerd en het inzagerecht is toegekend."


@pytest.mark.parametrize("name", ["verzinsel", " VERZINSEL ", "Vérzinsel", "Ve\u0301rzinsel"])
def test_the_name_is_known_whatever_capitals_accents_and_spaces(
    mira: Browser, office: Office, name: str
) -> None:
    mira.post(PAGE, consent(office, family_name=name))
    assert has_right(office)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": an_insz(330, births="000")}, "vinden wij geen klant"),
        ({"family_name": "Anders"}, "vinden wij geen klant"),
        ({"family_name": "Verzinse"}, "vinden wij geen klant"),
        ({"family_name": ""}, "Vul de familienaam van de klant in."),
        ({"number": ""}, "Vul het INSZ- of klantnummer in."),
        ({"unit": "OE99"}, "Deze organisatie kennen wij niet"),
        ({"unit": ""}, "Vul het OE-nummer van de organisatie in."),
        ({"purpose": ""}, "Kies waarvoor."),
        ({"purpose": "holiday"}, "geldige keuze"),
    ],
)
def test_consent_that_can_not_be_recorded_says_why(
    mira: Browser, office: Office, wrong: dict[str, str], said: str
) -> None:
    assert said in text(mira.post(PAGE, consent(office, **wrong)))
    assert not has_right(office)


def test_a_mistyped_number_of_somebody_else_grants_nothing(mira: Browser, office: Office) -> None:
    bob = a_dossier("Bob", "Ander")
    mira.post(PAGE, consent(office, number=bob.client.client_number))
    assert not has_right(office)


def test_number_and_name_of_two_clients_grant_nothing_and_say_what_to_do(
    mira: Browser, office: Office
) -> None:
    twin = a_dossier("Anneke", "Verzinsel")
    twin.client.insz = office.anna.client.insz
    twin.client.save()
    assert "bij meer dan één klant. Vul het klantnummer in" in text(mira.post(PAGE, consent(office)))
    assert not has_right(office)
    mira.post(PAGE, consent(office, number=twin.client.client_number))
    assert ViewRight.objects.get(unit=office.other).dossier == twin


def test_the_brussels_desk_records_no_consents(bas: Browser, office: Office) -> None:
    assert bas.get(PAGE).status_code == 403
    assert bas.post(PAGE, consent(office)).status_code == 403
    assert not has_right(office)


def test_every_search_has_its_line_also_where_nothing_was_found_or_granted(
    mira: Browser, office: Office
) -> None:
    mira.post(PAGE, consent(office))
    mira.post(PAGE, consent(office))  # refused: recorded already
    mira.post(PAGE, consent(office, family_name="Anders"))
    assert lines("search") == [{office.anna.pk}, {office.anna.pk}, set()]
    reasons = AccessLine.objects.filter(kind="search").values_list("stated_reason", flat=True)
    assert set(reasons) == {"toestemming bij de bemiddelaar"}


def test_a_request_that_was_settled_with_another_says_so_to_who_asked_it_and_to_the_client(
    mira: Browser, otto: Browser, carla: Browser, anna: Browser, office: Office
) -> None:
    for by in (office.other, office.own):
        asked = Asked(office.other, Route.MEDIATOR, Purpose.GUIDANCE, by=by)
        ask_right(office.anna.pk, asked, origin=origin())
    mira.post(PAGE, consent(office))
    said = "De klant stemde bij de bemiddelaar al met hetzelfde in: deze aanvraag is daarmee afgehandeld."
    assert said in text(carla.get("/aanvragen/"))
    assert said in text(carla.get("/berichten/"))
    assert said not in text(otto.get("/aanvragen/"))
    page = text(anna.get("/mijn-dossier/toestemmingen/"))
    assert "afgehandeld samen met uw toestemming bij de bemiddelaar" in page
    assert "geweigerd" not in page
