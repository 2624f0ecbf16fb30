"""The organisations: more in a larger region, of every kind, and clearly made up."""

from stdnum.be import vat

from inzage.region.dice import Dice
from inzage.region.partners import FEWEST_UNITS, Pool, drawn_unit, pools, unit, unit_count


def test_a_larger_region_has_more_units_but_not_in_proportion() -> None:
    small, large = unit_count(2_000), unit_count(200_000)

    assert small < large < 100 * small
    assert unit_count(1) == FEWEST_UNITS


def test_even_the_smallest_region_has_every_kind_and_every_pool() -> None:
    kinds = {unit(index).kind for index in range(FEWEST_UNITS)}

    assert kinds == {"partner", "school", "promoter", "ocmw"}
    assert all(pools(FEWEST_UNITS)[pool] for pool in Pool)


def test_units_have_numbers_and_names_of_their_own_and_mail_that_goes_nowhere() -> None:
    units = [unit(index) for index in range(1500)]

    assert len({one.oe_number for one in units}) == len({one.name for one in units}) == len(units)
    assert all(one.email.endswith(".example") and one.email.isascii() for one in units)
    assert all(vat.is_valid(one.kbo_number) for one in units)


def test_some_enterprises_have_two_units_of_one_kind() -> None:
    """So that it shows that one unit's right gives nothing to the other (S03)."""
    kinds: dict[str, list[str]] = {}
    for index in range(100):
        kinds.setdefault(unit(index).kbo_number, []).append(unit(index).kind)

    shared = [found for found in kinds.values() if len(found) > 1]
    assert shared
    assert all(len(set(found)) == 1 for found in shared)


def test_early_units_are_larger_than_late_ones() -> None:
    dice, pool = Dice("sizes"), pools(100)[Pool.TENDER]
    drawn = [pool.index(drawn_unit(dice, pool)) for _ in range(4000)]

    assert sum(place < len(pool) / 4 for place in drawn) > 1.5 * len(drawn) / 4
    assert set(drawn) == set(range(len(pool)))


def test_the_next_organisation_is_another_one() -> None:
    dice, pool = Dice("another"), pools(FEWEST_UNITS)[Pool.TRAINING]

    assert all(drawn_unit(dice, pool, other_than=pool[0]) != pool[0] for _ in range(200))
