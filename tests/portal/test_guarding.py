"""What holds on every page: the log comes first, nothing is kept or loaded elsewhere, errors say what to do."""

import re
from collections.abc import Mapping

import pytest
from django.db import connection, transaction
from django.test import Client as Browser
from django.urls import URLPattern, reverse
from pytest_django import Settings

from inzage.access_log.models import AccessLine, ShownDossier
from inzage.consents.models import ConsentForm, InformationGiven
from inzage.dossiers.models import Activity, Address, Enrolment, RecordCard
from inzage.oversight.questions import ask_why
from inzage.partners import people
from inzage.partners.models import Person
from inzage.portal.coming_in.urls import OPEN
from inzage.portal.urls import urlpatterns
from inzage.project import settings as ours
from inzage.rules.names import Route
from inzage.tasks.models import Task
from inzage.view_rights.assigning import assign
from inzage.view_rights.models import ViewRight
from inzage.view_rights.objecting import object_to
from tests.ibis import a_request, come_in
from tests.portal.clients import a_look
from tests.portal.deciding import asked_of_client
from tests.portal.managing import an_old_right, manager_of
from tests.portal.office import (
    TODAY,
    Office,
    a_dossier,
    a_form,
    a_person,
    an_activity,
    an_enrolment,
    from_ibis,
    in_brussels,
    origin,
    signed_in_as,
)
from tests.portal.reading import address, text

Answer = tuple[str, str, Mapping[str, str]]
"""The address of a page, its markup, its headers."""
KEPT = (ViewRight, ConsentForm, Activity, Address, Enrolment, RecordCard, InformationGiven, Task)
SCRIPT = re.compile(r'<script src="/static/[^"]+" defer></script>')
LINK = re.compile(r'(?:href|action|src)="([^"]*)"')


def tasks_of(office: Office) -> list[str]:
    """The addresses of the mediator's tasks: about the client of another dossier, who lives elsewhere."""
    elsewhere = a_dossier("Bob")
    assign(elsewhere.pk, office.own, office.service, on=TODAY, origin=origin())
    object_to(elsewhere.pk, office.own, origin=origin())
    task = Task.objects.get(kind=Task.Kind.OBJECTION)
    return ["/formulieren/taken/", f"/formulieren/taken/{task.pk}/"]


def of_one_client(office: Office) -> list[str]:
    """The addresses of Anna's picture at the mediator's desk, which has her on its list."""
    client = f"/klanten/{office.anna.reference}/"
    given = assign(office.anna.pk, office.other, office.service, on=TODAY, origin=origin())
    right = ViewRight.objects.get(dossier=office.anna, unit=office.own)
    acts = [f"inzagerechten/{right.pk}/intrekken/", f"toewijzingen/{given.pk}/beeindigen/"]
    return [
        "/klanten/",
        *(f"{client}{rest}" for rest in ("", "gronden/", "toewijzen/", "toestemming/", *acts)),
    ]


def of_client(office: Office) -> list[str]:
    """The addresses on which Anna decides."""
    own = "/mijn-dossier/toestemmingen/"
    asked = asked_of_client(office.anna, office.other)
    given = ConsentForm.objects.get(dossier=office.anna, unit=office.own)
    object_to(office.anna.pk, office.school, origin=origin())
    acts = [f"{own}{asked.pk}/geven/", f"{own}{asked.pk}/weigeren/", f"{own}{given.pk}/intrekken/"]
    units = [f"{own}uitsluiten/{unit.pk}/" for unit in (office.own, office.school)]
    return [own, *acts, f"{own}uitsluiten/", *units]


