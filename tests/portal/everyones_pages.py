"""The pages that each person may see, and what they answer."""

from inzage.consents.models import ConsentForm
from inzage.oversight.questions import ask_why
from inzage.partners import people
from inzage.partners.models import Person
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
    an_activity,
    an_enrolment,
    from_ibis,
    in_brussels,
    origin,
)
from tests.portal.reading import address


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
