"""That a client was told of Actiris: rows that are only added (S08)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from inzage.dossiers.models import Dossier
from inzage.partners.models import Unit

LANGUAGES = ("nl", "fr", "en")


class InformationGiven(models.Model):
    """A client was told of the exchange with Actiris: by a unit, or by the desk (`unit` empty). Rows are only added.

    `form` is the form on which it stood, where that is how we know it. What a form turned out not to say is taken back
    by a row of its own.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="information_given")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True)
    form = models.ForeignKey("consents.ConsentForm", on_delete=models.PROTECT, null=True)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=2, choices=[(language, language) for language in LANGUAGES])
    given_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)
    source = models.CharField(max_length=40)
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="taken_back_by"
    )

    class Meta:
        verbose_name_plural = "information given"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="information_language_known", condition=Q(language__in=list(LANGUAGES))
            ),
            models.CheckConstraint(name="information_names_its_version", condition=~Q(version="")),
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.language}) {self.given_on}"
