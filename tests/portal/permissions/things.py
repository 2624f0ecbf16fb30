"""What has an id in an address: each made once for Werkpad's client and once for Leerhuis', and never for a third."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Model

from inzage.consents.form_files import storing
from inzage.consents.models import ConsentForm, FormFile, Objection
from inzage.dossiers.models import Assignment, Dossier
from inzage.notices.calendars import make_anew
from inzage.notices.composing import compose
from inzage.notices.kept_mails import kept_mails
from inzage.oversight.questions import ask_why
from inzage.oversight.rehearsals import ask_for, make_next
from inzage.partners.models import Unit
from inzage.rule_books.in_force import books
from inzage.rule_books.publishing import keep_draft
from inzage.rule_books.texts import text_of
from inzage.rules.names import Kind, Purpose, Route
from inzage.tasks.models import Task
from inzage.view_rights.assigning import assign
from inzage.view_rights.consenting import Asked, ask_right
from inzage.view_rights.ending import revoke
from inzage.view_rights.models import ClosingRun, ViewRight
from inzage.view_rights.objecting import object_to
from inzage.view_rights.registering import Actor, NewActivity, register
from inzage.view_rights.restoring import ask_restoration
from tests.ibis import a_request, come_in
from tests.oversight.drafts import draft_text, kept
from tests.portal.clients import a_look
from tests.portal.office import NOON, TODAY, a_dossier, a_right, an_insz, from_ibis, in_brussels, origin
from tests.portal.permissions.people import WERKPAD, Everyone

Id = object
Make = Callable[[Everyone, str], Id]
THINGS: dict[str, Make] = {}
"""By its words, how a thing is made in that world for the client of that unit; what is made is its id."""


def thing(words: str) -> Callable[[Make], Make]:
    """What this function makes is called so on the page."""

    def named(make: Make) -> Make:
        THINGS[words] = make
        return make

    return named


def _id_of(row: Model) -> Id:
    return row.pk


@thing("dossier")
def _(world: Everyone, at: str) -> Id:
    return world.clients[at].reference


@thing("pupil's dossier")
def _(world: Everyone, at: str) -> Id:
    """Werkpad's client goes to school; Leerhuis' doesn't."""
    if at == WERKPAD:
        from_ibis(world.clients[at], world.school)
    return world.clients[at].reference


@thing("step")
def _(world: Everyone, at: str) -> Id:
    new = NewActivity(world.units[at], Kind.TRAINING, "Lassen", started_on=TODAY)
    return _id_of(register(world.clients[at].pk, new, actor=Actor(origin(), world.units[at])))


@thing("request")
def _(world: Everyone, at: str) -> Id:
    return _id_of(_asked(world, at, Route.FORM))


@thing("Brussels request")
def _(world: Everyone, at: str) -> Id:
    return _id_of(_asked(world, at, Route.BRUSSELS_FORM))


@thing("file of the request")
def _(world: Everyone, at: str) -> Id:
    return _file_with(world.made["request", at], world, at)


@thing("file of the Brussels request")
def _(world: Everyone, at: str) -> Id:
    return _file_with(world.made["Brussels request", at], world, at)


@thing("desk's file of the request")
def _(world: Everyone, at: str) -> Id:
    return _file_with(world.made["request", at], world, at, by_desk=True)


@thing("consent")
def _(world: Everyone, at: str) -> Id:
    return _id_of(
        ConsentForm.objects.get(dossier=world.clients[at], unit=world.units[at], route=Route.MEDIATOR)
    )


@thing("organisation")
def _(world: Everyone, at: str) -> Id:
    return _id_of(world.units[at])


@thing("look")
def _(world: Everyone, at: str) -> Id:
    return _id_of(a_look(world.clients[at], world.counsellors[at], world.units[at]))


@thing("question")
def _(world: Everyone, at: str) -> Id:
    look = a_look(world.clients[at], world.counsellors[at], world.units[at])
    return _id_of(ask_why(look, "Waarom?", origin=origin()))


@thing("draft")
def _(world: Everyone, at: str) -> Id:
    client = world.clients[at].client
    entered = {"number": client.client_number, "family_name": client.family_name, "purpose": "training"}
    answer = world.browsers[at].post("/aanvragen/nieuw/", entered)
    return UUID(answer.headers["Location"].rstrip("/").rpartition("/")[2])


@thing("task in Brussels")
def _(world: Everyone, at: str) -> Id:
    return _task(world, at, in_brussels(a_dossier("Cor", "Verzonnen")))


