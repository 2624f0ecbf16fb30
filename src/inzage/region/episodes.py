"""What can happen in a stretch of a client's life: each episode is told from a day on, and says when it was over."""

from collections.abc import Callable
from datetime import date

from inzage.region.dice import Weighted
from inzage.region.partners import Pool
from inzage.region.places import in_brussels
from inzage.region.story import Story
from inzage.region.titles import PRJLEW
from inzage.rules.names import Kind, Purpose, Route

Episode = Callable[[Story, date], date]

YOUNG = 22
SHORT, MIDDLE, LONG = (5, 60), (40, 200), (120, 400)
SERVICES = Weighted(
    {
        "TIBB4": 34,
        "WIJ3": 16,
        "TWE_WZ": 10,
        "TWE_OCMW": 9,
        "SIF": 8,
        "TIBB_ANDT": 8,
        "TIW": 5,
        "ACT": 5,
        "GOB": 5,
    }
)
TRANSFERRED = "transferred_to_partner"
REASONS = Weighted(
    {
        "trajectory_ended": 45,
        "work_started": 24,
        "trajectory_stopped": 11,
        TRANSFERRED: 9,
        "aftercare_ended": 8,
        "not_started": 3,
    }
)
OWNERS_LINES = Weighted({Kind.TRAINING: 4, Kind.GUIDANCE: 3, Kind.OTHER: 2, Kind.PROJECT: 1})
WITH_MEDIATOR = Weighted({Route.MEDIATOR: 6, Route.FORM: 4})
MOSTLY_FORM = Weighted({Route.FORM: 7, Route.MEDIATOR: 3})


def tendered(story: Story, on: date, *, after: str = "") -> date:
    """Assigned under a tendered service: the unit owns the dossier, sometimes the next one takes over (S02)."""
    dice = story.dice
    service = SERVICES.drawn(dice)
    unit = story.unit(Pool.OCMW if service == "TWE_OCMW" else Pool.TENDER, other_than=after)
    ended_on = dice.after(on, 120, 560)
    reason = REASONS.drawn(dice)
    story.assign(unit, service, on, ended_on, reason)
    story.activity(unit, Kind.TRAJECTORY, dice.after(on, 0, 25), LONG)
    if dice.chance(0.3):
        story.activity(unit, OWNERS_LINES.drawn(dice), dice.after(on, 30, 150), MIDDLE)
    if dice.chance(0.08):  # the former owner goes on executing
        story.activity(unit, Kind.TRAINING, dice.after(ended_on, -60, -5), LONG)
    if dice.chance(0.06):
        story.consent(unit, Purpose.GUIDANCE, Route.MEDIATOR, dice.after(on, 20, 200))
    if dice.chance(0.18):  # a training elsewhere asks a right of its own (S03)
        _consented(story, story.unit(Pool.TRAINING, other_than=unit), Kind.TRAINING, dice.after(on, 20, 120))
    if reason == TRANSFERRED and ended_on <= story.last:
        return tendered(story, ended_on, after=unit)
    return dice.after(ended_on, 30, 300)


def training(story: Story, on: date) -> date:
    """A training, by permission recorded at the mediator or on the form (S04)."""
    return _consented(story, story.unit(Pool.TRAINING), Kind.TRAINING, on)


def guidance(story: Story, on: date) -> date:
    """Guidance that no tender pays, mostly on the form (S06)."""
    kind = Kind.GUIDANCE if story.dice.chance(0.8) else Kind.OTHER
    return _consented(story, story.unit(Pool.GUIDANCE), kind, on, MOSTLY_FORM.drawn(story.dice))


def brussels(story: Story, on: date) -> date:
    """At a Brussels promoter, on the form of VDAB Brussel (S11)."""
    kind = Kind.TRAINING if story.dice.chance(0.6) else Kind.PROJECT
    return _consented(story, story.unit(Pool.BRUSSELS), kind, on, Route.BRUSSELS_FORM)


