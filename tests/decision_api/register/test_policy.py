"""May this somebody do this in this part of that dossier? Each yes with its near misses (S01, S03, S06, S12)."""

from datetime import datetime, timedelta

import pytest

from inzage.decision_api.authzen.entities import Action, Entity, Kind, Question
from inzage.decision_api.models import Caller
from inzage.partners.models import Membership, Person
from inzage.rules.days import midnight
from inzage.view_rights import ending, withdrawing
from tests.decision_api.register.point import Point, client, counsellor, may_ask, mediator, of
from tests.world import World, day, noon, origin

NOW = noon("2025-03-10")
LAST_DAY = "2025-09-01"


@pytest.fixture
def point(db: None) -> Point:
    """Asked by a caller that may ask about every unit, and all but the confidential part."""
    may_ask()
    return Point()


@pytest.fixture
def carla(world: World) -> Person:
    """Works for Spoor, which may see Piet's dossier through 1 September 2025."""
    world.grant("2025-03-01")
    return world.person("counsellor", world.spoor, subject="carla")


def test_a_member_of_the_unit_may_view_with_the_reason_and_the_last_day(
    world: World, carla: Person, point: Point
) -> None:
    """And in three languages."""
    decision = point.decide(counsellor(carla, world.spoor), of(world.piet), NOW)
    assert decision.decision
    assert decision.context is not None
    assert decision.context["reason"] == "right_stands"
    assert decision.context["last_day"] == LAST_DAY
    assert decision.context["holds_until"] == "2025-09-01T22:00:00Z"
    assert decision.context["evaluated_at"] == "2025-03-10T11:00:00Z"
    assert "1 september 2025" in decision.context["reason_user"]["nl"]
    assert "1er septembre 2025" in decision.context["reason_user"]["fr"]
    assert "1 September 2025" in decision.context["reason_user"]["en"]


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (midnight(day("2025-03-01")) - timedelta(microseconds=1), "no_right"),
        (midnight(day("2025-03-01")), "right_stands"),
        (midnight(day("2025-09-02")) - timedelta(microseconds=1), "right_stands"),
        (midnight(day("2025-09-02")), "right_closed"),
    ],
)
def test_the_yes_begins_and_ends_at_midnight(
    world: World, carla: Person, point: Point, at: datetime, reason: str
) -> None:
    """No run has closed it: the decision looks at the last day itself."""
    assert point.reason(counsellor(carla, world.spoor), of(world.piet), at) == reason


def test_every_yes_is_a_yes_of_its_day(world: World, carla: Person, point: Point) -> None:
    """Of a partner's user, a mediator and a client, decided and searched: after midnight it is judged again."""
    world.form("2025-03-05", dossier=world.an)
    mira, ends = world.person("mediator"), midnight(day("2025-03-11"))
    for subject, dossier in (
        (counsellor(carla, world.spoor), world.piet),
        (mediator(mira), world.an),
        (client("K1"), world.piet),
    ):
        decision = point.decide(subject, of(dossier), NOW)
        assert (decision.decision, decision.holds_until) == (True, ends)
        question = Question(subject, Action("view", {}), of(dossier), {})
        for kind in (Kind.SUBJECTS, Kind.RESOURCES, Kind.ACTIONS):
            found = point.page(kind, question, NOW)
            assert found.results
            assert found.holds_until == ends


def test_another_dossier_another_unit_another_person_is_a_no(
    world: World, carla: Person, point: Point
) -> None:
    """The near misses of the right that stands."""
    brug = world.person("counsellor", world.brug, subject="bea")
    assert point.reason(counsellor(carla, world.spoor), of(world.an), NOW) == "no_right"
    assert point.reason(counsellor(brug, world.brug), of(world.piet), NOW) == "no_right"
    assert point.reason(counsellor(brug, world.spoor), of(world.piet), NOW) == "not_member"
    assert point.reason(counsellor(carla, world.brug), of(world.piet), NOW) == "not_member"
    assert point.reason(counsellor("nobody", world.spoor), of(world.piet), NOW) == "unknown_subject"
    assert point.reason(mediator(carla), of(world.piet), NOW) == "unknown_subject"


def test_a_yes_lasts_only_as_long_as_the_account_and_the_membership(
    world: World, carla: Person, point: Point
) -> None:
    """Closed, or no longer a member: from the next question on a no."""
    somebody = counsellor(carla, world.spoor)
    Person.objects.filter(pk=carla.pk).update(is_active=False)
    assert point.reason(somebody, of(world.piet), NOW) == "unknown_subject"
    Person.objects.filter(pk=carla.pk).update(is_active=True)
    assert point.reason(somebody, of(world.piet), NOW) == "right_stands"
    Membership.objects.filter(person=carla).delete()
    assert point.reason(somebody, of(world.piet), NOW) == "not_member"


