"""The work list of a desk of VDAB: forms under way by its routes, and at Brussels the enrolments it watches."""

import random
from datetime import timedelta
from itertools import chain

import pytest

from inzage.consents.models import ConsentForm
from inzage.dossiers.addresses import lives_in_brussels
from inzage.dossiers.models import Activity, Dossier
from inzage.rules.names import Purpose, Route
from inzage.view_rights import consenting, granting
from inzage.view_rights.desks import among, day, on_work_list, page_of
from inzage.view_rights.ending import record_death
from inzage.view_rights.watching import running_on
from tests.world import World, noon, origin
from tests.world import day as a_day

MEDIATOR, BRUSSELS = "mediator", "brussels_desk"
ELSENE, GHENT = "21009", "44021"
TODAY = "2025-02-10"


def listed(role: str, on: str = TODAY) -> set[int]:
    """The dossiers on the list, all three ways of asking, which must say the same."""
    values = day(a_day(on))
    everything = dict(Dossier.objects.values_list("reference", "pk"))
    found = set(Dossier.objects.filter(on_work_list(role, values)).values_list("pk", flat=True))
    among_all = among(role).rows(references=list(everything), **values._asdict())
    assert {everything[reference] for (reference,) in among_all} == found
    assert {pk for pk, _reference in page_of(role, 100).rows(after=0, **values._asdict())} == found
    return found


def on_list_of(form: ConsentForm) -> set[str]:
    """The desks on whose list the dossier of this form is."""
    return {role for role in (MEDIATOR, BRUSSELS) if form.dossier_id in listed(role)}


@pytest.mark.parametrize(
    ("route", "role"),
    [
        (Route.FORM, MEDIATOR),
        (Route.MEDIATOR, MEDIATOR),
        (Route.BRUSSELS_FORM, BRUSSELS),
        (Route.BRUSSELS_IBIS, BRUSSELS),
    ],
)
def test_s06_s11_s17_a_form_under_way_is_on_the_list_of_its_own_desk_only(
    world: World, route: Route, role: str
) -> None:
    asked = consenting.Asked(world.spoor, route, Purpose.GUIDANCE, world.spoor)
    form = consenting.ask_right(world.piet.pk, asked, origin=origin("2025-02-03"))
    assert on_list_of(form) == {role}
    consenting.take_in(form.pk, completed_on=None, informed_of_actiris=False, origin=origin("2025-02-04"))
    assert on_list_of(form) == {role}
    consenting.send_back(form.pk, origin=origin("2025-02-05"))
    assert on_list_of(form) == {role}
    assert world.an.pk not in listed(role)


def test_a_form_that_was_granted_or_refused_is_on_no_list_any_more(world: World) -> None:
    granted, refused = world.form("2025-02-03"), world.form("2025-02-03", dossier=world.an)
    assert listed(MEDIATOR) == {world.piet.pk, world.an.pk}
    granting.grant_by_form(granted.pk, origin=origin("2025-02-04"))
    consenting.refuse(refused.pk, reason="dubbel", origin=origin("2025-02-04"))
    assert listed(MEDIATOR) == set()


def test_s07_brussels_watches_participants_with_something_under_way_while_it_is(world: World) -> None:
    world.lives_in(ELSENE, "2025-02-01")
    activity = world.activity("2025-02-03")
    world.activity("2025-02-03", dossier=world.an)
    world.close(activity, "2025-02-12")
    days = ["2025-02-02", "2025-02-03", "2025-02-11", "2025-02-12"]
    assert [world.piet.pk in listed(BRUSSELS, on) for on in days] == [False, True, True, False]
    assert [listed(MEDIATOR, on) for on in days] == [set()] * 4
    assert not any(world.an.pk in listed(BRUSSELS, on) for on in days)


