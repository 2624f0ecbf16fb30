"""Who came both at work and as a citizen was one person with one role, and is two: what is at work stays as it is."""

from typing import Any, ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

CLIENT, COUNSELLOR = "client", "counsellor"


def set_apart(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Give the citizen a row of his or her own, with the account; the sessions of both end."""
    for account in apps.get_model("dossiers", "ClientAccount").objects.select_related("person"):
        person = account.person
        role = _role_at_work(apps, person)
        if not role:
            continue
        _end_sessions(apps, person)
        if person.role != role:
            person.role = role
            person.save(update_fields=["role"])
        account.person = apps.get_model("partners", "Person").objects.create(
            issuer=person.issuer, subject=person.subject, name=person.name, role=CLIENT
        )
        account.save(update_fields=["person"])


def _role_at_work(apps: StateApps, person: Any) -> str:
    """The one now, or the last one that was recorded; a counsellor's, of who works for a unit; empty without any."""
    if person.role != CLIENT:
        return str(person.role)
    versions = apps.get_model("partners", "PersonVersion").objects.filter(person=person)
    recorded = versions.exclude(role=CLIENT).order_by("pk").values_list("role", flat=True).last()
    member = apps.get_model("partners", "Membership").objects.filter(person=person).exists()
    return str(recorded or (COUNSELLOR if member else ""))


def _end_sessions(apps: StateApps, person: Any) -> None:
    begun = apps.get_model("partners", "SignIn").objects.filter(person=person)
    keys = list(begun.values_list("session_id", flat=True))
    begun.delete()
    apps.get_model("sessions", "Session").objects.filter(pk__in=keys).delete()


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("dossiers", "0007_lines_to_start"),
        ("partners", "0007_who_comes_in_which_capacity"),
        ("sessions", "0001_initial"),
    ]
    operations: ClassVar = [migrations.RunPython(set_apart, migrations.RunPython.noop)]