@pytest.mark.parametrize("end", ["revoked", "withdrawn"])
def test_a_right_that_was_ended_is_a_no_at_once(world: World, carla: Person, point: Point, end: str) -> None:
    """That same day."""
    right = world.right()
    if end == "revoked":
        ending.revoke(right.pk, origin=origin("2025-03-10"))
    else:
        form = right.grants.get().form
        assert form is not None
        withdrawing.withdraw(form.pk, withdrawn_on=day("2025-03-10"), origin=origin("2025-03-10"))
    assert point.reason(counsellor(carla, world.spoor), of(world.piet), NOW) == "right_closed"


def test_of_one_subject_under_two_issuers_the_issuer_must_be_said(
    world: World, carla: Person, point: Point
) -> None:
    """Who is meant is never guessed."""
    Person.objects.create(issuer="other", subject="carla", name="Other", role="counsellor")
    assert point.reason(counsellor(carla, world.spoor), of(world.piet), NOW) == "unknown_subject"
    right = counsellor(carla, world.spoor, issuer="test")
    wrong = counsellor(carla, world.spoor, issuer="other")
    assert point.reason(right, of(world.piet), NOW) == "right_stands"
    assert point.reason(wrong, of(world.piet), NOW) == "not_member"


@pytest.mark.parametrize(
    ("issuer", "found"),
    [({}, ["test", "other"]), ({"issuer": "other"}, ["other"]), ({"issuer": "third"}, [])],
)
@pytest.mark.parametrize("limit", [1, 50])
def test_a_search_for_people_of_an_issuer_finds_no_others(
    world: World, carla: Person, point: Point, issuer: dict[str, str], found: list[str], limit: int
) -> None:
    """On each of its pages; of all issuers where none is named."""
    other = Person.objects.create(issuer="other", subject="carla", name="Carla", role="counsellor")
    Membership.objects.create(person=other, unit=world.spoor)
    sought = Entity("partner-user", "", issuer)
    asked = Question(sought, Action("view", {}), of(world.piet), {})
    people = point.find(Kind.SUBJECTS, asked, NOW, limit=limit)
    assert [each.properties["issuer"] for each in people if isinstance(each, Entity)] == found


def test_a_client_is_found_whatever_issuer_is_named(world: World, point: Point) -> None:
    """Clients are known by their number."""
    asked = Question(Entity("client", "", {"issuer": "other"}), Action("view", {}), of(world.piet), {})
    assert point.find(Kind.SUBJECTS, asked, NOW) == [client("K1")]


def test_the_confidential_part_is_never_included(world: World, carla: Person) -> None:
    """Not in a right, even for a caller that may ask about it; nor for the client."""
    may_ask("vdab", parts=["general", "steps", "confidential"])
    point, part = Point("vdab"), of(world.piet, part="confidential")
    assert point.reason(counsellor(carla, world.spoor), part, NOW) == "part_not_included"
    assert point.reason(client("K1"), part, NOW) == "part_not_included"
    assert point.reason(counsellor(carla, world.spoor), of(world.piet, part="steps"), NOW) == "right_stands"


def test_registering_happens_in_the_steps_to_work(world: World, carla: Person, point: Point) -> None:
    """Those are meant where no part is named; in the general part nothing is registered."""
    somebody = counsellor(carla, world.spoor)
    assert point.reason(somebody, of(world.piet), NOW, "register") == "right_stands"
    assert point.reason(somebody, of(world.piet, part="steps"), NOW, "register") == "right_stands"
    assert point.reason(somebody, of(world.piet, part="general"), NOW, "register") == "not_registered_here"
    assert point.reason(somebody, of(world.an), NOW, "register") == "no_right"


def test_a_mediator_sees_the_work_list_and_others_with_a_stated_reason(world: World, point: Point) -> None:
    """The forms under way that come to that desk make the list; a blank reason is none."""
    mira = world.person("mediator")
    world.form("2025-03-09")
    assert point.reason(mediator(mira), of(world.piet), NOW) == "work_list"
    assert point.reason(mediator(mira), of(world.an), NOW) == "not_on_work_list"
    assert point.reason(mediator(mira), of(world.an), NOW, stated_reason="  ") == "not_on_work_list"
    assert point.reason(mediator(mira), of(world.an), NOW, stated_reason="belde") == "stated_reason"
    nowhere = of("00000000-0000-0000-0000-000000000001")
    assert point.reason(mediator(mira), nowhere, NOW, stated_reason="belde") == "not_on_work_list"
    desk = world.person("brussels_desk")
    assert point.reason(mediator(desk), of(world.piet), NOW) == "not_on_work_list"


