"""The abstract version: what a fact became, from which day, recorded when, by whom, from where."""

from datetime import datetime
from typing import NamedTuple

from django.db import models


class Origin(NamedTuple):
    """Who changes a fact, at which moment (aware), and through what: kept on every version and closing."""

    by: str
    at: datetime
    source: str


class Version(models.Model):
    """One state of one fact. Concrete versions repeat the fact's columns and are append-only in the database."""

    recorded_at = models.DateTimeField()
    holds_from = models.DateField()
    recorded_by = models.CharField(max_length=100)
    source = models.CharField(max_length=40)

    class Meta:
        abstract = True
