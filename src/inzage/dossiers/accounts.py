"""Clients who sign in themselves."""

from django.db import models

from inzage.partners.models import Person


class ClientAccount(models.Model):
    """Who signed in as which client: the identity provider says the INSZ number, and it is looked up once."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="client_account")
    client = models.ForeignKey("dossiers.Client", on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.client_id}"
