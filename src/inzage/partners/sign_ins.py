"""Which session belongs to whom, so that it can be ended from elsewhere."""

from typing import ClassVar

from django.contrib.sessions.models import Session
from django.db import models


class SignIn(models.Model):
    """A session, its person, and the session at the provider it hangs on (`sid`). It goes with its session.

    `organisation` is the code of the one it is for; empty where the sign-in named none, as in the demo.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, primary_key=True)
    person = models.ForeignKey("partners.Person", on_delete=models.CASCADE, related_name="sign_ins")
    provider_session = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["provider_session"], name="sign_in_by_sid")]

    def __str__(self) -> str:
        return f"{self.person_id} since {self.begun_at}"


class UsedLogoutToken(models.Model):
    """A logout token works once: its id is kept for as long as it could be believed."""

    issuer = models.CharField(max_length=200)
    token_id = models.CharField(max_length=200)
    used_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "token_id"], name="logout_token_works_once")
        ]

    def __str__(self) -> str:
        return self.token_id
