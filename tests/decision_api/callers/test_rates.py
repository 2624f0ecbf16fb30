"""So many a minute for each caller: no more in any stretch of time, and no less once it may be asked again."""

from hypothesis import given, settings
from hypothesis import strategies as st

from inzage.decision_api.callers import rates
from inzage.decision_api.callers.rates import Rate
from tests.decision_api.callers.conftest import Clock


def asked(rate: Rate, count: int, name: str = "mlp") -> bool:
    """Whether that caller may take so many; then they are taken."""
    allowed = rate.wait(name, count) <= 0
    if allowed:
        rate.take(name, count)
    return allowed


def test_a_minutes_worth_may_be_taken_at_once_and_then_each_in_its_turn() -> None:
    clock = Clock()
    rate = Rate(60, clock)

    assert asked(rate, 60)
    assert not asked(rate, 1)
    clock.seconds += 0.99
    assert not asked(rate, 1)
    clock.seconds += 0.01
    assert asked(rate, 1)
    assert not asked(rate, 1)
    clock.seconds += 60
    assert asked(rate, 60)


def test_what_was_refused_costs_nothing_and_another_caller_nothing_either() -> None:
    rate = Rate(60, Clock())

    assert asked(rate, 31)
    assert not asked(rate, 30)
    assert asked(rate, 29)
    assert not asked(rate, 1)
    assert asked(rate, 60, "gateway")


@settings(deadline=None)
@given(
    a_minute=st.integers(1, 5_000),
    asks=st.lists(st.tuples(st.integers(0, 300), st.integers(1, 1_200)), max_size=60),
)
def test_in_no_stretch_of_time_more_is_taken_than_its_share_and_a_minutes_worth(
    a_minute: int, asks: list[tuple[int, int]]
) -> None:
    clock = Clock()
    rate = Rate(a_minute, clock)
    taken: list[tuple[float, int]] = []
    for tenths, count in asks:
        clock.seconds += tenths / 10
        if asked(rate, count):
            taken.append((clock.seconds, count))

    for start, (begin, _count) in enumerate(taken):
        for end in range(start, len(taken)):
            seconds = taken[end][0] - begin
            assert (
                sum(count for _at, count in taken[start : end + 1]) <= a_minute * (1 + seconds / 60) + 0.001
            )


@settings(deadline=None)
@given(a_minute=st.integers(1, 5_000), before=st.integers(0, 5_000), share=st.floats(0.001, 1))
def test_after_the_wait_it_may_be_taken_and_just_before_it_may_not(
    a_minute: int, before: int, share: float
) -> None:
    clock = Clock()
    rate = Rate(a_minute, clock)
    count = max(1, int(a_minute * share))
    rate.take("mlp", min(before, a_minute))

    wait = rate.wait("mlp", count)
    if wait > 0.001:
        clock.seconds += wait - 0.001
        assert not asked(rate, count)
        clock.seconds += 0.002
    assert asked(rate, count)


def test_callers_who_have_been_quiet_are_forgotten_and_the_others_are_not() -> None:
    clock = Clock()
    rate = Rate(60, clock)
    for number in range(rates.MANY - 1):
        rate.take(f"caller-{number}", 1)
    clock.seconds += 2
    assert asked(rate, 10, "busy")
    rate.take("new", 1)

    assert set(rate._clear_at) == {"busy", "new"}
    assert not asked(rate, 51, "busy")
    assert asked(rate, 60, "caller-1")
