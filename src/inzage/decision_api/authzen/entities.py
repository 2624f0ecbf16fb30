"""AuthZEN's information model (section 5): who, what, on what, and in which circumstances."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

Properties = Mapping[str, Any]


class Kind(StrEnum):
    """The calls there are; on record each is named as the metadata parameter without `_endpoint`."""

    EVALUATION = "access_evaluation"
    EVALUATIONS = "access_evaluations"
    SUBJECTS = "search_subject"
    RESOURCES = "search_resource"
    ACTIONS = "search_action"


class Entity(NamedTuple):
    """A subject or a resource. In a search for it, `id` is empty; its properties may narrow what is sought."""

    type: str
    id: str
    properties: Properties


class Action(NamedTuple):
    """What the subject wants to do. In a search for actions, `name` is empty."""

    name: str
    properties: Properties


class Question(NamedTuple):
    """May `subject` do `action` on `resource`? In a search one of the three is what is sought."""

    subject: Entity
    action: Action
    resource: Entity
    context: Properties
