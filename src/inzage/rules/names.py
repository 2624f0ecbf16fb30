"""The closed lists of words that rules, database, files and screens share (policy/vocabulary.toml)."""

from enum import StrEnum


class Ground(StrEnum):
    """Why a view right stands, in the order in which exports list them."""

    ASSIGNMENT = "assignment"
    MEDIATOR = "mediator"
    FORM = "form"
    BRUSSELS_FORM = "brussels_form"
    IBIS = "ibis"
    RESTORED = "restored"


class Relation(StrEnum):
    """What a partner's unit is to a dossier on a day (S18): worked out from facts, never a truth of its own."""

    OWNER = "owner"
    FORMER_OWNER = "former_owner"
    EXECUTOR = "executor"
    NONE = "none"


class Event(StrEnum):
    """The events from which the term of a closing rule is counted."""

    OWNERSHIP_ENDED = "ownership_ended"
    ACTIVITY_CLOSED = "activity_closed"
    ACTIVITY_CANCELLED = "activity_cancelled"
    GRANTED = "granted"


class OwnershipEnd(StrEnum):
    """How an ownership came to its end: a service's rule may have a term of its own for each (S19)."""

    TRAJECTORY_ENDED = "trajectory_ended"
    TRAJECTORY_STOPPED = "trajectory_stopped"
    AFTERCARE_ENDED = "aftercare_ended"
    WORK_STARTED = "work_started"
    NOT_STARTED = "not_started"
    TRANSFERRED_TO_VDAB = "transferred_to_vdab"
    TRANSFERRED_TO_PARTNER = "transferred_to_partner"
    CONTRACT_ENDED = "contract_ended"

    @classmethod
    def said_in(cls, reason: str) -> str:
        """The end that these words name, spelled as here but for capitals, spaces and hyphens; else nothing: a reason
        in other words is not guessed at.
        """
        code = "_".join(reason.casefold().replace("-", " ").split())
        return code if code in tuple(map(str, cls)) else ""


class ClosingReason(StrEnum):
    """Why a view right was closed. `corrected`: what it rested on was registered wrongly, and nobody took it back."""

    TERM = "term"
    WITHDRAWN = "withdrawn"
    DECEASED = "deceased"
    REVOKED = "revoked"
    GIVEN_BACK = "given_back"
    OBJECTED = "objected"
    CORRECTED = "corrected"


class Held(StrEnum):
    """Why a right whose end has come waits for a person."""

    RULE = "rule"
    THRESHOLD = "threshold"


class Status(StrEnum):
    """How sure we are of a value in a rule book."""

    VERIFIED = "verified"
    ASSUMPTION = "assumption"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """The kinds of activity in Stappen naar werk; only TRAJECTORY belongs to the assignment itself (S20)."""

    TRAJECTORY = "trajectory"
    TRAINING = "training"
    PROJECT = "project"
    GUIDANCE = "guidance"
    OTHER = "other"


class State(StrEnum):
    """The state of an activity on a day: aanvraag, bezig, afgesloten, geannuleerd."""

    REQUESTED = "requested"
    RUNNING = "running"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Route(StrEnum):
    """How a consent comes in: recorded at the mediator, on the form, on the Brussels form (S04, S06, S11).

    The Brussels form of a promoter whose line comes from IBIS goes another way, to another addressee (S17).
    """

    MEDIATOR = "mediator"
    FORM = "form"
    BRUSSELS_FORM = "brussels_form"
    BRUSSELS_IBIS = "brussels_ibis"


class Way(StrEnum):
    """The lawful ways to a view right for who has none.

    Those named as a `Route` are that route. By an assignment the right comes by itself (S02); a promoter that works
    with IBIS registers there before anything else (S14).
    """

    ASSIGNMENT = "assignment"
    MEDIATOR = "mediator"
    FORM = "form"
    BRUSSELS_FORM = "brussels_form"
    BRUSSELS_IBIS = "brussels_ibis"
    IBIS = "ibis"


class UnitKind(StrEnum):
    """The kinds of organisations whose units hold view rights."""

    PARTNER = "partner"
    SCHOOL = "school"
    PROMOTER = "promoter"
    OCMW = "ocmw"


class Purpose(StrEnum):
    """What a client consents to (S04)."""

    GUIDANCE = "guidance"
    TRAINING = "training"


class EnrolmentStatus(StrEnum):
    """Whether a client is enrolled with Actiris (S07). Where nobody has looked yet there is no enrolment at all."""

    ENROLLED = "enrolled"
    NOT_ENROLLED = "not_enrolled"
    ENDED = "ended"


class Channel(StrEnum):
    """The ways to enrol with Actiris (S09), and the school's record card (S10)."""

    MY_ACTIRIS = "my_actiris"
    CALL_CENTRE = "call_centre"
    AGENCY = "agency"
    RECORD_CARD = "record_card"


class Part(StrEnum):
    """The parts of a dossier; the confidential part is never included by default."""

    GENERAL = "general"
    STEPS = "steps"
    CONFIDENTIAL = "confidential"
