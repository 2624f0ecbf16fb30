"""Who asked that a right is restored gets the answer by mail, in the own language, with nothing of a client (S12)."""

from typing import Any

import pytest
from django.utils.translation import override

from inzage.notices.models import OfficialMail
from inzage.notices.officials import LINES, SUBJECTS, TO_READ_THE_ANSWER, send_to_officials
from inzage.partners.models import Person
from inzage.view_rights import ending
from inzage.view_rights.held import Restoration
from inzage.view_rights.restoring import (
    NotRestored,
    approve_restoration,
    ask_restoration,
    refuse_restoration,
)
from tests.world import World, noon, origin

ASKED, ANSWERED = "2025-03-05", "2025-03-06"


@pytest.fixture
def mira(world: World) -> Person:
    return Person.objects.create(
        issuer="test",
        subject="mira",
        name="Mira",
        role=Person.Role.MEDIATOR,
        email="mira@a.example",
        language="fr",
    )


def asked(world: World, by: Person | None) -> Restoration:
    right = ending.revoke(world.grant("2025-01-10").pk, origin=origin("2025-03-01"))
    signature = by.signature if by else "system:import"
    return ask_restoration(right.pk, "Verkeerde klant gekozen.", origin=origin(ASKED, by=signature))


def answered(request: Restoration, *, yes: bool, by: str = "person:0") -> None:
    now = origin(ANSWERED, by=by)
    if yes:
        approve_restoration(request, origin=now)
    else:
        refuse_restoration(request, "Het was geen vergissing van Piet.", origin=now)


def sent(mailoutbox: list[Any]) -> list[Any]:
    """What goes out on the day of the answer, once."""
    send_to_officials(noon(ANSWERED))
    assert send_to_officials(noon(ANSWERED)) == 0
    return mailoutbox


@pytest.mark.parametrize("yes", [True, False])
def test_the_answer_is_told_in_the_language_of_who_asked(
    world: World, mira: Person, mailoutbox: list[Any], yes: bool
) -> None:
    answered(asked(world, mira), yes=yes)
    (mail,) = sent(mailoutbox)
    kind = OfficialMail.Kind.RESTORED if yes else OfficialMail.Kind.NOT_RESTORED
    with override("fr"):
        said = [str(SUBJECTS[kind]), str(LINES[kind]), str(TO_READ_THE_ANSWER)]
    with override("nl"):
        assert str(SUBJECTS[kind]) not in said
    assert (mail.to, mail.subject) == (["mira@a.example"], said[0])
    for sentence in said[1:]:
        assert sentence in mail.body
    assert "/herstel/" in mail.body


@pytest.mark.parametrize("yes", [True, False])
def test_the_mail_names_no_client_no_dossier_and_no_reason(
    world: World, mira: Person, mailoutbox: list[Any], yes: bool
) -> None:
    request = asked(world, mira)
    answered(request, yes=yes)
    (mail,) = sent(mailoutbox)
    client = request.right.dossier.client
    said = f"{mail.subject}\n{mail.body}\n{mail.alternatives[0].content}"
    named = (
        client.given_name,
        client.family_name,
        client.client_number,
        str(request.right.dossier.reference),
    )
    assert [each for each in (*named, request.reason, "vergissing") if each in said] == []


def test_a_rule_manager_who_asked_reads_it_on_the_same_page(
    world: World, mira: Person, mailoutbox: list[Any]
) -> None:
    request = asked(world, mira)
    Person.objects.filter(pk=mira.pk).update(role=Person.Role.RULE_MANAGER)
    answered(request, yes=True)
    assert "/herstel/" in sent(mailoutbox)[0].body


def test_an_own_request_taken_back_is_told_to_nobody(
    world: World, mira: Person, mailoutbox: list[Any]
) -> None:
    answered(asked(world, mira), yes=False, by=mira.signature)
    assert sent(mailoutbox) == []


@pytest.mark.parametrize(
    "change", [{"email": ""}, {"is_active": False}, {"role": Person.Role.COUNSELLOR}, {"role": "operator"}]
)
def test_who_has_no_address_left_or_does_other_work_is_not_told(
    world: World, mira: Person, mailoutbox: list[Any], change: dict[str, Any]
) -> None:
    request = asked(world, mira)
    Person.objects.filter(pk=mira.pk).update(**change)
    answered(request, yes=True)
    assert sent(mailoutbox) == []
    assert not OfficialMail.objects.exists()


def test_what_no_person_asked_is_told_to_nobody(world: World, mira: Person) -> None:
    answered(asked(world, None), yes=True)
    assert not OfficialMail.objects.exists()


def test_an_answer_that_is_refused_tells_nothing(world: World, mira: Person) -> None:
    request = asked(world, mira)
    with pytest.raises(NotRestored):
        answered(request, yes=True, by=mira.signature)
    assert not OfficialMail.objects.exists()
    answered(request, yes=True)
    with pytest.raises(NotRestored):
        answered(request, yes=False)
    assert OfficialMail.objects.count() == 1
