"""The addresses of a client at a desk: nothing but the dossier's reference, and numbers of what belongs to it."""

from django.urls import URLPattern, path

from inzage.portal.mediator.clients import (
    assigning,
    consenting,
    ending,
    finding,
    grounds,
    lifting,
    revoking,
    rights,
)

CLIENT = "klanten/<uuid:reference>/"

urlpatterns: list[URLPattern] = [
    path("klanten/", finding.find, name="desk-find-client"),
    path(CLIENT, rights.client, name="desk-client"),
    path(f"{CLIENT}gronden/", grounds.grounds, name="desk-client-grounds"),
    path(f"{CLIENT}inzagerechten/<int:number>/intrekken/", revoking.revoke, name="desk-client-revoke"),
    path(f"{CLIENT}toewijzen/", assigning.assign_client, name="desk-client-assign"),
    path(f"{CLIENT}toewijzingen/<int:number>/beeindigen/", ending.end, name="desk-client-end"),
    path(f"{CLIENT}uitsluitingen/<int:number>/opheffen/", lifting.lift_objection, name="desk-client-lift"),
    path(f"{CLIENT}toestemming/", consenting.consent, name="desk-client-consent"),
]
