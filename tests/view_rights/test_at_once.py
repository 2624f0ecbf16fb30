"""Two at once on the same dossier: one after the other, each seeing the other's result (real processes)."""

from pathlib import Path

from tests.shell import Shell
from tests.view_rights.processes import at_once, small_register

CONSENT = "C1,K1,OE1,training,form,2025-01-10,,,\n"
THE_DOSSIER = """
from inzage.dossiers.models import Dossier
from inzage.partners.models import Service, Unit
dossier = Dossier.objects.get()
"""
CLOSE_ACTIVITY = """
from inzage.dossiers.models import Activity
from inzage.view_rights.registering import Actor, close
close(Activity.objects.get(source_id=sys.argv[1]).pk, on=date(2025, 3, 1), actor=Actor(origin))
"""
FORM = """
from inzage.consents.models import ConsentForm
from inzage.rules.names import Purpose, Route
from inzage.view_rights.consenting import Asked, ask_right, take_in
from inzage.view_rights.granting import NotGranted, grant_by_form
asked = Asked(Unit.objects.get(oe_number="OE1"), Route.FORM, Purpose.TRAINING)
"""
NEW_FORM = """
form = ask_right(dossier.pk, asked, origin=origin).pk
take_in(form, completed_on=date(2025, 3, 1), origin=origin)
"""
SAME_FORM = """
form = ConsentForm.objects.first() or ask_right(dossier.pk, asked, origin=origin)
form = take_in(form.pk, completed_on=date(2025, 3, 1), origin=origin).pk
"""
GRANT = """
try:
    print("right", grant_by_form(form, origin=origin).pk)
except NotGranted as refused:
    print(refused.refusal)
"""
ASSIGN = """
from inzage.view_rights.assigning import NotAssigned, assign
unit, service = Unit.objects.get(oe_number=sys.argv[1]), Service.objects.get(code="TIBB4")
try:
    assign(dossier.pk, unit, service, on=date(2025, 3, 1), origin=origin)
    print("owner")
except NotAssigned:
    print("refused")
"""


def test_the_two_last_activities_of_one_right_closed_at_the_same_moment(shell: Shell, tmp_path: Path) -> None:
    running = "".join(f"X{number},K1,OE1,training,Lassen,,,,2025-01-15,,\n" for number in (1, 2))
    small_register(shell, tmp_path / "files", consents=CONSENT, activities=running)
    at_once(shell, "", CLOSE_ACTIVITY, "X1", "X2")
    (right,) = shell.rights(on="2025-03-01")
    assert (right["last_day"], right["rule"]) == ("2025-09-01", "closing.executor")
    assert str(shell.asked("SELECT last_day FROM view_rights_viewright")) == "2025-09-01"
    assert shell.run("prove", "--processes", "1")[0] == 0


def test_one_form_granted_twice_at_the_same_moment_grants_once(shell: Shell, tmp_path: Path) -> None:
    small_register(shell, tmp_path / "files")
    said = at_once(shell, THE_DOSSIER + FORM + SAME_FORM, GRANT, "1", "2")
    assert sorted(said) == ["already_handled", "right 1"]
    assert shell.asked("SELECT count(*) FROM view_rights_grant") == 1
    assert shell.asked("SELECT count(*) FROM notices_notice") == 1


def test_two_forms_granted_at_the_same_moment_make_one_right_with_two_grounds(
    shell: Shell, tmp_path: Path
) -> None:
    small_register(shell, tmp_path / "files")
    said = at_once(shell, THE_DOSSIER + FORM + NEW_FORM, GRANT, "1", "2")
    assert said == ["right 1", "right 1"]
    assert shell.asked("SELECT count(*) FROM view_rights_viewright") == 1
    assert shell.asked("SELECT count(*) FROM view_rights_grant WHERE right_id = 1") == 2


def test_of_two_owners_assigned_at_the_same_moment_one_is_refused(shell: Shell, tmp_path: Path) -> None:
    small_register(shell, tmp_path / "files")
    said = at_once(shell, THE_DOSSIER, ASSIGN, "OE1", "OE2")
    assert sorted(said) == ["owner", "refused"]
    assert shell.asked("SELECT count(*) FROM dossiers_assignment") == 1


DEATH = """
from inzage.view_rights.ending import record_death
from inzage.view_rights.assigning import assign
from inzage.view_rights.granting import NotGranted
unit, service = Unit.objects.get(oe_number="OE1"), Service.objects.get(code="TIBB4")
try:
    if sys.argv[1] == "death":
        record_death(dossier.pk, deceased_on=date(2025, 3, 1), origin=origin)
    else:
        assign(dossier.pk, unit, service, on=date(2025, 3, 1), origin=origin)
    print("done")
except NotGranted as refused:
    print(refused.refusal)
"""
RENAMED = """
from inzage.dossiers.models import Client
from django.db import transaction
from inzage.view_rights.catching_up import locked
from inzage.view_rights.ending import record_death
from inzage.view_rights.recording import record
with transaction.atomic():
    if sys.argv[1] == "death":
        record_death(dossier.pk, deceased_on=date(2025, 3, 1), origin=origin)
    else:
        client = locked(dossier.pk, origin=origin).client
        client.family_name = "Gecorrigeerd"
        record(client, holds_from=date(2025, 3, 1), origin=origin)
print("done")
"""
SENT_BACK_OR_WITHDRAWN = """
from inzage.view_rights.consenting import send_back
from inzage.view_rights.withdrawing import withdraw
form = ConsentForm.objects.earliest("pk").pk
if sys.argv[1] == "send back":
    send_back(form, remark="Vul de dag in", origin=origin)
else:
    withdraw(form, withdrawn_on=date(2025, 3, 1), origin=origin)
print("done")
"""
INCOMPLETE = """
ConsentForm.objects.exists() or ask_right(dossier.pk, asked, origin=origin)
"""


def test_a_death_and_an_assignment_at_the_same_moment_leave_no_open_right(
    shell: Shell, tmp_path: Path
) -> None:
    small_register(shell, tmp_path / "files")
    said = at_once(shell, THE_DOSSIER, DEATH, "death", "assignment")
    assert said in (["done", "done"], ["done", "deceased"])
    assert shell.asked("SELECT count(*) FROM view_rights_viewright WHERE closed_on IS NULL") == 0


def test_a_name_and_a_death_entered_at_the_same_moment_are_both_kept(shell: Shell, tmp_path: Path) -> None:
    small_register(shell, tmp_path / "files")
    at_once(shell, THE_DOSSIER, RENAMED, "death", "name")
    kept = (
        "SELECT count(*) FROM dossiers_client WHERE family_name = 'Gecorrigeerd' AND deceased_on IS NOT NULL"
    )
    assert shell.asked(kept) == 1


def test_a_form_sent_back_and_withdrawn_at_the_same_moment_keeps_both(shell: Shell, tmp_path: Path) -> None:
    small_register(shell, tmp_path / "files")
    at_once(shell, THE_DOSSIER + FORM + INCOMPLETE, SENT_BACK_OR_WITHDRAWN, "send back", "withdraw")
    kept = "SELECT count(*) FROM consents_consentform WHERE remark = 'Vul de dag in' AND withdrawn_on IS NOT NULL"
    assert shell.asked(kept) == 1
