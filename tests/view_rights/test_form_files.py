"""A file comes in with a form: what was filled in counts, a scan waits to be looked at, nothing is half done (S05)."""

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from inzage.consents import informing
from inzage.consents.form_files import storing
from inzage.consents.form_files.apart import Inspected
from inzage.consents.form_pdf.finishing import CODE_FIELD
from inzage.consents.form_pdf.giving_out import give_out
from inzage.consents.informing import Text, texts
from inzage.consents.models import ConsentForm, FormFile, FormSheet, InformationGiven
from inzage.notices.models import Notice
from inzage.partners.models import Unit
from inzage.rules.granting import Refusal, missing_from
from inzage.rules.names import Purpose, Route
from inzage.view_rights import form_files
from inzage.view_rights.consenting import Asked, ask_right, refuse, send_back, take_in
from inzage.view_rights.form_files import NotTaken, add_file
from inzage.view_rights.granting import NotGranted, facts_of, grant_by_form
from tests.world import World, day, origin

ON = "2025-01-10"
BRUSSELS = [Route.BRUSSELS_FORM, Route.BRUSSELS_IBIS]


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where the files of this test lie."""
    settings.FORM_FILES = tmp_path / "files"
    settings.BRUSSELS_MAILBOX = settings.BRUSSELS_IBIS_MAILBOX = "form@brussel.example"
    return tmp_path / "files"


def asked(world: World, route: Route = Route.FORM, **other: Any) -> ConsentForm:
    """Spoor asks a right on Piet's dossier."""
    question = Asked(world.spoor, route, Purpose.TRAINING, by=world.spoor)
    return ask_right(other.get("dossier", world.piet).pk, question, origin=origin(ON))


def filled(form: ConsentForm, *, language: str = "nl", data: bytes = b"%PDF-1.7", **fields: str) -> Inspected:
    """Our form as it comes back, with these fields."""
    sheet = give_out(form, language, origin=origin(ON))
    return Inspected(data, "application/pdf", {CODE_FIELD: sheet.code, **fields})


def scan(data: bytes = b"\xff\xd8\xff", content_type: str = "image/jpeg") -> Inspected:
    """A picture of paper."""
    return Inspected(data, content_type, {})


def deliver(form: ConsentForm, file: Inspected, *, by: Unit | None, on: str = ON) -> FormFile:
    """Spoor, or the desk, adds the file; the form is as it is then."""
    added = add_file(form.pk, file, by=by, origin=origin(on))
    form.refresh_from_db()
    return added


@pytest.mark.parametrize("route", [Route.FORM, *BRUSSELS])
@pytest.mark.parametrize("completed_on", ["", "09/01/2025"])
@pytest.mark.parametrize("informed", ["/Off", "/on"])
def test_what_is_missing_is_what_the_rules_miss_in_what_was_filled_in(
    world: World, route: Route, completed_on: str, informed: str
) -> None:
    form = asked(world, route)
    added = deliver(form, filled(form, completed_on=completed_on, informed=informed), by=world.spoor)
    facts = facts_of(form)._replace(
        completed_on=day("2025-01-09") if completed_on else None, informed_of_actiris=informed == "/on"
    )
    assert added.missing == [str(part) for part in missing_from(facts)]
    assert (form.state, form.completed_on) == ("received", facts.completed_on)
    assert added.kind == FormFile.Kind.FILLED


def test_a_form_filled_in_whole_can_be_granted_at_once(world: World) -> None:
    form = asked(world)
    deliver(form, filled(form, completed_on="09/01/2025", name="Piet Verzonnen"), by=world.spoor)
    assert grant_by_form(form.pk, origin=origin(ON)).unit == world.spoor


