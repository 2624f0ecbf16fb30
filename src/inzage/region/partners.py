"""The made-up organisations of a region, and the services under which job-seekers are assigned to them.

Units open in a fixed order and a larger region has more of them, so the units of a small region are the first of a
large one. Every fourth unit is a second department of the enterprise before it: rights belong to units alone (S03).
"""

from enum import StrEnum
from functools import cache, lru_cache
from math import pow

from inzage.region.dice import Dice
from inzage.region.identifiers import kbo_number
from inzage.region.records import Service, Unit

FEWEST_UNITS = 12
UNITS_OF_2000, GROWTH = 40, 0.463  # 40 units for 2,000 dossiers, some 1,500 for 5 million

SERVICES = (
    Service("TIBB4", "Intensieve begeleiding en bemiddeling", "yes"),
    Service("TIBB_ANDT", "Intensieve begeleiding voor anderstaligen", "yes"),
    Service("TIW", "Intensief werkplekleren", "yes"),
    Service("WIJ3", "Werkinleving voor jongeren", "yes"),
    Service("TWE_WZ", "Tijdelijke werkervaring voor werkzoekenden", "yes"),
    Service("TWE_OCMW", "Tijdelijke werkervaring via het OCMW", "yes"),
    Service("SIF", "Outplacement via het Sociaal Interventiefonds", "yes"),
    Service("ACT", "Activeringstraject", "yes"),
    Service("GOB", "Gespecialiseerde opleiding en bemiddeling", "yes"),
    Service("PDV", "Persoonlijke dienstverlening", "no"),
    Service("LOOPBAANADVIES", "Verkennend loopbaanadvies", "no"),
)


class Pool(StrEnum):
    """Who does what: the organisations among which one is drawn."""

    TENDER = "tender"
    OCMW = "ocmw"
    SCHOOL = "school"
    TRAINING = "training"
    GUIDANCE = "guidance"
    BRUSSELS = "brussels"


PARTNER, PROMOTER, OCMW, SCHOOL = "partner", "promoter", "ocmw", "school"
_PATTERN: tuple[tuple[str, frozenset[Pool]], ...] = (
    (PARTNER, frozenset({Pool.TENDER, Pool.GUIDANCE})),
    (PROMOTER, frozenset({Pool.BRUSSELS})),
    (SCHOOL, frozenset({Pool.SCHOOL, Pool.TRAINING})),
    (PARTNER, frozenset({Pool.TENDER, Pool.TRAINING})),
    (OCMW, frozenset({Pool.OCMW, Pool.GUIDANCE})),
    (PARTNER, frozenset({Pool.TENDER, Pool.TRAINING, Pool.GUIDANCE})),
    (PROMOTER, frozenset({Pool.TRAINING, Pool.GUIDANCE})),
    (SCHOOL, frozenset({Pool.BRUSSELS, Pool.SCHOOL})),
    (PARTNER, frozenset({Pool.TENDER, Pool.TRAINING})),
    (PARTNER, frozenset({Pool.TENDER, Pool.BRUSSELS})),
)

_FIRST = {
    PARTNER: "Werkspoor Kansenkaai Loopbaanlicht Vakvonk Talentenveer Stapsteen Klaverwerk Morgenpoort "
    "Doorgroeidok Startstroom Kompasloods Ladderwerk",
    PROMOTER: "Leerlantaarn Bruggentuin Woordwerkplaats Groeigaard Handenvol Stadsatelier",
    SCHOOL: "Leerpunt Vaktuin Leerhuis Werkschool",
    OCMW: "OCMW",
}
_RIVERS = (
    "Dender Leie Zenne Nete Rupel Demer Gete Mandel IJzer Durme Dijle Schelde Maas Herk Mark Velp Woluwe Jeker "
    "Dommel Zwalm Kale Laan Bosbeek Aa Heulebeek Molenbeek Vliet Kerkebeek Wimp Zwin"
)
_TREES = (
    "Wilgen Elzen Hazel Iepen Berken Linden Eiken Kastanje Vlier Meidoorn Esdoorn Sleedoorn Beuken Kersen"
)
_ENDINGS = "beke rode donk hove zele wijk laar gem"
_VILLAGES = " ".join(map("".join, zip(_TREES.split() * 4, _ENDINGS.split() * 7, strict=True)))
_SECOND = {PARTNER: _RIVERS, PROMOTER: _RIVERS, SCHOOL: _VILLAGES, OCMW: _VILLAGES}


def unit_count(dossiers: int) -> int:
    """How many units a region of this size has."""
    return max(FEWEST_UNITS, round(UNITS_OF_2000 * pow(dossiers / 2000, GROWTH)))


@cache
def unit(index: int) -> Unit:
    """The unit that opened at this place."""
    round_, place = divmod(index, len(_PATTERN))
    kind = _PATTERN[place][0]
    same = [at for at, (other, _pools) in enumerate(_PATTERN) if other == kind]
    number = round_ * len(same) + same.index(place)
    group, within = divmod(number, 4)
    enterprise = group * 3 + min(within, 2)
    name = _name(kind, enterprise)
    site = name.lower().replace(" ", "-")
    if within == 3:
        name += ", tweede afdeling"
    kbo = kbo_number(enterprise * len(_FIRST) + list(_FIRST).index(kind))
    return Unit(f"OE{1001 + index}", name, kbo, kind, f"oe{1001 + index}@{site}.example")


def _name(kind: str, enterprise: int) -> str:
    """A first word and a place; once all pairs are used, a number as well."""
    first, second = _FIRST[kind].split(), _SECOND[kind].split()
    again, number = divmod(enterprise, len(first) * len(second))
    where = (number // len(first) + number % len(first) * 7) % len(second)
    return f"{first[number % len(first)]} {second[where]}" + (f" {again + 1}" if again else "")


@lru_cache(maxsize=4)
def pools(units: int) -> dict[Pool, tuple[str, ...]]:
    """The OE numbers in each pool of a region of this many units, in the order of their opening."""
    members = [(unit(index).oe_number, _PATTERN[index % len(_PATTERN)][1]) for index in range(units)]
    return {pool: tuple(number for number, its in members if pool in its) for pool in Pool}


def drawn_unit(dice: Dice, pool: tuple[str, ...], *, other_than: str = "") -> str:
    """One of the pool: early ones are large, later ones small."""
    place = int(dice.random() ** 2 * len(pool))
    if pool[place] == other_than:
        place = (place + 1) % len(pool)
    return pool[place]
