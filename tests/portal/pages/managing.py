"""The pages of who manages a unit."""

from inzage.dossiers.models import Dossier
from inzage.partners.models import Person
from inzage.rules.names import Kind
from inzage.view_rights.consenting import send_back
from inzage.view_rights.models import ViewRight
from inzage.view_rights.registering import Actor, NewActivity, register
from tests.portal.clients import a_look
from tests.portal.managing import ago, an_old_right, manager_of
from tests.portal.office import TODAY, Office, a_dossier, a_form, a_person, a_right, origin
from tests.portal.pages.visiting import Visit, state

TEAM = "/organisatie/mensen/"
LIST, GIVE_BACK = "/organisatie/ongebruikt/", "/organisatie/ongebruikt/teruggeven/"


def _some(office: Office) -> list[ViewRight]:
    """Rights of some age that nobody uses: never, no longer, without an end."""
    rights = [an_old_right(office.own, days=days) for days in (61, 90, 120, 150)]
    a_look(rights[1].dossier, office.carla, office.own, ago=ago(75))
    _with_action(rights[2].dossier, office)
    return rights


def _with_action(dossier: Dossier, office: Office) -> None:
    new = NewActivity(office.own, Kind.TRAINING, "Lassen", started_on=TODAY - ago(110))
    register(dossier.pk, new, actor=Actor(origin(TODAY - ago(110)), None))


@state("portal/managing/figures.html", "something of each")
def _(office: Office) -> Visit:
    for days in (0, 3, 10, 40, 70):
        right = a_right(a_dossier(), office.own, on=TODAY - ago(days * 3))
        ViewRight.objects.filter(pk=right.pk).update(last_day=TODAY + ago(days))
        a_look(office.anna, office.carla, office.own, ago=ago(days))
    _some(office)
    form = a_form(a_dossier(), office.own, completed_on=None)
    send_back(form.pk, remark="Vul de dag in.", origin=origin())
    return Visit(manager_of(office.own, office.carla), "/organisatie/cijfers/")


@state("portal/managing/figures.html", "nothing")
def _(office: Office) -> Visit:
    return Visit(manager_of(office.other, office.otto), "/organisatie/cijfers/")


@state("portal/managing/team.html", "two people")
def _(office: Office) -> Visit:
    a_person("Cem", Person.Role.COUNSELLOR, office.own)
    return Visit(manager_of(office.own, office.carla), TEAM)


@state("portal/managing/team.html", "nobody is called so")
def _(office: Office) -> Visit:
    return Visit(manager_of(office.own, office.carla), TEAM, {"act": "add", "subject": "Niemand"})


@state("portal/managing/team.html", "nothing entered")
def _(office: Office) -> Visit:
    return Visit(manager_of(office.own, office.carla), TEAM, {"act": "add", "subject": ""})


@state("portal/managing/team.html", "the last who manages")
def _(office: Office) -> Visit:
    sent = {"act": "leave", "person": office.carla.pk}
    return Visit(manager_of(office.own, office.carla), TEAM, sent)


@state("portal/managing/team.html", "after the last page")
def _(office: Office) -> Visit:
    return Visit(manager_of(office.own, office.carla), f"{TEAM}?na=999999999")


@state("portal/managing/unused.html", "some")
def _(office: Office) -> Visit:
    _some(office)
    return Visit(manager_of(office.own, office.carla), LIST)


@state("portal/managing/unused.html", "none")
def _(office: Office) -> Visit:
    return Visit(manager_of(office.own, office.carla), LIST)


@state("portal/managing/unused.html", "after the last page")
def _(office: Office) -> Visit:
    return Visit(manager_of(office.own, office.carla), f"{LIST}?na=2999-01-01_1")


@state("portal/managing/unused.html", "nothing chosen")
def _(office: Office) -> Visit:
    _some(office)
    return Visit(manager_of(office.own, office.carla), GIVE_BACK, {"shown": "1"})


@state("portal/managing/unused.html", "given back")
def _(office: Office) -> Visit:
    first, second, *_others = _some(office)
    sent = {"right": [first.pk, second.pk, office.right.pk], "confirmed": "1", "sure": "on"}
    return Visit(manager_of(office.own, office.carla), GIVE_BACK, sent)


@state("portal/managing/give_back.html", "before")
def _(office: Office) -> Visit:
    chosen = [right.pk for right in _some(office)]
    return Visit(manager_of(office.own, office.carla), GIVE_BACK, {"right": chosen})


@state("portal/managing/give_back.html", "not confirmed")
def _(office: Office) -> Visit:
    chosen = [right.pk for right in _some(office)]
    return Visit(manager_of(office.own, office.carla), GIVE_BACK, {"right": chosen, "confirmed": "1"})


@state("portal/partner/day/export.html", "unused rights")
def _(office: Office) -> Visit:
    _some(office)
    return Visit(manager_of(office.own, office.carla), f"{LIST}meenemen/")


@state("403.html", "who does not manage the unit")
def _(office: Office) -> Visit:
    return Visit(office.carla, LIST, status=403)
