"""What is wrong with what was entered: in the title, in a summary on top, and with the focus where it is."""

import re

import pytest
from django.test import Client as Browser

from tests.portal.office import Office, a_form, an_activity
from tests.portal.reading import address, markup

SUMMARY = re.compile(r'<div class="wrong" role="alert">(.*?)</div>', re.DOTALL)
AUTOFOCUS = re.compile(r"<(?:input|select|textarea)[^>]* autofocus")


def sent(request: pytest.FixtureRequest, office: Office, page: str) -> str:
    """The page after something wrong was sent to it."""
    line, form = an_activity(office), a_form(office.anna, office.other, completed_on=None)
    known = {"number": office.anna.client.insz, "family_name": "Verzinsel", "unit": "OE2"}
    pages: dict[str, tuple[str, str, dict[str, str]]] = {
        "ask": ("carla", "/aanvragen/nieuw/", {**known, "route": "form"}),
        "find-client": ("carla", "/dossiers/zoeken/", {"number": "85010299900"}),
        "dossier": ("carla", address(office.anna), {"kind": "training", "begun": "requested_on", "on": "x"}),
        "activity": (
            "carla",
            f"{address(office.anna)}acties/{line.pk}/",
            {"step": "close", "close-on": "x"},
        ),
        "form": ("mira", f"/formulieren/{form.pk}/", {"act": "refuse", "refuse-reason": ""}),
        "record-consent": ("mira", "/formulieren/toestemming/", known),
        "work-list": ("mira", "/formulieren/", {"number": ""}),
    }
    who, where, fields = pages[page]
    browser: Browser = request.getfixturevalue(who)
    return markup(browser.post(where, fields))


@pytest.mark.parametrize(
    "page", ["ask", "find-client", "dossier", "activity", "form", "record-consent", "work-list"]
)
def test_a_page_with_something_wrong_says_so_in_title_and_summary_and_has_the_focus_there(
    request: pytest.FixtureRequest, office: Office, page: str
) -> None:
    shown = sent(request, office, page)
    assert "<title>Fout: " in shown
    (summary,) = SUMMARY.findall(shown)
    links = re.findall(r'href="#([^"]+)"', summary)
    assert links
    assert all(f'id="{link}"' in shown for link in links)
    assert shown.index(summary) < shown.index("<h1")
    (focused,) = AUTOFOCUS.findall(shown)
    assert f'id="{links[0]}"' in shown[shown.index(focused) :].split(">")[0]


def test_what_is_wrong_is_listed_in_the_order_of_the_form(carla: Browser) -> None:
    (summary,) = SUMMARY.findall(markup(carla.post("/aanvragen/nieuw/", {"number": " "})))
    labels = re.findall(r">([^<:]+): ", summary)
    assert labels == [
        "INSZ of klantnummer",
        "Familienaam van de klant",
        "Waarvoor",
    ]


def test_a_page_with_nothing_wrong_says_nothing(carla: Browser, office: Office) -> None:
    for page in ("/aanvragen/nieuw/", address(office.anna), "/dossiers/zoeken/"):
        shown = markup(carla.get(page))
        assert "Fout: " not in shown
        assert 'role="alert"' not in shown
        assert not AUTOFOCUS.search(shown)


def test_a_refusal_stands_in_the_summary_once(carla: Browser, office: Office) -> None:
    line = an_activity(office)
    page = f"{address(office.anna)}acties/{line.pk}/"
    shown = markup(carla.post(page, {"step": "close", "close-on": "2026-03-01"}))
    assert shown.count("Het einde ligt vóór het begin") == 1
    assert 'href="#id_close-on"' in shown
