"""What a client was told of Actiris: which records count for which form, and what is refused (S08)."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from inzage.consents import informing
from inzage.consents.informing import Text, text_on, texts, told_for
from inzage.consents.models import ConsentForm, InformationGiven
from inzage.rules.names import Purpose, Route
from inzage.view_rights.consenting import Asked, ask_right, refuse, send_back, take_in
from inzage.view_rights.informing import NotInformed, Told, inform
from tests.world import World, day, origin

ON = "2025-01-10"


def form_of(world: World, **given: object) -> ConsentForm:
    """A Brussels form that came in complete but for the information: for Spoor, on Piet's dossier."""
    return world.form(ON, route=Route.BRUSSELS_FORM, **{"informed_of_actiris": False, **given})


def told(world: World, on: str = ON, *, entered: str = ON, **other: object) -> InformationGiven:
    """Piet is told that day; by Spoor, where nothing else is said."""
    dossier = other.pop("dossier", world.piet)
    values = {"version": "1", "language": "nl", "by": world.spoor, **other}
    return inform(dossier.pk, Told(given_on=day(on), **values), origin=origin(entered))  # type: ignore[arg-type, attr-defined]


def informed(form: ConsentForm) -> bool:
    """What stands on the form now."""
    form.refresh_from_db()
    return form.informed_of_actiris


def test_told_before_it_is_asked_the_form_has_it_from_the_beginning(world: World) -> None:
    told(world)
    question = Asked(world.spoor, Route.BRUSSELS_FORM, Purpose.GUIDANCE, by=world.spoor)
    assert ask_right(world.piet.pk, question, origin=origin(ON)).informed_of_actiris
    plain = Asked(world.spoor, Route.FORM, Purpose.GUIDANCE, by=world.spoor)
    assert not ask_right(world.piet.pk, plain, origin=origin(ON)).informed_of_actiris


def test_what_the_unit_the_asker_or_the_desk_told_counts_and_what_another_told_does_not(world: World) -> None:
    own = form_of(world)
    told(world, by=world.brug)
    told(world, by=world.spoor, dossier=world.an)
    assert not informed(own)
    told(world)
    assert informed(own)
    asked_by_brug = form_of(world, unit=world.haven, by=world.brug, purpose=Purpose.TRAINING)
    assert informed(asked_by_brug)
    other = form_of(world, unit=world.haven)
    assert not informed(other)
    told(world, by=None)
    assert informed(other)


def test_what_a_form_turned_out_not_to_say_another_form_no_longer_has_either(world: World) -> None:
    """Without the information a Brussels form is incomplete (S08)."""
    first = form_of(world, by=world.spoor, informed_of_actiris=True)
    second = form_of(world, by=world.spoor, purpose=Purpose.TRAINING)
    elsewhere = form_of(world, unit=world.haven, informed_of_actiris=True)
    assert informed(second)
    take_in(first.pk, completed_on=day(ON), informed_of_actiris=False, origin=origin(ON))
    assert [informed(form) for form in (first, second, elsewhere)] == [False, False, True]


def test_a_form_sent_back_for_that_alone_lies_at_the_desk_again(world: World) -> None:
    alone, more = form_of(world), form_of(world, purpose=Purpose.TRAINING, completed_on=None)
    for form in (alone, more):
        send_back(form.pk, origin=origin(ON))
    told(world)
    for form in (alone, more):
        form.refresh_from_db()
    assert (alone.state, alone.missing) == ("received", [])
    assert (more.state, more.missing) == ("sent_back", ["completed_on"])


def test_a_form_that_was_handled_is_left_alone(world: World) -> None:
    form = form_of(world)
    refuse(form.pk, reason="Onleesbaar", origin=origin(ON))
    told(world)
    assert not informed(form)


def test_a_form_read_again_takes_back_what_it_said_but_not_what_was_recorded_apart(world: World) -> None:
    form = form_of(world, informed_of_actiris=True)
    assert told_for(form)
    take_in(form.pk, completed_on=day(ON), origin=origin(ON))
    assert not informed(form)
    assert told_for(form) is None
    assert InformationGiven.objects.count() == 2
    told(world)
    take_in(form.pk, completed_on=day(ON), origin=origin(ON))
    assert informed(form)


def test_the_same_said_again_stands_once(world: World) -> None:
    assert told(world) == told(world)
    form_of(world, informed_of_actiris=True)
    assert InformationGiven.objects.count() == 1


@pytest.mark.parametrize(
    ("on", "other", "said"),
    [
        ("2025-01-11", {}, "still to come"),
        (ON, {"version": "9"}, "no text '9'"),
        (ON, {"language": "de"}, "nl, fr, en"),
        ("1999-12-31", {}, "given since 2000-01-01"),
    ],
)
def test_what_can_not_have_been_told_is_refused(
    world: World, on: str, other: dict[str, str], said: str
) -> None:
    with pytest.raises(NotInformed, match=said):
        told(world, on, **other)
    assert not InformationGiven.objects.exists()


def test_the_text_in_force_on_the_day_stood_on_the_form(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = Text("2", date(2025, 1, 5), "test", "assumption", "nieuw", "nouveau", "new")
    both = (*texts(), second)
    monkeypatch.setattr(informing, "texts", lambda: both)
    assert [text_on(day(on)).version for on in ("1999-01-01", "2025-01-04", "2025-01-05")] == ["1", "1", "2"]
    form_of(world, informed_of_actiris=True, completed_on=day("2025-01-04"))
    form_of(world, informed_of_actiris=True, unit=world.brug, completed_on=day("2025-01-05"))
    assert list(InformationGiven.objects.order_by("pk").values_list("version", flat=True)) == ["1", "2"]


def test_what_was_recorded_is_never_changed(world: World) -> None:
    given = told(world)
    for change in (
        lambda: InformationGiven.objects.filter(pk=given.pk).update(language="fr"),
        InformationGiven.objects.all().delete,
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
