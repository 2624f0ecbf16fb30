"""The dossiers of this application, all of them made up: each reference gives the same one every time."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

GIVEN = (
    "Anna",
    "Bilal",
    "Chloë",
    "Dario",
    "Elif",
    "Femke",
    "Gus",
    "Hanne",
    "Ismaël",
    "Jana",
    "Kofi",
    "Lotte",
)
FAMILY = ("Verzinsel", "Voorbeeld", "Verzonnen", "Bedacht", "Proef", "Denkbeeld")
TOWNS = ("Aalst", "Brugge", "Dendermonde", "Elsene", "Genk", "Mechelen", "Ronse", "Tienen")
GOALS = ("magazijnmedewerker", "lasser", "kok", "zorgkundige", "boekhouder", "tuinaanlegger", "bakker")
STEPS = (
    "Kennismakingsgesprek",
    "Nederlands op de werkvloer",
    "Lassen voor beginners",
    "Sollicitatietraining",
    "Stage in een bedrijf uit de buurt",
    "Heftruck besturen",
)
FIRST = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class Step:
    """Something in Stappen naar werk."""

    title: str
    begins_on: date
    running: bool


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A dossier of somebody who doesn't exist."""

    reference: str
    name: str
    town: str
    goal: str
    steps: list[Step]


def made_up(reference: str) -> MadeUp:
    """The dossier with that reference."""
    chance = Random(reference)
    name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
    titles = chance.sample(STEPS, k=3)
    days = [FIRST + timedelta(days=chance.randrange(30) + 45 * number) for number in range(3)]
    steps = [Step(title, day, running=day == days[-1]) for title, day in zip(titles, days)]
    return MadeUp(reference, name, chance.choice(TOWNS), chance.choice(GOALS), steps)
