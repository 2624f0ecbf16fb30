"""The manual, for whoever reads it."""

from tests.portal.office import Office
from tests.portal.pages.visiting import Visit, state


@state("portal/manual/manual.html", "before signing in")
def _(office: Office) -> Visit:
    return Visit(None, "/handleiding/")


@state("portal/manual/manual.html", "for a counsellor")
def _(office: Office) -> Visit:
    return Visit(office.carla, "/handleiding/")
