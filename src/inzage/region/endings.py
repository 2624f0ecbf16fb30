"""Rights that end in the nights around the last day of the region, under each rule: a first run has work to do."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from inzage.region.partners import Pool
from inzage.region.story import Story
from inzage.rules.names import Kind, Purpose, Route
from inzage.rules.periods import ONE_DAY, last_day_after

EVERY, FROM = 125, 5
NIGHTS = (0, 1, 0, -1)
MONTHS = 6  # the term of every rule in the packaged book


def ends_about_now(index: int) -> bool:
    """Whether the client at this place is one of those whose right ends around the last day."""
    return index % EVERY == FROM


def tell_ending(story: Story, index: int) -> None:
    """A plain history with one right that ends; rules and nights take turns."""
    turn = index // EVERY
    night = NIGHTS[turn // len(_ENDINGS) % len(NIGHTS)]
    _ENDINGS[turn % len(_ENDINGS)](story, event_before(story.life.until + timedelta(days=night)))


@lru_cache(maxsize=100)
def event_before(last_day: date) -> date:
    """The first day from which the term runs up to `last_day`; where none does, up to the soonest day after it."""
    event = last_day - timedelta(days=186)
    while last_day_after(event, months=MONTHS) < last_day:
        event += ONE_DAY
    return event


def _former_owner(story: Story, event: date) -> None:
    """The ownership ended (S19)."""
    unit, begin = story.unit(Pool.TENDER), story.dice.after(event, -400, -150)
    service = "TIBB4" if story.dice.chance(0.5) else "WIJ3"
    story.assign(unit, service, begin, event, "trajectory_ended")
    story.exact_activity(unit, Kind.TRAJECTORY, begin, story.dice.after(event, -30, -1))


def _executor(story: Story, event: date) -> None:
    """The last activity was closed (S20)."""
    unit, begin = story.unit(Pool.TRAINING), story.dice.after(event, -200, -40)
    story.exact_consent(unit, Purpose.TRAINING, Route.MEDIATOR, begin)
    story.exact_activity(unit, Kind.TRAINING, begin, event)


def _no_activity(story: Story, event: date) -> None:
    """Nothing was ever registered (S21)."""
    story.exact_consent(story.unit(Pool.GUIDANCE), Purpose.GUIDANCE, Route.FORM, event)


def _trajectory_only(story: Story, event: date) -> None:
    """Only a trajectory activity, by a unit that does not own the dossier: a gap in the rules."""
    unit, begin = story.unit(Pool.GUIDANCE), story.dice.after(event, -200, -40)
    story.exact_consent(unit, Purpose.GUIDANCE, Route.FORM, begin)
    story.exact_activity(unit, Kind.TRAJECTORY, begin, event)


_ENDINGS: tuple[Callable[[Story, date], None], ...] = (
    _former_owner,
    _executor,
    _no_activity,
    _trajectory_only,
)
