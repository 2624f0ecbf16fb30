"""Whatever is held, confirmed, kept, restored and entered, in whatever order: what always holds, and the end (S22)."""

from datetime import date, datetime, timedelta

import pytest
from django.db.models import Q
from pytest_django import Settings

from inzage.rules.days import midnight
from inzage.rules.holding import held_until
from inzage.rules.periods import day_after
from inzage.view_rights.answering_held import answer_held
from inzage.view_rights.bearing import RESTORED, bearing, not_over
from inzage.view_rights.held import Answer
from inzage.view_rights.holding import check_evening, waiting
from inzage.view_rights.models import Grant, ViewRight, ViewRightVersion
from inzage.view_rights.restoring import NotRestored, approve_restoration, ask_restoration
from tests.view_rights.test_walks import all_that_always_holds
from tests.view_rights.walking import NothingThere, Walk
from tests.world import World

STEPS = 20
EVERYTHING = {"times": 1, "least": 0, "nights": 60, "floor": 0, "percent": 0}
"""Limits above which everything is."""


class HoldingWalk(Walk):
    """A walk on which every evening is checked and every night is run, and people answer for what waits."""

    def __init__(self, world: World, seed: int) -> None:
        super().__init__(world, seed)
        self.steps = (*self.steps, *(self._answer,) * 12, *(self._restore,) * 4)

    def pass_days(self, until: date) -> None:
        """Each day on which something may happen has its evening and its night."""
        while self.today < until:
            if self._something_happens():
                check_evening(self.today, clock=self._last_minute)
                self.world.night(str(day_after(self.today)))
            self.today = day_after(self.today)

    def _last_minute(self) -> datetime:
        return midnight(self.today) + timedelta(hours=23, minutes=59)

    def _something_happens(self) -> bool:
        ends = ViewRight.objects.filter(closed_on=None, last_day=self.today).exists()
        begins = Grant.objects.filter(right=None, granted_on=day_after(self.today)).exists()
        return ends or begins or waiting().exists()

    def _answer(self) -> None:
        held = list(waiting().values_list("pk", flat=True))
        if not held:
            raise NothingThere
        answer = self.dice.choice([Answer.CONFIRMED, Answer.KEPT])
        answer_held([self.dice.choice(held)], answer, "Nagekeken.", origin=self._origin())

    def _restore(self) -> None:
        closed = list(ViewRight.objects.exclude(closed_on=None).order_by("pk"))
        if not closed:
            raise NothingThere
        right = self.dice.choice(closed)
        try:
            asked = ask_restoration(
                right.pk, "Een vergissing.", origin=self._origin()._replace(by="person:8")
            )
            approve_restoration(asked, origin=self._origin())
        except NotRestored as refusal:
            raise NothingThere from refusal


@pytest.mark.parametrize("seed", range(2))
def test_on_any_walk_the_proof_finds_nothing_and_no_hold_outlives_its_days(
    world: World, settings: Settings, seed: int
) -> None:
    settings.EVENING_LIMITS = EVERYTHING
    walk = HoldingWalk(world, seed)
    for _ in range(STEPS):
        walk.step()
        all_that_always_holds(world, str(walk.today))
        for right in waiting():
            assert right.proposed_last_day is not None
            assert right.last_day is not None
            assert walk.today <= right.last_day <= held_until(right.proposed_last_day)
        for restored in Grant.objects.filter(RESTORED, not_over(walk.today)):
            assert restored.right_id is not None
            assert any(one.counts(walk.today) for one in bearing(restored.dossier_id)[restored.right_id])
    assert ViewRightVersion.objects.exclude(held="").exists()
    unanswered = list(waiting().filter(ends_by="term").order_by("pk"))
    walk.pass_days(walk.today + timedelta(days=31))
    all_that_always_holds(world, str(walk.today))
    lifted = Q(pk__in=[right.pk for right in unanswered], closed_on=None)
    for right in ViewRight.objects.filter(lifted):
        assert right.proposed_last_day not in {each.proposed_last_day for each in unanswered}