def learning_and_working(story: Story, on: date) -> date:
    """A youngster in Leren en Werken, through the school (S10, S23)."""
    from_brussels = in_brussels(story.life.client.nis_code)
    route = Route.BRUSSELS_FORM if from_brussels else Route.FORM
    return _consented(story, story.unit(Pool.SCHOOL), Kind.PROJECT, on, route, course=PRJLEW)


def nothing_done(story: Story, on: date) -> date:
    """Permission given, and then nothing is registered (S21)."""
    dice = story.dice
    home = in_brussels(story.life.client.nis_code)
    unit = story.unit(Pool.BRUSSELS if home else Pool.GUIDANCE)
    story.consent(unit, Purpose.GUIDANCE, Route.BRUSSELS_FORM if home else MOSTLY_FORM.drawn(dice), on)
    return dice.after(on, 120, 500)


def trajectory_only(story: Story, on: date) -> date:
    """A trajectory activity at a unit that does not own the dossier: the page has no rule for it."""
    return _consented(story, story.unit(Pool.GUIDANCE), Kind.TRAJECTORY, on)


def advised(story: Story, on: date) -> date:
    """A service that is not tendered: an assignment without ownership, and permission given beside it."""
    dice = story.dice
    unit = story.unit(Pool.GUIDANCE)
    ended_on = dice.after(on, 30, 200)
    story.assign(unit, "PDV" if dice.chance(0.7) else "LOOPBAANADVIES", on, ended_on, "trajectory_ended")
    if dice.chance(0.6):
        _consented(story, unit, Kind.GUIDANCE, dice.after(on, 0, 20))
    return dice.after(ended_on, 30, 300)


def _consented(
    story: Story, unit: str, kind: Kind, on: date, route: Route | None = None, *, course: str = ""
) -> date:
    """Permission, then one or two activities. Who waits in vain for it registers nothing, but for a few."""
    dice = story.dice
    purpose = Purpose.TRAINING if kind is Kind.TRAINING else Purpose.GUIDANCE
    route = route or WITH_MEDIATOR.drawn(dice)
    granted_on = story.consent(unit, purpose, route, on)
    if granted_on is None and dice.chance(0.6):  # sent back, completed, brought again
        granted_on = story.consent(unit, purpose, route, dice.after(on, 10, 40))
    if granted_on or dice.chance(0.1):
        begin = dice.after(granted_on or on, 0, 30)
        number = course or (story.course() if kind is Kind.TRAINING else "")
        story.activity(unit, kind, begin, SHORT if kind is Kind.OTHER else MIDDLE, course=number)
        if dice.chance(0.2):
            story.activity(unit, kind, dice.after(begin, 30, 150), MIDDLE, course=number)
    if granted_on and dice.chance(0.05):  # the same unit asks again, for something else
        other = Purpose.GUIDANCE if purpose is Purpose.TRAINING else Purpose.TRAINING
        story.consent(unit, other, route, dice.after(granted_on, 20, 150))
    return dice.after(on, 150, 600)


_ANYBODY: dict[Episode, float] = {
    tendered: 50,
    training: 20,
    guidance: 12,
    nothing_done: 8,
    advised: 4,
    trajectory_only: 4,
}
_IN_FLANDERS = Weighted(_ANYBODY)
_IN_BRUSSELS = Weighted({**_ANYBODY, tendered: 18, training: 6, guidance: 4, brussels: 60})
_YOUNG_SHARE = 0.5


def drawn_episode(story: Story) -> Episode:
    """What happens next, given where the client lives and how old the client is."""
    life = story.life
    if life.until.year - life.birth_year <= YOUNG and story.dice.chance(_YOUNG_SHARE):
        return learning_and_working
    return (_IN_BRUSSELS if in_brussels(life.client.nis_code) else _IN_FLANDERS).drawn(story.dice)
