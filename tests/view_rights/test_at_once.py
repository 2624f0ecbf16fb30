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
