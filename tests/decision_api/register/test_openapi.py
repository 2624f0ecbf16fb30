"""The OpenAPI file says what the register's answers hold, member by member."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any

from asgiref.sync import async_to_sync
from django.test import override_settings
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator.readers import read_from_filename

from inzage.decision_api.authzen.entities import Action, Question
from inzage.decision_api.register.policy import RegisterPolicy
from inzage.decision_api.register.refusing import NextSteps
from inzage.view_rights import ending
from inzage.view_rights.holding import check_evening
from tests.decision_api.register.point import Direct, Point, counsellor, may_ask, of
from tests.world import World, day, noon, origin

DOCUMENT: Mapping[str, Any] = read_from_filename(str(files("inzage.decision_api") / "openapi.yaml"))[0]
COMPONENTS = DOCUMENT["components"]
DECISION = OAS31Validator({"$ref": "#/components/schemas/Decision", "components": COMPONENTS})


def answers(world: World) -> Iterator[dict[str, Any]]:
    """A yes with and without an end, one that is held, a no without a right and after one; as an auditor is told."""
    carla = counsellor("carla", world.spoor)
    steps = NextSteps(Direct(), portal="https://inzage.example", requests=True)
    policy = RegisterPolicy(Direct(), steps)

    def told(at: datetime) -> Iterator[dict[str, Any]]:
        explain = {"explain": True}
        asked = [Question(carla, Action("view", {}), of(each), explain) for each in (world.piet, world.an)]
        for decision in async_to_sync(policy.decide)(asked, Point(audit=True).call(at)):
            yield {"decision": decision.decision, "context": decision.context}

    yield from told(noon("2025-03-01"))
    world.grant("2025-03-02")
    yield from told(noon("2025-03-02"))
    world.activity("2025-03-03")
    yield from told(noon("2025-03-03"))
    ending.revoke(world.right().pk, origin=origin("2025-03-04"))
    yield from told(noon("2025-03-05"))
    world.end_assignment(world.assign("2025-03-06", dossier=world.an), "2025-03-10")
    with override_settings(REQUIRE_VERIFIED_RULES=True):
        check_evening(day("2025-09-10"), clock=lambda: noon("2025-09-10"))
    yield from told(noon("2025-09-11"))


def test_each_member_of_an_answer_stands_in_the_file_and_is_as_it_says(world: World) -> None:
    """And each that stands there is given at some time, but for an error, which is the layer's."""
    may_ask()
    world.person("counsellor", world.spoor, subject="carla")
    said = COMPONENTS["schemas"]["Decision"]["properties"]["context"]["properties"]
    given = set[str]()
    for answer in answers(world):
        assert [error.message for error in DECISION.iter_errors(answer)] == []
        given |= set(answer["context"])
        if explanation := answer["context"].get("explanation"):
            assert set(explanation) <= set(said["explanation"]["properties"])
        if "reason_admin" in answer["context"]:
            assert set(answer["context"]["reason_admin"]) == set(said["reason_admin"]["properties"])
    assert given == set(said) - {"error"}