def pages_of(office: Office, browser: str) -> list[str]:
    """The addresses of every page that this person may see."""
    in_brussels(office.anna)
    an_enrolment(office.anna, "not_enrolled")
    if browser == "sofie":
        from_ibis(office.anna, office.school)
        return ["/leerlingen/", f"/leerlingen/{office.anna.reference}/"]
    if browser == "bas":
        an_activity(office)
        form = a_form(office.anna, office.other, route=Route.BRUSSELS_FORM)
        desk = ["/brussel/inschrijvingen/", f"/brussel/deelnemers/{office.anna.reference}/"]
        stuck = come_in(a_request(remark=""))[0]
        pages = ("ontvangen/", f"ontvangen/{stuck.pk}/", "verzonden/", "balans/")
        return [
            *desk,
            *(f"/uitwisseling/{page}" for page in pages),
            "/formulieren/?weg=brussels_ibis",
            f"/formulieren/{form.pk}/",
        ]
    if browser == "anna":
        look = a_look(office.anna, office.carla, office.own)
        looked = ["/mijn-dossier/", "/mijn-dossier/wie-keek/", f"/mijn-dossier/wie-keek/{look.pk}/waarom/"]
        return [*looked, *of_client(office)]
    if browser == "administrator":
        people.close_access(office.bas.pk, by=Person.objects.get(subject="Ada"), origin=origin())
        person = f"/beheer/mensen/{office.bas.pk}/"
        return ["/beheer/mensen/", "/beheer/mensen/nieuw/", person, "/beheer/organisaties/"]
    if browser == "mira":
        form = a_form(office.anna, office.other)
        paper = f"/formulieren/{form.pk}/bestanden/"
        forms = ["/formulieren/", f"/formulieren/{form.pk}/", paper, "/formulieren/toestemming/"]
        return [*forms, *tasks_of(office), *of_one_client(office)]
    dossier, line = address(office.anna), an_activity(office)
    link = f"/aanvragen/nieuw/?dossier={office.anna.reference}&voor=OE2&weg=form"
    asking = ["/aanvragen/", "/aanvragen/nieuw/", link]
    taken = ["/dossiers/meenemen/", "/dossiers/afgesloten/meenemen/", f"{dossier}teruggeven/"]
    lists = ["/vandaag/", "/dossiers/", "/dossiers/afgesloten/", "/dossiers/zoeken/", *asking, *taken]
    form = a_form(office.anna, office.other, route=Route.BRUSSELS_FORM, by=office.own)
    at = f"/aanvragen/{form.pk}/"
    brussels = [f"{dossier}inlichten/", at, f"{at}afdrukken/", f"{at}formulier/"]
    manager_of(office.own, office.carla)
    an_old_right(office.own)
    managed = ("mensen/", "cijfers/", "inzagerechten/meenemen/", "ongebruikt/", "ongebruikt/meenemen/")
    lists += [f"/organisatie/{page}" for page in managed]
    asked = ask_why(a_look(office.anna, office.carla, office.own), "Waarom?", origin=origin())
    lists += ["/vragen/", f"/vragen/{asked.pk}/"]
    lists += ["/berichten/", "/berichten/?soort=granted", "/berichten/instellen/", "/post/"]
    return [*lists, "/organisatie/", dossier, f"{dossier}acties/{line.pk}/", *brussels]


@pytest.fixture(params=["carla", "mira", "sofie", "bas", "anna", "administrator"])
def pages(request: pytest.FixtureRequest, office: Office) -> list[Answer]:
    """Every page of each of these people: address, markup, headers."""
    browser = request.getfixturevalue(request.param)
    answers = [(page, browser.get(page)) for page in pages_of(office, request.param)]
    return [(page, answer.content.decode(), answer.headers) for page, answer in answers]


def test_every_page_loads_nothing_from_elsewhere_and_nothing_inline(
    pages: list[Answer],
) -> None:
    for page, markup, headers in pages:
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "script-src 'self';" in policy
        assert "connect-src 'self';" in policy
        assert all(SCRIPT.fullmatch(script) for script in re.findall(r"<script.*?</script>", markup)), page
        assert "style=" not in markup, page
        assert "<style" not in markup, page
        assert not re.search(r'\son\w+="', markup), page
        assert all(link.startswith(("/", "?", "#")) for link in LINK.findall(markup)), page


def test_no_page_is_kept_by_a_cache_or_sends_its_address_elsewhere(
    pages: list[Answer],
) -> None:
    for _page, _markup, headers in pages:
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert "camera=()" in headers["Permissions-Policy"]


def test_no_address_on_any_page_holds_a_number_or_a_name_of_a_person(
    pages: list[Answer], office: Office
) -> None:
    client = office.anna.client
    for page, markup, _headers in pages:
        for link in [page, *LINK.findall(markup)]:
            for told in (client.insz, client.client_number, client.family_name, client.given_name):
                assert told not in link


def test_every_page_is_dutch_has_one_heading_a_skip_link_and_named_tables(
    pages: list[Answer],
) -> None:
    for page, markup, _headers in pages:
        assert '<html lang="nl">' in markup
        assert markup.count("<h1") == 1, page
        assert 'href="#inhoud"' in markup
        assert markup.count("<table") == markup.count("<caption"), page
        for field in re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', markup):
            assert f'for="{field}"' in markup, (page, field)
        ids = re.findall(r' id="([^"]+)"', markup)
        assert len(ids) == len(set(ids)), page


@pytest.mark.parametrize("pattern", [p for p in urlpatterns if p.name not in {"sign-in", "index", *OPEN}])
def test_no_page_takes_what_was_sent_from_elsewhere(office: Office, pattern: URLPattern) -> None:
    given = {"UUIDConverter": office.anna.reference, "IntConverter": 1, "StringConverter": "een"}
    parts = pattern.pattern.converters.items()
    page = reverse(str(pattern.name), kwargs={part: given[type(each).__name__] for part, each in parts})
    response = signed_in_as(office.carla, enforce_csrf_checks=True).post(page, {"act": "grant"})
    assert response.status_code == 403
    assert "Uw scherm was verouderd" in text(response)