@thing("task elsewhere")
def _(world: Everyone, at: str) -> Id:
    return _task(world, at, a_dossier("Dora", "Verzonnen"))


@thing("message")
def _(world: Everyone, at: str) -> Id:
    number = {"insz": an_insz(300 + len(at))}
    return _id_of(come_in(a_request(f"R{len(at)}", client=number, remark=""))[-1])


@thing("right")
def _(world: Everyone, at: str) -> Id:
    return _id_of(ViewRight.objects.get(dossier=world.clients[at], unit=world.units[at]))


@thing("restoration")
def _(world: Everyone, at: str) -> Id:
    """That unit's right on a third client's dossier, revoked by an error."""
    right = a_right(a_dossier("Cas", "Verzonnen"), world.units[at])
    revoke(right.pk, origin=origin())
    return _id_of(ask_restoration(right.pk, "Een vergissing.", origin=origin()))


@thing("assignment")
def _(world: Everyone, at: str) -> Id:
    dossier = world.clients[at]
    assign(dossier.pk, world.units[at], world.service, on=TODAY, origin=origin())
    return _id_of(Assignment.objects.get(dossier=dossier))


@thing("objection")
def _(world: Everyone, at: str) -> Id:
    unit = Unit.objects.create(oe_number=f"OE8{len(at)}", name="Buitengesloten", kind="partner")
    dossier = world.clients[at]
    object_to(dossier.pk, unit, origin=origin())
    return _id_of(Objection.objects.get(dossier=dossier, unit=unit))


@thing("counsellor")
def _(world: Everyone, at: str) -> Id:
    return _id_of(world.counsellors[at])


@thing("line of the log")
def _(world: Everyone, at: str) -> Id:
    return a_look(world.clients[at], world.counsellors[at], world.units[at]).line_id


@thing("night")
def _(_world: Everyone, _at: str) -> Id:
    return _id_of(ClosingRun.objects.create(day=TODAY, started_at=NOON))


@thing("rehearsal")
def _(world: Everyone, at: str) -> Id:
    """One that is made, with its files."""
    book = kept(draft_text("2026-06-01", no_activity=f"months = {7 + (at == WERKPAD)}"))
    asked = ask_for(book, None, origin=origin())
    make_next(clock=lambda: NOON)
    return asked.pk


@thing("calendar")
def _(world: Everyone, at: str) -> Id:
    return make_anew(world.counsellors[at], world.units[at], at=NOON)


@thing("rule book")
def _(_world: Everyone, at: str) -> Id:
    first, *_others, last = [book.version for book in books().every()] * 2
    return first if at == WERKPAD else last


@thing("draft of a rule book")
def _(_world: Everyone, at: str) -> Id:
    text = text_of(books().on(TODAY).starts_on).replace("2000-01-01", f"2027-01-0{len(at) % 9 + 1}")
    return _id_of(keep_draft(text, f"Ontwerp {at}", origin=origin()))


@thing("mail of the demo")
def _(world: Everyone, at: str) -> Id:
    compose(at, [f"Aan {at}."], to="a@b.example", key=world.units[at].oe_number).send()
    return next(kept_mails()).number


def _asked(world: Everyone, at: str, route: Route) -> ConsentForm:
    """What the unit asks for its client."""
    asked = Asked(world.units[at], route, Purpose.TRAINING, world.units[at])
    return ask_right(world.clients[at].pk, asked, origin=origin())


def _file_with(form: Id, world: Everyone, at: str, *, by_desk: bool = False) -> Id:
    """A scan that came with that form, from the unit that asked it or added by the desk."""
    data = f"made up for {at}{' at the desk' if by_desk else ''}".encode()
    about = {"form_id": form, "size": len(data), "uploaded_at": NOON}
    digest = {"sha256": storing.digest_of(data), "stored_as": storing.keep(data)}
    by = {
        "uploaded_by": world.counsellors[at].signature,
        "uploaded_for": None if by_desk else world.units[at],
    }
    return _id_of(FormFile.objects.create(**about, **digest, **by, kind="scan", content_type="image/png"))


def _task(world: Everyone, at: str, dossier: Dossier) -> Id:
    """A client of the unit, assigned to it, who doesn't want it to see the dossier."""
    assign(dossier.pk, world.units[at], world.service, on=TODAY, origin=origin())
    object_to(dossier.pk, world.units[at], origin=origin())
    return _id_of(Task.objects.filter(kind=Task.Kind.OBJECTION).latest("pk"))
