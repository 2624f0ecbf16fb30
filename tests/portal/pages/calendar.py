"""The page on which one makes the address of a calendar."""

from inzage.notices.calendars import make_anew
from tests.portal.office import NOON, Office
from tests.portal.pages.visiting import Visit, state


@state("portal/calendar/calendar.html", "no address yet")
def _(office: Office) -> Visit:
    return Visit(office.carla, "/berichten/agenda/")


@state("portal/calendar/calendar.html", "just made")
def _(office: Office) -> Visit:
    return Visit(office.carla, "/berichten/agenda/", {"doe": "maak"})


@state("portal/calendar/calendar.html", "made before")
def _(office: Office) -> Visit:
    make_anew(office.carla, office.own, at=NOON)
    return Visit(office.carla, "/berichten/agenda/")
