"""What is put together at the start: the adapters are above those who need what they read."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Hands the quarantine how each source's messages are read and carried out; and keeps people out of the log."""

    name = "inzage.project"

    def ready(self) -> None:
        """Once everything is loaded."""
        from inzage.adapters.ibis import wording
        from inzage.adapters.vdab import wire as vdab
        from inzage.project import logs
        from inzage.view_rights import quarantine, training_records, training_requests, vdab_events

        logs.without_values()
        quarantine.APPLY[training_records.SOURCE] = training_requests.applying(wording.read)
        quarantine.APPLY[vdab_events.SOURCE] = vdab_events.applying(vdab.told_in)