def test_a_client_sees_the_own_dossier_and_no_other(world: World, point: Point) -> None:
    """And registers nothing."""
    assert point.reason(client("K1"), of(world.piet), NOW) == "own_dossier"
    assert point.reason(client("K1"), of(world.an), NOW) == "not_own_dossier"
    assert point.reason(client("K9"), of(world.piet), NOW) == "not_own_dossier"
    assert point.reason(client("K1"), of(world.piet), NOW, "register") == "not_registered_here"


def test_outside_a_callers_units_and_parts_nothing_is_yes(world: World, carla: Person) -> None:
    """The right dossier of the right unit, asked by a caller for another unit, another part; stopped; not known."""
    may_ask("brug-only", world.brug)
    may_ask("spoor-only", world.spoor)
    may_ask("steps-only", parts=["steps"])
    somebody = counsellor(carla, world.spoor)
    assert Point("spoor-only").reason(somebody, of(world.piet), NOW) == "right_stands"
    assert Point("brug-only").reason(somebody, of(world.piet), NOW) == "not_for_this_caller"
    assert Point("steps-only").reason(somebody, of(world.piet), NOW) == "not_for_this_caller"
    assert Point("steps-only").reason(somebody, of(world.piet, part="steps"), NOW) == "right_stands"
    assert Point("nobody").reason(somebody, of(world.piet), NOW) == "not_for_this_caller"
    assert Point("spoor-only").reason(client("K1"), of(world.piet), NOW) == "not_for_this_caller"
    Caller.objects.filter(client_id="spoor-only").update(is_active=False)
    assert Point("spoor-only").reason(somebody, of(world.piet), NOW) == "not_for_this_caller"


@pytest.mark.parametrize(
    ("subject", "action", "resource", "reason"),
    [
        (Entity("user", "carla", {}), "view", of("x"), "unknown_subject_type"),
        (Entity("partner-user", "carla", {}), "view", of("x"), "unit_missing"),
        (Entity("partner-user", "carla", {"unit": 7}), "view", of("x"), "unit_missing"),
        (counsellor("carla", "OE1"), "view", Entity("file", "x", {}), "unknown_resource_type"),
        (counsellor("carla", "OE1"), "can_read", of("x"), "unknown_action"),
        (counsellor("carla", "OE1"), "view", of("x", part="all"), "unknown_part"),
        (counsellor("carla", "OE1"), "view", of("x", part=["general"]), "unknown_part"),
        (counsellor("carla", "OE1"), "view", of("x"), "no_right"),
        (counsellor("carla", "OE1\x00"), "view", of("x"), "not_member"),
        (counsellor("carla\x00", "OE1"), "view", of("x"), "unknown_subject"),
        (client("K1\x00"), "view", of("x"), "not_own_dossier"),
    ],
)
def test_what_is_not_known_is_a_no(
    world: World, carla: Person, point: Point, subject: Entity, action: str, resource: Entity, reason: str
) -> None:
    """Never an error, whatever it holds."""
    assert point.reason(subject, resource, NOW, action) == reason


@pytest.mark.parametrize("kind", [Kind.RESOURCES, Kind.ACTIONS])
@pytest.mark.parametrize(
    "subject", [counsellor("carla", "OE1\x00"), counsellor("carla\x00", "OE1"), client("K1\x00")]
)
def test_by_a_name_that_no_database_takes_nothing_is_found(
    world: World, point: Point, kind: Kind, subject: Entity
) -> None:
    """It is no fault either."""
    asked = Question(subject, Action("view", {}), of(world.an), {})
    assert point.find(kind, asked, NOW) == []


def test_a_reference_is_taken_only_as_we_write_it(world: World, carla: Person, point: Point) -> None:
    """The same number written otherwise, or the client's own number, names no dossier."""
    reference = str(world.piet.reference)
    for otherwise in (reference.upper(), reference.replace("-", ""), f"{{{reference}}}", "K1"):
        if otherwise != reference:
            assert point.reason(counsellor(carla, world.spoor), of(otherwise), NOW) == "no_right"


def test_several_questions_are_answered_in_their_order(world: World, carla: Person, point: Point) -> None:
    """Each for itself: what stands beside it changes nothing."""
    somebody, stranger = counsellor(carla, world.spoor), counsellor("nobody", world.spoor)
    asked = [
        Question(subject, Action("view", {}), of(dossier), {})
        for subject in (somebody, stranger)
        for dossier in (world.piet, world.an, "x")
    ]
    alone = [point.decide_all([question], NOW)[0] for question in asked]
    assert point.decide_all(asked, NOW) == alone
    assert [answer.decision for answer in alone] == [True, False, False, False, False, False]
