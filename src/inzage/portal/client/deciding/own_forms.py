"""A client's own forms, and no other: another client's does not exist here."""

from django.http import Http404

from inzage.consents.models import ConsentForm
from inzage.portal.doors import OwnClient


def own_form(own: OwnClient, number: int) -> ConsentForm:
    """The form, where it is this client's."""
    forms = ConsentForm.objects.filter(dossier=own.dossier, pk=number)
    form = forms.select_related("unit", "asked_by", "dossier__client").first()
    if form is None:
        raise Http404
    return form
