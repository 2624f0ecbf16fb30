"""The client answers a request for consent on screen: hands the form over, complete, or says no (S04 to S06)."""

from django.db import transaction

from inzage.consents.models import DECLINED, ConsentForm, FormState
from inzage.consents.objections import standing_objection
from inzage.journal.models import Origin
from inzage.rules.days import day_of
from inzage.rules.granting import Refusal
from inzage.view_rights.catching_up import under_lock
from inzage.view_rights.consenting import refuse, take_in
from inzage.view_rights.granting import NotGranted

WAITS_FOR_CLIENT = (FormState.ASKED, FormState.SENT_BACK)
"""The states of a form that the client can fill in and hand over."""


@transaction.atomic
def hand_over(form_id: int, *, informed_of_actiris: bool, language: str, origin: Origin) -> ConsentForm:
    """Hand the form over, filled in today in `language`: it lies at its desk as received. Granting is VDAB's (S06).

    NotGranted where it was handed over or handled already, and where the client shut the unit out: the one must be
    lifted before the other is given.
    """
    form = under_lock(ConsentForm, form_id, origin=origin)
    if form.state not in WAITS_FOR_CLIENT:
        raise NotGranted(Refusal.ALREADY_HANDLED)
    if standing_objection(form.dossier_id, form.unit_id):
        raise NotGranted(Refusal.OBJECTED)
    if form.withdrawn_on is not None:
        raise NotGranted(Refusal.WITHDRAWN)
    form.language = language
    form.save(update_fields=["language"])
    return take_in(
        form.pk,
        completed_on=day_of(origin.at),
        informed_of_actiris=informed_of_actiris,
        language=language,
        origin=origin,
    )


@transaction.atomic
def decline(form_id: int, *, origin: Origin) -> ConsentForm:
    """The client says no, before or after handing over; who asked hears that the client doesn't want it, and no more.

    NotGranted where the form was handled already: what was granted is withdrawn, not declined.
    """
    return refuse(form_id, reason=DECLINED, origin=origin)
