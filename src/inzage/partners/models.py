"""Organisations, their units (OE), the people who work with dossiers, and the services that are assigned."""

from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from inzage.journal.expressions import HasCheckDigits
from inzage.partners.numbers import Contract, Course
from inzage.partners.sign_ins import SignIn, UsedLogoutToken
from inzage.partners.versions import OrganisationCodeVersion, PersonVersion

__all__ = [
    "Contract",
    "Course",
    "Membership",
    "OrganisationCodeVersion",
    "Partner",
    "Person",
    "PersonVersion",
    "Service",
    "SignIn",
    "Unit",
    "UsedLogoutToken",
]


class Partner(models.Model):
    """An enterprise (KBO). It gives nothing to its units: rights belong to units alone (S03)."""

    kbo_number = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="kbo_number_well_formed", condition=HasCheckDigits("kbo_number", 8)),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """An organisational unit (OE) of a partner: the holder of view rights (S03).

    `organisation_code` is how the identity provider names its organisation where that is not the partner's KBO number:
    a school number, or an OVO code.
    """

    class Kind(models.TextChoices):
        PARTNER = "partner"
        SCHOOL = "school"
        PROMOTER = "promoter"
        OCMW = "ocmw"

    oe_number = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="units")
    kind = models.CharField(max_length=10, choices=Kind)
    email = models.EmailField(max_length=200, blank=True)
    organisation_code = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="unit_kind_known", condition=Q(kind__in=["partner", "school", "promoter", "ocmw"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.oe_number})"

    def is_of(self, code: str) -> bool:
        """Whether the identity provider knows its organisation by this code."""
        return code == self.organisation_code or (
            self.partner is not None and code == self.partner.kbo_number
        )


class Service(models.Model):
    """A service under which job-seekers are assigned; only a tendered one makes an owner (S02, S19)."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    tendered = models.BooleanField()

    def __str__(self) -> str:
        return self.code


class Person(AbstractBaseUser):
    """Somebody who signs in, in one capacity: at work or as a citizen. Has no password here.

    Issuer and subject, as the issuer gives them, say who it is. Whoever comes at work and as a citizen is two of these,
    which don't know each other: what was done in one capacity is signed by it, and changes nothing about the other.

    `language` is the one a member of staff chose for the pages and mails; of a client none is kept. The role at work is
    the one the provider gave at the last sign-in, unless it is kept here: then an administrator gave it.
    """

    class Role(models.TextChoices):
        COUNSELLOR = "counsellor"
        MEDIATOR = "mediator"
        BRUSSELS_DESK = "brussels_desk"
        CLIENT = "client"
        RULE_MANAGER = "rule_manager"
        DATA_PROTECTION_OFFICER = "protection"
        OPERATOR = "operator"
        ADMINISTRATOR = "administrator"

    class Language(models.TextChoices):
        DUTCH = "nl"
        FRENCH = "fr"
        ENGLISH = "en"

    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=Role)
    role_kept_here = models.BooleanField(default=False)
    email = models.EmailField(max_length=200, blank=True)
    language = models.CharField(max_length=2, choices=Language, blank=True)
    is_active = models.BooleanField(default=True)
    units = models.ManyToManyField(Unit, through="Membership", related_name="people")

    USERNAME_FIELD = "subject"
    objects = BaseUserManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject"], name="person_by_subject")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_person_at_work_per_subject",
                fields=["issuer", "subject"],
                condition=~Q(role="client"),
            ),
            models.UniqueConstraint(
                name="one_citizen_per_subject", fields=["issuer", "subject"], condition=Q(role="client")
            ),
            models.CheckConstraint(
                name="language_spoken_here", condition=Q(language__in=["", "nl", "fr", "en"])
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def signature(self) -> str:
        """How this person is named on versions and in the log: stable, and no name."""
        return f"person:{self.pk}"

    @cached_property
    def works_for(self) -> "list[Membership]":
        """Where this person works, by the name of the unit; read once for each time the person is."""
        return list(self.memberships.select_related("unit__partner").order_by("unit__name", "unit__pk"))

    @property
    def handles_forms(self) -> bool:
        """Mediators and the Brussels desk register and grant (S06, S11)."""
        return self.role in (self.Role.MEDIATOR, self.Role.BRUSSELS_DESK)


class Membership(models.Model):
    """A person works for a unit; who `manages` it also sees its people and its figures."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="memberships")
    manages = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "unit"], name="one_membership_per_unit")
        ]

    def __str__(self) -> str:
        return f"{self.person} @ {self.unit}"