def test_choosing_a_person_is_not_taken_from_elsewhere(office: Office) -> None:
    response = Browser(enforce_csrf_checks=True).post("/aanmelden/", {"person": "Carla"})
    assert response.status_code == 403


@pytest.fixture(params=[AccessLine, ShownDossier])
def without_log(request: pytest.FixtureRequest, office: Office) -> None:
    """One table of the access log is gone."""
    table = request.param._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")


def test_without_the_log_no_dossier_and_no_list_is_shown(
    carla: Browser, office: Office, without_log: None
) -> None:
    for page in (address(office.anna), "/dossiers/"):
        status, shown = answer(carla, "get", page)
        assert status == 500
        assert "Anna" not in shown


def test_without_the_log_no_search_is_answered(carla: Browser, office: Office, without_log: None) -> None:
    status, shown = answer(carla, "post", "/dossiers/zoeken/", number=office.anna.client.insz)
    assert status == 500
    assert str(office.anna.reference) not in shown


def test_without_the_log_no_consent_is_recorded(mira: Browser, office: Office, without_log: None) -> None:
    known = {"number": office.anna.client.insz, "family_name": "Verzinsel"}
    entered = {**known, "unit": "OE2", "purpose": "guidance"}
    assert answer(mira, "post", "/formulieren/toestemming/", **entered)[0] == 500
    assert not ViewRight.objects.filter(unit=office.other).exists()
    assert not ConsentForm.objects.filter(unit=office.other).exists()


def answer(browser: Browser, method: str, page: str, **sent: str) -> tuple[int, str]:
    """Status and page, asked in a transaction that is undone, so that the next question finds the database well."""
    browser.raise_request_exception = False
    with transaction.atomic():
        response = getattr(browser, method)(page, sent)
        transaction.set_rollback(True)
    return response.status_code, response.content.decode()


@pytest.mark.parametrize(
    "page", ["/nergens/", "/dossiers/K0000001/", "/formulieren/99999999999999999999999/"]
)
def test_a_page_that_does_not_exist_says_so_in_dutch(mira: Browser, page: str) -> None:
    response = mira.get(page)
    assert response.status_code == 404
    assert "Deze bladzijde bestaat niet" in text(response)


def test_a_defect_shows_no_trace_and_says_what_to_do(
    carla: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("the inside")

    monkeypatch.setattr("inzage.portal.partner.dossier.why", breaks)
    carla.raise_request_exception = False
    response = carla.get(address(office.anna))
    assert response.status_code == 500
    assert "Er ging iets mis" in text(response)
    assert "the inside" not in response.content.decode()
    assert "Anna" not in response.content.decode()
    assert not AccessLine.objects.filter(kind="look").exists()


def test_a_host_that_is_not_ours_is_a_bad_request(settings: Settings) -> None:
    response = Browser(raise_request_exception=False).get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "Dit verzoek klopt niet" in text(response)


def test_nothing_is_changed_by_looking(
    carla: Browser, mira: Browser, sofie: Browser, bas: Browser, anna: Browser, office: Office
) -> None:
    browsers = {"carla": carla, "mira": mira, "sofie": sofie, "bas": bas, "anna": anna}
    pages = [(browser, page) for name, browser in browsers.items() for page in pages_of(office, name)]
    before = _stored()
    for browser, page in pages:
        browser.get(page)
    assert _stored() == before


def _stored() -> list[object]:
    """What pages change, as it is stored."""
    return [list(model.objects.order_by("pk").values()) for model in KEPT]


def test_each_cookie_is_of_this_host_alone(office: Office, settings: Settings) -> None:
    names = {name: getattr(ours, name) for name in dir(ours) if name.endswith("_COOKIE_NAME")}
    for name, value in names.items():
        setattr(settings, name, value)
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = True
    a_person("Ada", Person.Role.ADMINISTRATOR)
    new = {"issuer": "https://issuer.example", "subject": "s-1", "name": "Nadia Nieuw", "role": "mediator"}
    browser = Browser()
    browser.post("/taal/", {"language": "fr"}, secure=True)
    browser.post("/aanmelden/", {"person": "Ada"}, secure=True)
    browser.get("/beheer/mensen/", secure=True)
    browser.post("/beheer/mensen/nieuw/", new, secure=True)

    assert set(browser.cookies) == set(names.values())
    for name, cookie in browser.cookies.items():
        assert name.startswith("__Host-")
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
