"""The OpenAPI file is valid, and says of every answer what it says: thousands of questions find nothing else."""

from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any

import schemathesis
from hypothesis import settings
from openapi_spec_validator import validate
from openapi_spec_validator.readers import read_from_filename
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from inzage.decision_api.authzen.entities import Kind
from inzage.decision_api.authzen.metadata import PATHS, WELL_KNOWN
from inzage.decision_api.authzen.provider import Caller, Refusal
from tests.authzen.layer import EVALUATION, EVALUATIONS, Layer, OpenGate

FILE = files("inzage.decision_api") / "openapi.yaml"
DOCUMENT: dict[str, Any] = dict(read_from_filename(str(FILE))[0])
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
TOKEN = {"Authorization": "Bearer of the tests only"}


class Guarded(OpenGate):
    """Lets in who has the token."""

    async def admit(self, headers: Mapping[str, str], kind: Kind, at: datetime) -> Caller:
        """Unless it doesn't."""
        if headers.get("authorization") != TOKEN["Authorization"]:
            raise Refusal(401, "a token is needed", {"WWW-Authenticate": "Bearer"})
        return await super().admit(headers, kind, at)


SCHEMA.app = Layer(gate=Guarded()).app


def test_it_is_valid() -> None:
    validate(DOCUMENT)
    assert DOCUMENT["openapi"].startswith("3.1.")


def test_it_names_the_six_resources_and_no_other() -> None:
    assert set(DOCUMENT["paths"]) == {*PATHS.values(), WELL_KNOWN}


NEEDED = ("the body holds a ", "page.token: ")
"""What a schema can't say: which numbers and characters a body may hold, and which tokens are ours."""


@SCHEMA.parametrize()
@settings(max_examples=100, derandomize=True, deadline=None, database=None)
def test_no_question_finds_a_fault_or_an_answer_that_is_not_in_it(case: schemathesis.Case[Any]) -> None:
    unsaid: list[schemathesis.CheckFunction] = [positive_data_acceptance]
    if case.operation.path == EVALUATIONS:  # an item that is not as it should be is a no
        unsaid.append(negative_data_rejection)
    answer = case.call_and_validate(headers=TOKEN, excluded_checks=unsaid)
    assert answer.status_code < 500
    if answer.status_code == 400 and case.meta and case.meta.generation.mode.is_positive:
        assert answer.text.startswith(NEEDED)


def test_what_it_gives_as_examples_is_answered() -> None:
    examples = {name: DOCUMENT["components"]["schemas"][name]["examples"][0] for name in ("Entity", "Action")}
    question = {"subject": examples["Entity"], "action": examples["Action"], "resource": examples["Entity"]}
    assert Layer().post(EVALUATION, question).json() == {"decision": False}
