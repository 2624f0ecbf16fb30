"""Who lives in Brussels: nineteen municipalities by their NIS codes, and nothing else."""

from datetime import date

import pytest

from inzage.rules import brussels
from inzage.rules.brussels import Municipality, in_brussels, municipalities

TODAY = date(2025, 1, 10)


def test_the_region_has_nineteen_municipalities_numbered_in_a_row() -> None:
    assert list(municipalities()) == [f"210{number:02}" for number in range(1, 20)]
    assert all(in_brussels(code, TODAY) for code in municipalities())
    assert municipalities()["21009"].nl == "Elsene"
    assert municipalities()["21015"].fr == "Schaerbeek"


@pytest.mark.parametrize(
    "nis_code",
    [
        pytest.param("21000", id="the arrondissement"),
        pytest.param("21020", id="one further"),
        pytest.param("04000", id="the Region itself"),
        pytest.param("1000", id="a postcode"),
        pytest.param("23027", id="Halle"),
        pytest.param("23088", id="Vilvoorde"),
        pytest.param("21001 ", id="not exactly the code"),
        pytest.param("", id="not known"),
    ],
)
def test_a_neighbour_a_postcode_or_nothing_is_not_brussels(nis_code: str) -> None:
    assert not in_brussels(nis_code, TODAY)


def test_a_municipality_belongs_to_the_region_from_its_first_day_up_to_its_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    merged = Municipality("21099", "Samen", "Ensemble", date(2025, 1, 1), date(2026, 1, 1))
    monkeypatch.setattr(brussels, "municipalities", lambda: {"21099": merged})
    days = ("2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01")
    found = [in_brussels("21099", date.fromisoformat(day)) for day in days]
    assert found == [False, True, True, False]
