"""The numbers of people and enterprises: right in form, each once, and nobody's."""

from datetime import date

import pytest
from stdnum.be import ssn, vat

from inzage.region.identifiers import COUNTERS, OLDEST, YOUNGEST, InszSupply, kbo_number

UNTIL = date(2026, 3, 10)


@pytest.fixture(scope="module")
def supply() -> InszSupply:
    return InszSupply(seed=1, until=UNTIL)


def test_insz_numbers_are_valid_and_belong_to_nobody(supply: InszSupply) -> None:
    """A sample from the first number to the last, so through every form."""
    for index in range(0, supply.size, 101):
        insz = supply.identity(index).insz
        assert ssn.validate(insz) == insz
        assert insz[6:9] in COUNTERS


def test_no_insz_number_comes_twice(supply: InszSupply) -> None:
    numbers = {supply.identity(index).insz for index in range(supply.size)}

    assert len(numbers) == supply.size


def test_the_first_clients_are_born_on_a_day_at_a_working_age(supply: InszSupply) -> None:
    for index in range(2000):
        identity = supply.identity(index)
        born_on = ssn.get_birth_date(identity.insz)

        assert born_on is not None
        assert born_on.year == identity.birth_year
        assert YOUNGEST <= UNTIL.year - born_on.year <= OLDEST


def test_few_of_the_first_clients_have_a_bis_number(supply: InszSupply) -> None:
    kinds = [ssn.guess_type(supply.identity(index).insz) for index in range(2000)]

    assert 0.02 < kinds.count("bis") / len(kinds) < 0.2


@pytest.mark.parametrize("year", [1980, 2000, 2020, 2060])
def test_numbers_are_valid_whatever_the_last_day(year: int) -> None:
    supply = InszSupply(seed=3, until=date(year, 1, 1))

    assert all(ssn.is_valid(supply.identity(index).insz) for index in range(0, supply.size, 997))


def test_another_seed_gives_other_numbers() -> None:
    first, second = (InszSupply(seed=seed, until=UNTIL).identity(0) for seed in (1, 2))

    assert first != second


def test_kbo_numbers_are_valid_and_each_once() -> None:
    numbers = [kbo_number(index) for index in range(5000)]

    assert all(vat.validate(number) == number for number in numbers)
    assert len(set(numbers)) == len(numbers)