def test_s07_whoever_moves_away_or_died_is_watched_no_longer_from_that_day(world: World) -> None:
    for dossier in (world.piet, world.an):
        world.lives_in(ELSENE, "2025-02-01", dossier=dossier)
        world.activity("2025-02-03", dossier=dossier)
    world.lives_in(GHENT, "2025-02-08")
    record_death(world.an.pk, deceased_on=a_day("2025-02-09"), origin=origin("2025-02-09"))
    both, an = {world.piet.pk, world.an.pk}, {world.an.pk}
    assert [listed(BRUSSELS, f"2025-02-0{on}") for on in (7, 8, 9)] == [both, an, set()]


def test_the_list_goes_on_after_a_page_and_gives_each_dossier_once(world: World) -> None:
    dossiers = [world.dossier(f"K{number}", "Zoë") for number in range(10, 17)]
    for dossier in dossiers:
        world.lives_in(ELSENE, dossier=dossier)
        world.activity("2025-02-03", dossier=dossier)
        world.form("2025-02-03", route=Route.BRUSSELS_FORM, dossier=dossier)
        world.form("2025-02-04", route=Route.BRUSSELS_IBIS, dossier=dossier)
    pages, after = list[list[int]](), 0
    while rows := page_of(BRUSSELS, 3).rows(after=after, **day(a_day(TODAY))._asdict()):
        assert dict(rows) == {d.pk: d.reference for d in dossiers if d.pk in dict(rows)}
        pages.append([pk for pk, _reference in rows])
        after = rows[-1][0]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert list(chain.from_iterable(pages)) == sorted(dossier.pk for dossier in dossiers)


def test_a_page_counts_dossiers_however_many_forms_each_of_them_has(world: World) -> None:
    for dossier in (world.piet, world.an):
        for on in ("2025-02-03", "2025-02-04", "2025-02-05"):
            world.form(on, dossier=dossier)
    values = day(a_day(TODAY))._asdict()
    both = [world.piet.pk, world.an.pk]
    assert [pk for pk, _reference in page_of(MEDIATOR, 2).rows(after=0, **values)] == both


@pytest.mark.parametrize("seed", range(5))
def test_lists_say_of_any_world_what_its_dossiers_say_one_by_one(world: World, seed: int) -> None:
    chance = random.Random(seed)
    dossiers = [world.piet, world.an, *(world.dossier(f"K{number}", "Zoë") for number in range(10, 22))]
    for dossier in dossiers:
        for _ in range(chance.randrange(4)):
            _something_happens(world, dossier, chance)
    for on in ("2025-02-01", "2025-02-05", TODAY):
        for role in (MEDIATOR, BRUSSELS):
            assert listed(role, on) == {each.pk for each in dossiers if _is_listed(each, role, on)}


def _something_happens(world: World, dossier: Dossier, chance: random.Random) -> None:
    on = str((noon("2025-02-01") + timedelta(days=chance.randrange(9))).date())
    match chance.randrange(5):
        case 0:
            world.lives_in(chance.choice([ELSENE, GHENT]), on, dossier=dossier)
        case 1:
            world.activity(on, dossier=dossier, requested=chance.random() < 0.5)
        case 2:
            world.close(world.activity("2025-01-20", dossier=dossier), on)
        case 3:
            world.form(on, dossier=dossier, route=chance.choice(list(Route)))
        case _:
            world.grant(on, dossier=dossier, route=chance.choice(list(Route)))


def _is_listed(dossier: Dossier, role: str, on: str) -> bool:
    """The same in plain words."""
    routes = {MEDIATOR: {"mediator", "form"}, BRUSSELS: {"brussels_form", "brussels_ibis"}}[role]
    for form in ConsentForm.objects.filter(dossier=dossier):
        if form.route in routes and form.state in ("asked", "received", "sent_back"):
            return True
    under_way = Activity.objects.filter(running_on(a_day(on)), dossier=dossier).exists()
    return role == BRUSSELS and under_way and lives_in_brussels(dossier.client, a_day(on))
