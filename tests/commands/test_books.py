"""The rule books in the shell: which there are, how each stands, and what one says."""

from datetime import timedelta
from hashlib import sha256

import pytest

from inzage.rule_books.in_force import books
from inzage.rule_books.models import Proposal
from inzage.rule_books.publishing import approve, keep_draft, propose_migration, refuse, take_back
from inzage.rules.reading_books import packaged_texts
from tests.commands.conftest import Typed
from tests.portal.books import by, propose, propose_and_approve
from tests.rules.drafts import without_a_gap
from tests.rules.test_book_terms import BOOK
from tests.world import World, day

TODAY = day("2026-02-03")
STARTS = day("2026-03-01")
TEXT = without_a_gap(BOOK.replace("2020-01-01", str(STARTS)))


def line_of(shell: Typed, name: str) -> str:
    code, out, _err = shell("books")
    assert code == 0
    return next(line for line in out.splitlines() if line.endswith(name))


def test_the_packaged_book_is_listed_with_its_day_and_hash(world: World, shell: Typed) -> None:
    for name, text in packaged_texts().items():
        assert line_of(shell, name).split()[:2] == [
            name.removesuffix(".toml"),
            sha256(text.encode()).hexdigest()[:12],
        ]


def _proposed() -> Proposal:
    return propose(TEXT, on=TODAY, name="maart")


def test_each_stage_of_a_book_is_said(world: World, shell: Typed) -> None:
    shell.today(str(TODAY))
    draft = keep_draft(TEXT, "maart", origin=by("person:0", TODAY))
    assert "draft" in line_of(shell, "maart")
    refused = _proposed()
    assert "proposed" in line_of(shell, "maart")
    refuse(refused, "Nee", origin=by("person:-1", TODAY))
    assert "refused" in line_of(shell, "maart")
    approved = propose_and_approve(TEXT, on=TODAY, name="maart")
    assert "approved" in line_of(shell, "maart")
    moving = propose_migration(draft, STARTS, {"earlier": 1}, origin=by("person:0", TODAY))
    assert "approved; moving terms on 2026-03-01: proposed" in line_of(shell, "maart")
    approve(moving, origin=by("person:-1", TODAY))
    shell.today(str(STARTS))
    assert "in force; moving terms on 2026-03-01: in force" in line_of(shell, "maart")
    take_back(moving, "Nee", origin=by("person:0", TODAY))
    take_back(approved, "Nee", origin=by("person:0", TODAY))
    assert "taken back" in line_of(shell, "maart")


@pytest.mark.parametrize(("by_whom", "said"), [("person:0", "proposal taken back"), ("person:-1", "refused")])
def test_a_no_of_who_proposed_it_takes_it_back_and_another_s_refuses_it(
    world: World, shell: Typed, by_whom: str, said: str
) -> None:
    shell.today(str(TODAY))
    refuse(_proposed(), "Nee", origin=by(by_whom, TODAY))
    assert f"  {said} " in line_of(shell, "maart")


def test_a_move_is_taken_back_by_who_proposed_it(world: World, shell: Typed) -> None:
    shell.today(str(TODAY))
    draft = propose_and_approve(TEXT, on=TODAY, name="maart").draft
    moving = propose_migration(draft, STARTS, {"earlier": 1}, origin=by("person:0", TODAY))
    refuse(moving, "Nee", origin=by("person:0", TODAY))
    assert "approved; moving terms on 2026-03-01: proposal taken back" in line_of(shell, "maart")


def test_what_nobody_decided_has_lapsed(world: World, shell: Typed) -> None:
    _proposed()
    shell.today(str(STARTS - timedelta(days=1)))
    assert "proposed" in line_of(shell, "maart")
    shell.today(str(STARTS))
    assert "lapsed" in line_of(shell, "maart")


def test_a_book_is_shown_rule_by_rule_or_as_it_was_written(world: World, shell: Typed) -> None:
    propose_and_approve(TEXT, on=TODAY)
    code, out, _err = shell("book", "show", str(STARTS), "--lang", "en")
    assert code == 0
    for rule in books().version(str(STARTS)).every_rule():
        assert rule.id in out
        assert rule.source in out
    assert "closing.owner.SIF.not_started [unknown]" in out
    assert (
        "Longest trajectory under service SIF, a signal that closes nothing\n    12 months\n    a subsidy"
        in out
    )
    assert shell("book", "show", str(STARTS), "--text") == (0, TEXT, "")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "Langste traject onder service ACT, een signaal dat niets sluit [aanname, niet nagekeken]"),
        (
            "fr",
            "Parcours le plus long sous le service ACT, un signal qui ne clôture rien [hypothèse, non vérifiée]",
        ),
    ],
)
def test_a_book_is_shown_wholly_in_the_language_asked_for(
    world: World, shell: Typed, language: str, said: str
) -> None:
    _code, out, _err = shell("book", "show", "2000-01-01", "--lang", language)
    assert said in out
    assert "not verified" not in out
    assert "longest trajectory" not in out


@pytest.mark.parametrize("version", ["2026-03-02", "maart"])
def test_a_book_that_is_not_there_leaves_with_two(world: World, shell: Typed, version: str) -> None:
    code, out, err = shell("book", "show", version)
    assert (code, out) == (2, "")
    assert version in err
