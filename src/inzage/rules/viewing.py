"""May somebody see or work in a dossier? The reasons a decision gives, and the rule that chooses one (S01)."""

from enum import StrEnum

from inzage.rules.names import Part


class Verb(StrEnum):
    """What may be asked: to look into a dossier, or to register in Stappen naar werk (S12)."""

    VIEW = "view"
    REGISTER = "register"


class Reason(StrEnum):
    """Why somebody may or may not see a dossier."""

    RIGHT_STANDS = "right_stands"
    WORK_LIST = "work_list"
    STATED_REASON = "stated_reason"
    OWN_DOSSIER = "own_dossier"

    RIGHT_CLOSED = "right_closed"
    NO_RIGHT = "no_right"
    NOT_ON_WORK_LIST = "not_on_work_list"
    NOT_OWN_DOSSIER = "not_own_dossier"
    PART_NOT_INCLUDED = "part_not_included"
    NOT_REGISTERED_HERE = "not_registered_here"
    UNKNOWN_CLIENT = "unknown_client"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_SUBJECT = "unknown_subject"
    UNKNOWN_SUBJECT_TYPE = "unknown_subject_type"
    UNKNOWN_RESOURCE_TYPE = "unknown_resource_type"
    UNKNOWN_ACTION = "unknown_action"
    UNKNOWN_PART = "unknown_part"
    UNIT_MISSING = "unit_missing"
    NOT_MEMBER = "not_member"
    UNREADABLE_TIME = "unreadable_time"
    NOT_FOR_THIS_CALLER = "not_for_this_caller"


YES = frozenset((Reason.RIGHT_STANDS, Reason.WORK_LIST, Reason.STATED_REASON, Reason.OWN_DOSSIER))
"""The reasons for a yes; every other one is a no."""


def partner_may(verb: Verb, part: Part, *, known: bool, member: bool, right: bool | None) -> Reason:
    """Somebody of a partner: a right that stands opens all but the confidential part, to its unit's members (S01, S03).

    `right` is whether the unit's right stands; None where it never had one.
    """
    if part is Part.CONFIDENTIAL:
        return Reason.PART_NOT_INCLUDED
    if not known:
        return Reason.UNKNOWN_SUBJECT
    if not member:
        return Reason.NOT_MEMBER
    if _not_registered(verb, part):
        return Reason.NOT_REGISTERED_HERE
    if right is None:
        return Reason.NO_RIGHT
    return Reason.RIGHT_STANDS if right else Reason.RIGHT_CLOSED


def mediator_may(
    verb: Verb, part: Part, *, known: bool, dossier: bool, on_work_list: bool, stated_reason: bool
) -> Reason:
    """VDAB's own people need no right: the dossiers on their desk's work list, others with a stated reason."""
    if not known:
        return Reason.UNKNOWN_SUBJECT
    if _not_registered(verb, part):
        return Reason.NOT_REGISTERED_HERE
    if not dossier:
        return Reason.NOT_ON_WORK_LIST
    if on_work_list:
        return Reason.WORK_LIST
    return Reason.STATED_REASON if stated_reason else Reason.NOT_ON_WORK_LIST


def client_may(verb: Verb, part: Part, *, own: bool) -> Reason:
    """A client sees the own dossier, but for the confidential part, and registers nothing in it."""
    if part is Part.CONFIDENTIAL:
        return Reason.PART_NOT_INCLUDED
    if verb is Verb.REGISTER:
        return Reason.NOT_REGISTERED_HERE
    return Reason.OWN_DOSSIER if own else Reason.NOT_OWN_DOSSIER


def part_meant(verb: Verb) -> Part:
    """The part that is meant where none is named: what is registered are steps to work."""
    return Part.STEPS if verb is Verb.REGISTER else Part.GENERAL


def _not_registered(verb: Verb, part: Part) -> bool:
    """Registering happens in the steps to work, and nowhere else."""
    return verb is Verb.REGISTER and part is not Part.STEPS
