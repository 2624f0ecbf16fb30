"""Clients and their histories, one by one: what happens to a client hangs on the seed and the client's place alone."""

from datetime import date, timedelta

from inzage.region.dice import Dice
from inzage.region.endings import ends_about_now, tell_ending
from inzage.region.episodes import drawn_episode
from inzage.region.identifiers import InszSupply, client_number
from inzage.region.names import drawn_name
from inzage.region.partners import unit_count
from inzage.region.places import drawn_place
from inzage.region.records import Client, History
from inzage.region.story import Life, Story

LONGEST = 1650
RECENT = 1.15
MORE_SHARE = 0.45
DECEASED_SHARE = 0.004
EARLIEST_YEAR, LATEST_YEAR = 1980, 2060


class Histories:
    """The clients of a region whose history runs up to `until`; ValueError where that day lies too far off."""

    def __init__(self, *, seed: int, until: date) -> None:
        if not EARLIEST_YEAR <= until.year <= LATEST_YEAR:
            raise ValueError(
                f"A region up to {until} can't be made; give a day from {EARLIEST_YEAR} to {LATEST_YEAR}."
            )
        self._seed, self._until = seed, until
        self._insz = InszSupply(seed=seed, until=until)

    @property
    def most(self) -> int:
        """How many clients there can be: each has an INSZ number of its own that belongs to nobody."""
        return self._insz.size

    def at(self, index: int) -> History:
        """The client at this place, counted from 0, with all that happened."""
        dice = Dice(f"{self._seed}/{index}")
        planned = ends_about_now(index)
        story = Story(self._life(index, dice, mortal=not planned), dice)
        if planned:
            tell_ending(story, index)
        else:
            _tell(story)
        return story.history

    def _life(self, index: int, dice: Dice, *, mortal: bool) -> Life:
        insz, birth_year, man = self._insz.identity(index)
        deceased_on = (
            dice.after(self._until, -LONGEST, -1) if mortal and dice.chance(DECEASED_SHARE) else None
        )
        names = drawn_name(dice, man=man)
        client = Client(client_number(index), insz, *names, drawn_place(dice), deceased_on)
        return Life(client, birth_year, self._until, unit_count(index + 1))


def _tell(story: Story) -> None:
    """Episode after episode, from a day in the last years to the last day; recent years are fuller."""
    dice = story.dice
    day = story.last - timedelta(days=int(LONGEST * dice.random() ** RECENT))
    more = True
    while more and day <= story.last:
        day = drawn_episode(story)(story, day)
        more = dice.chance(MORE_SHARE)
