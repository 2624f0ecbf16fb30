"""Consents: recorded at the mediator, or on a form that is asked for, taken in, sent back, granted or refused."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from inzage.consents.information import LANGUAGES, InformationGiven
from inzage.consents.objections import Objection, ObjectionVersion
from inzage.consents.papers import FormFile, FormSheet
from inzage.dossiers.models import Dossier, DossierFact
from inzage.journal.models import Version
from inzage.partners.models import Unit
from inzage.rules.granting import BRUSSELS
from inzage.rules.names import Purpose, Route

__all__ = [
    "ConsentForm",
    "ConsentFormVersion",
    "FormFile",
    "FormSheet",
    "FormState",
    "InformationGiven",
    "Objection",
    "ObjectionVersion",
]

DECLINED = "declined_by_client"
"""The remark on a form that was refused because the client said no: words for it stand with the pages."""
CONSENTED = "consent_recorded"
"""The remark on a request that another consent to the same has settled."""


class FormState(models.TextChoices):
    """Where a form is on its way."""

    ASKED = "asked"
    RECEIVED = "received"
    SENT_BACK = "sent_back"
    GRANTED = "granted"
    REFUSED = "refused"


class ConsentFormState(models.Model):
    """The columns of a consent and of its versions. `withdrawn_on` is the first day on which it no longer counts.

    `missing` lists what a form that was sent back lacks; `remark` says why it was sent back or refused.
    """

    purpose = models.CharField(max_length=10, choices=[(purpose, purpose) for purpose in Purpose])
    route = models.CharField(max_length=15, choices=[(route, route) for route in Route])
    completed_on = models.DateField(null=True)
    granted_on = models.DateField(null=True)
    informed_of_actiris = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=FormState)
    missing = models.JSONField(default=list)
    remark = models.TextField(blank=True)

    class Meta:
        abstract = True


class ConsentForm(DossierFact, ConsentFormState):
    """A client's consent for one unit and purpose (S04), on whichever route. A signature is not asked (S05).

    `asked_by` is the unit that asked it, possibly for another organisation (S03). `language` is the one that the
    client chose for this matter, on screen; empty where nothing was chosen. It is kept nowhere else.
    """

    asked_by = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="forms_asked")
    activity_title = models.CharField(max_length=200, blank=True)
    language = models.CharField(
        max_length=2,
        blank=True,
        default="",
        db_default="",
        choices=[(language, language) for language in LANGUAGES],
    )
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["dossier", "unit"], name="consent_by_dossier"),
            models.Index(fields=["changed_at"], name="forms_to_handle", condition=Q(state="received")),
            models.Index(fields=["changed_at"], name="forms_asked_in_turn", condition=Q(state="asked")),
            models.Index(
                fields=["changed_at"], name="forms_sent_back_in_turn", condition=Q(state="sent_back")
            ),
            models.Index(
                fields=["dossier"],
                name="forms_under_way",
                condition=Q(state__in=["received", "asked", "sent_back"]),
            ),
            models.Index(
                fields=["asked_by", "state"], name="forms_asked_by", condition=Q(asked_by__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="consent_route_known", condition=Q(route__in=[str(route) for route in Route])
            ),
            models.CheckConstraint(
                name="consent_purpose_known", condition=Q(purpose__in=[str(purpose) for purpose in Purpose])
            ),
            models.CheckConstraint(name="form_state_known", condition=Q(state__in=FormState.values)),
            models.CheckConstraint(name="form_language_known", condition=Q(language__in=["", *LANGUAGES])),
            models.CheckConstraint(
                name="granted_not_before_completion",
                condition=Q(granted_on=None) | Q(completed_on=None) | Q(granted_on__gte=F("completed_on")),
            ),
            models.CheckConstraint(name="refused_with_reason", condition=~Q(state="refused") | ~Q(remark="")),
            models.CheckConstraint(
                name="granted_only_when_complete",
                condition=~Q(state="granted") | Q(completed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="brussels_form_granted_informed",
                condition=~Q(state="granted")
                | ~Q(route__in=sorted(map(str, BRUSSELS)))
                | Q(informed_of_actiris=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.route} {self.purpose}"

    @property
    def grants_on(self) -> date | None:
        """The day on which this consent grants, once it may."""
        return self.granted_on or self.completed_on


class ConsentFormVersion(Version, ConsentFormState):
    """What a consent was from `recorded_at` on."""

    form = models.ForeignKey(ConsentForm, on_delete=models.PROTECT, db_index=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False, db_constraint=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["dossier"], name="consent_form_versions")]
