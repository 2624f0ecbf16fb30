"""Grounds that a corrected line gives before the end of a closed right: none of any later right (decision 0059)."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from inzage.journal.models import Origin
from inzage.rules import facts
from inzage.rules.days import day_of
from inzage.view_rights.models import Grant
from inzage.view_rights.rebuilding import Key, Standing
from inzage.view_rights.recording import record


class MovedBack(NamedTuple):
    """A ground of an open right, or to come, and what its line now gives."""

    grant: Grant
    given: facts.Grant

    def carry_out(self, after: Mapping[Key, Standing], *, origin: Origin) -> str:
        """Take it away, and say so for a person to look at. Where the lines would have the closed right go on until
        today, what is open stays, from its own day; the day of a withdrawal is taken over all the same.
        """
        grant, given = self
        stays = grant.right_id is not None and _goes_on(after, grant.unit_id, given, day_of(origin.at))
        was = (grant.ground, grant.withdrawn_on)
        if stays:
            grant.ground, grant.withdrawn_on = given.ground, given.withdrawn_on
        else:
            grant.withdrawn_on = grant.granted_on
        if (grant.ground, grant.withdrawn_on) != was:
            record(grant, holds_from=grant.granted_on, origin=origin)
        return (
            f"{_source(grant)} of {grant.unit.oe_number} grants on {given.granted_on}, before the end of a closed "
            f"right, and not on {grant.granted_on}: {'left as it was' if stays else 'taken away'}"
        )


def _source(grant: Grant) -> str:
    if grant.form:
        return f"consent {grant.form.source_id}"
    assert grant.assignment is not None  # the files give no other ground
    return f"assignment {grant.assignment.source_id}"


def _goes_on(after: Mapping[Key, Standing], unit: int, given: facts.Grant, today: date) -> bool:
    """Whether the ground would still count today, and the right that it opens or joins would stand."""
    if given.withdrawn_on is not None and given.withdrawn_on <= today:
        return False
    opened = max((on for of, on in after if of == unit and on <= given.granted_on), default=None)
    return opened is not None and after[unit, opened].last_day is None