@pytest.mark.parametrize("route", BRUSSELS)
def test_a_brussels_form_records_what_the_client_was_told_with_the_text_that_stood_on_it(
    world: World, route: Route, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = asked(world, route)
    file = filled(form, language="fr", completed_on="10/01/2025", informed="/on")
    newer = Text("2", day("2025-01-05"), "S08", "assumption", "nl", "fr", "en")
    monkeypatch.setattr(informing, "texts", lambda: (*texts(), newer))
    deliver(form, file, by=world.spoor)
    given = InformationGiven.objects.get()
    assert (given.version, given.language, given.given_on, given.unit) == (
        "1",
        "fr",
        day("2025-01-10"),
        world.spoor,
    )
    assert Notice.objects.get(kind="received").mail_to == "form@brussel.example"


def test_at_the_desk_a_file_is_taken_in_without_a_mail_to_the_desk(world: World) -> None:
    form = asked(world, Route.BRUSSELS_FORM)
    added = deliver(form, filled(form, completed_on="10/01/2025"), by=None)
    assert (form.state, added.uploaded_for) == ("received", None)
    assert not Notice.objects.filter(kind="received").exists()


@pytest.mark.parametrize("route", [Route.FORM, *BRUSSELS])
def test_a_scan_makes_a_form_received_and_says_nothing_of_what_is_on_it(world: World, route: Route) -> None:
    form = asked(world, route)
    added = deliver(form, scan(), by=world.spoor)
    assert (form.state, form.completed_on, form.informed_of_actiris) == ("received", None, False)
    assert (added.kind, added.sheet, added.other_name) == (FormFile.Kind.SCAN, None, False)
    assert "completed_on" in added.missing


def test_what_is_left_empty_stays_as_it_was_known(world: World) -> None:
    form = asked(world, Route.BRUSSELS_FORM)
    take_in(form.pk, completed_on=day("2025-01-08"), informed_of_actiris=True, origin=origin(ON))
    deliver(form, filled(form, completed_on="", informed="/Off"), by=world.spoor)
    assert (form.completed_on, form.informed_of_actiris) == (day("2025-01-08"), True)
    deliver(form, scan(), by=world.spoor)
    assert (form.completed_on, form.informed_of_actiris) == (day("2025-01-08"), True)
    deliver(form, filled(form, completed_on="09/01/2025", data=b"%PDF-1.6"), by=world.spoor)
    assert form.completed_on == day("2025-01-09")


def test_a_form_that_was_sent_back_lies_at_the_desk_again(world: World) -> None:
    form = asked(world)
    take_in(form.pk, completed_on=None, origin=origin(ON))
    send_back(form.pk, origin=origin(ON))
    deliver(form, filled(form, completed_on="10/01/2025"), by=world.spoor)
    assert (form.state, form.missing) == ("received", [])


def refused(form: ConsentForm, file: Inspected, *, by: Unit | None) -> str:
    """Why the file is not taken, and that nothing came of it."""
    before, files = ConsentForm.objects.filter(pk=form.pk).values().get(), FormFile.objects.count()
    with pytest.raises((NotTaken, NotGranted)) as caught, transaction.atomic():
        add_file(form.pk, file, by=by, origin=origin(ON))
    assert ConsentForm.objects.filter(pk=form.pk).values().get() == before
    assert FormFile.objects.count() == files
    return str(getattr(caught.value, "reason", "") or getattr(caught.value, "refusal", ""))


def test_a_form_of_another_request_is_refused_whosever_it_is(world: World, folder: Path) -> None:
    form, others, same_client = asked(world), asked(world, dossier=world.an), asked(world)
    for other in (others, same_client):
        assert refused(form, filled(other, completed_on="10/01/2025"), by=world.spoor) == "other_form"
        assert refused(form, filled(other, completed_on="10/01/2025"), by=None) == "other_form"
    for code in ("", "K7QM-2XRD-9PWV-3HTB", filled(form).fields[CODE_FIELD][:-1]):
        assert refused(form, filled(form)._replace(fields={CODE_FIELD: code}), by=world.spoor) == "other_form"
    assert not folder.exists()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("gisteren", "no_day"), ("31/02/2025", "no_day"), ("31/12/1899", "no_day"), ("11/01/2025", "to_come")],
)
def test_a_day_that_can_not_be_is_refused_and_nothing_is_guessed(
    world: World, typed: str, reason: str
) -> None:
    form = asked(world)
    assert refused(form, filled(form, completed_on=typed), by=world.spoor) == reason


def test_today_and_the_first_day_of_1900_are_days(world: World) -> None:
    form = asked(world)
    deliver(form, filled(form, completed_on="10/01/2025"), by=world.spoor)
    assert form.completed_on == day(ON)
    deliver(form, filled(form, completed_on="01/01/1900", data=b"%PDF-1.6"), by=world.spoor)
    assert form.completed_on == day("1900-01-01")


def test_the_same_file_twice_does_nothing_twice(world: World, folder: Path) -> None:
    form, other = asked(world, Route.BRUSSELS_FORM), asked(world)
    file = filled(form, completed_on="10/01/2025")
    deliver(form, file, by=world.spoor)
    assert refused(form, file, by=world.spoor) == "again"
    assert refused(form, file._replace(fields={}), by=None) == "again"
    assert Notice.objects.filter(kind="received").count() == 1
    assert len(list(folder.iterdir())) == 1
    assert deliver(other, file._replace(fields={}), by=world.spoor).form == other


