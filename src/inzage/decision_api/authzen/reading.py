"""Entities as they are sent (section 5): complete, and of the right kind of value; unknown members are ignored."""

from collections.abc import Mapping
from typing import Any

from inzage.decision_api.authzen.entities import Action, Entity, Properties
from inzage.decision_api.authzen.strict_json import Unreadable

NOTHING: Properties = {}
ENTITY = "an object with the strings type and id"
ACTION = "an object with the string name"
KINDS = {dict: "an object", list: "an array", str: "a string", bool: "a boolean", type(None): "null"}


def entity_in(given: Mapping[str, Any], name: str) -> Entity:
    """The member `name`, a subject or a resource, complete; else Unreadable."""
    entity = object_of(given, name, ENTITY)
    return Entity(_string(entity, name, "type"), _string(entity, name, "id"), properties_of(entity, name))


def action_in(given: Mapping[str, Any]) -> Action:
    """The action, complete; else Unreadable."""
    action = object_of(given, "action", ACTION)
    return Action(_string(action, "action", "name"), properties_of(action, "action"))


def sought_in(given: Mapping[str, Any], name: str) -> Entity:
    """The member `name`, a subject or a resource that is sought: its type and properties, whatever its id."""
    entity = object_of(given, name, "an object with the string type")
    return Entity(_string(entity, name, "type"), "", properties_of(entity, name))


def context_in(given: Mapping[str, Any]) -> Properties:
    """The context, empty where there is none; Unreadable where it is no object."""
    return object_of(given, "context") if "context" in given else NOTHING


def properties_of(entity: Mapping[str, Any], name: str) -> Properties:
    """The properties of an entity, empty where there are none; Unreadable where they are no object."""
    if "properties" not in entity:
        return NOTHING
    found = entity["properties"]
    if not isinstance(found, dict):
        raise unexpected(f"{name}.properties", "an object", found)
    return found


def object_of(given: Mapping[str, Any], name: str, expected: str = "an object") -> dict[str, Any]:
    """The member `name`, an object; else Unreadable."""
    if name not in given:
        raise missing(name, expected)
    found = given[name]
    if not isinstance(found, dict):
        raise unexpected(name, expected, found)
    return found


def missing(where: str, expected: str) -> Unreadable:
    """Says that nothing stands there."""
    return Unreadable(f"{where} is missing: expected {expected}")


def unexpected(where: str, expected: str, found: object) -> Unreadable:
    """Says that something else stands there: of what kind, never its value."""
    return Unreadable(f"{where}: expected {expected}, found {KINDS.get(type(found), 'a number')}")


def _string(entity: Mapping[str, Any], name: str, member: str) -> str:
    found = entity.get(member)
    if isinstance(found, str):
        return found
    where = f"{name}.{member}"
    raise unexpected(where, "a string", found) if member in entity else missing(where, "a string")
