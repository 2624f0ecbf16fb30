"""What a person could do, and how a unit's organisation was known, from a moment on. Append-only."""

from typing import ClassVar

from django.db import models

from inzage.journal.models import Version


class PersonVersion(Version):
    """A person's access as it was after one change. `units` are the OE numbers, `managed` those of them it manages."""

    person = models.ForeignKey("partners.Person", on_delete=models.PROTECT, related_name="versions")
    role = models.CharField(max_length=20)
    role_kept_here = models.BooleanField()
    is_active = models.BooleanField()
    units = models.JSONField(default=list)
    managed = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "id"], name="versions_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} since {self.recorded_at}"


class OrganisationCodeVersion(Version):
    """How the identity provider was held to name a unit's organisation, after one change."""

    unit = models.ForeignKey("partners.Unit", on_delete=models.PROTECT, related_name="code_versions")
    organisation_code = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"{self.unit_id} since {self.recorded_at}"