def test_a_form_has_as_many_files_as_fit_and_not_one_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_files, "MOST_FILES", 2)
    form, other = asked(world), asked(world)
    for data in (b"\xff\xd8\xff1", b"\xff\xd8\xff2"):
        deliver(form, scan(data), by=world.spoor)
    assert refused(form, scan(b"\xff\xd8\xff3"), by=world.spoor) == "many"
    assert deliver(form, scan(b"\xff\xd8\xff4"), by=None).form == form  # the desk has its own
    assert deliver(other, scan(b"\xff\xd8\xff3"), by=world.spoor).form == other


@pytest.mark.parametrize("how", ["granted", "refused"])
def test_after_it_was_handled_only_the_desk_adds_to_a_form_and_nothing_changes_by_it(
    world: World, how: str
) -> None:
    form = asked(world)
    take_in(form.pk, completed_on=day(ON), origin=origin(ON))
    if how == "granted":
        grant_by_form(form.pk, origin=origin(ON))
    else:
        refuse(form.pk, reason="verkeerd", origin=origin(ON))
    assert refused(form, scan(), by=world.spoor) == Refusal.ALREADY_HANDLED
    before = ConsentForm.objects.filter(pk=form.pk).values().get()
    deliver(form, filled(form, completed_on="01/01/2025"), by=None)
    assert ConsentForm.objects.filter(pk=form.pk).values().get() == before


@pytest.mark.parametrize(
    ("typed", "is_other"),
    [
        ("", False),
        ("Piet Verzonnen", False),
        ("VERZONNEN, piet", False),
        ("verzonnen PÏET Jan", False),
        ("Piet", True),
        ("Verzonnen", True),
        ("An Verzonnen", True),
    ],
)
def test_a_name_that_is_not_the_clients_is_marked_for_the_desk(
    world: World, typed: str, is_other: bool
) -> None:
    form = asked(world)
    assert deliver(form, filled(form, name=typed), by=world.spoor).other_name is is_other


def test_a_file_lies_under_a_name_that_tells_nothing_for_its_owner_only(world: World, folder: Path) -> None:
    added = deliver(asked(world), scan(), by=world.spoor)
    (path,) = folder.iterdir()
    assert path.name == added.stored_as
    assert "K1" not in path.name
    assert (path.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    assert (storing.bytes_of(added), added.size) == (scan().data, len(scan().data))


@pytest.mark.parametrize("becomes", [None, b"\xff\xd8\xfe"])
def test_a_file_that_is_gone_or_was_changed_is_not_given_out(
    world: World, folder: Path, becomes: bytes | None
) -> None:
    added = deliver(asked(world), scan(), by=world.spoor)
    path = folder / added.stored_as
    path.unlink() if becomes is None else path.write_bytes(becomes)
    with pytest.raises(storing.Lost):
        storing.bytes_of(added)


def test_no_row_stands_where_the_file_could_not_be_written(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    form = asked(world)
    (tmp_path / "file").write_text("in the way")
    settings.FORM_FILES = tmp_path / "file"
    with pytest.raises(OSError, match="file"), transaction.atomic():
        add_file(form.pk, scan(), by=world.spoor, origin=origin(ON))
    form.refresh_from_db()
    assert (form.state, FormFile.objects.count()) == ("asked", 0)


def test_a_form_is_given_out_under_one_code_in_each_language(world: World) -> None:
    form, other = asked(world), asked(world, dossier=world.an)
    codes = [
        give_out(each, language, origin=origin(ON)).code
        for each in (form, other)
        for language in ("nl", "fr")
    ]
    assert len(set(codes)) == len(codes)
    assert give_out(form, "nl", origin=origin(ON)).code == codes[0]
    assert not [code for code in codes if form.dossier.client.insz in code]


def test_sheets_and_files_can_only_be_added(world: World) -> None:
    form = asked(world)
    added = deliver(form, filled(form), by=world.spoor)
    assert added.sheet is not None
    for table in ("consents_formfile", "consents_formsheet"):
        for statement in (f"UPDATE {table} SET form_id = form_id", f"DELETE FROM {table}"):
            with (
                pytest.raises(DatabaseError, match="append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
    assert (FormFile.objects.count(), FormSheet.objects.count()) == (1, 1)
