"""Forms on paper or as a file: what was given out to be filled in, and what came back (S05, S06, S11)."""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q

from inzage.consents.information import LANGUAGES

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Those that nobody takes for another one."""


GROUPS = GROUP = 4


def new_code() -> str:
    """A code that can't be guessed (78 bits) and can be read out: four groups of four signs."""
    return "-".join("".join(secrets.choice(SIGNS) for _sign in range(GROUP)) for _group in range(GROUPS))


class FormSheet(models.Model):
    """A form as it was given out: in which language, with which text about Actiris. Rows are only added.

    Its `code` stands on it and leads back to the form; that is all the sheet itself says about whose it is.
    """

    form = models.ForeignKey("consents.ConsentForm", on_delete=models.PROTECT, related_name="sheets")
    code = models.CharField(max_length=19, unique=True, default=new_code)
    language = models.CharField(max_length=2, choices=[(language, language) for language in LANGUAGES])
    text_version = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form", "language", "text_version"], name="one_sheet_per_language_and_text"
            ),
            models.CheckConstraint(name="sheet_language_known", condition=Q(language__in=list(LANGUAGES))),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} ({self.language})"


class FormFile(models.Model):
    """A file that came with a form. Rows are only added; the file lies under `stored_as` (form_files/storing.py).

    `missing` is what the form lacked once this file was taken in; `other_name` says that another name than the
    client's was filled in. `uploaded_for` is the unit that delivered it; empty for the desk.
    """

    class Kind(models.TextChoices):
        FILLED = "filled"
        SCAN = "scan"

    class ContentType(models.TextChoices):
        PDF = "application/pdf"
        PNG = "image/png"
        JPEG = "image/jpeg"

    form = models.ForeignKey("consents.ConsentForm", on_delete=models.PROTECT, related_name="files")
    sheet = models.ForeignKey(FormSheet, on_delete=models.PROTECT, null=True)
    kind = models.CharField(max_length=6, choices=Kind)
    content_type = models.CharField(max_length=20, choices=ContentType)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=40, unique=True)
    missing = models.JSONField(default=list)
    other_name = models.BooleanField(default=False)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=100)
    uploaded_for = models.ForeignKey("partners.Unit", on_delete=models.PROTECT, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "sha256"], name="a_file_once_with_a_form"),
            models.CheckConstraint(name="form_file_kind_known", condition=Q(kind__in=["filled", "scan"])),
            models.CheckConstraint(
                name="form_file_type_known",
                condition=Q(content_type__in=["application/pdf", "image/png", "image/jpeg"]),
            ),
            models.CheckConstraint(name="form_file_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="only_our_sheets_are_read_back",
                condition=(Q(kind="filled") & Q(sheet__isnull=False)) | (Q(kind="scan") & Q(sheet=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.form_id}"
