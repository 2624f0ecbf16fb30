"""The portal's addresses. None holds a number or a name of a person."""

from django.urls import URLPattern, path

from inzage.portal import entrance
from inzage.portal.account.urls import urlpatterns as account
from inzage.portal.administration.urls import urlpatterns as administration
from inzage.portal.brussels import participant, watched
from inzage.portal.calendar.urls import urlpatterns as calendar
from inzage.portal.client.urls import urlpatterns as client
from inzage.portal.coming_in.urls import urlpatterns as coming_in
from inzage.portal.exchange import balance, deliveries, message, quarantine
from inzage.portal.held.urls import urlpatterns as held
from inzage.portal.managing.urls import urlpatterns as managing
from inzage.portal.manual.urls import urlpatterns as manual
from inzage.portal.mediator import consent, form, lasting, work_list
from inzage.portal.mediator.clients.urls import urlpatterns as desk_clients
from inzage.portal.mediator.tasks.urls import urlpatterns as desk_tasks
from inzage.portal.operation.urls import urlpatterns as operation
from inzage.portal.paper.urls import urlpatterns as paper
from inzage.portal.partner import (
    activity,
    asked,
    brussels_form,
    dossier,
    dossiers,
    informing,
    notices,
    searching,
)
from inzage.portal.partner.day.urls import urlpatterns as day
from inzage.portal.protection.urls import urlpatterns as protection
from inzage.portal.restoring.urls import urlpatterns as restoring
from inzage.portal.rule_manager.urls import urlpatterns as rule_manager
from inzage.portal.school import pupil, pupils

urlpatterns: list[URLPattern] = [
    path("", entrance.index, name="index"),
    path("aanmelden/", entrance.sign_in, name="sign-in"),
    path("afmelden/", entrance.sign_out, name="sign-out"),
    path("organisatie/", entrance.choose_unit, name="choose-unit"),
    *coming_in,
    path("dossiers/", dossiers.my_dossiers, name="my-dossiers"),
    path("dossiers/zoeken/", searching.find_client, name="find-client"),
    path("dossiers/<uuid:reference>/", dossier.dossier, name="dossier"),
    path("dossiers/<uuid:reference>/acties/<int:number>/", activity.activity, name="activity"),
    path("dossiers/<uuid:reference>/inlichten/", informing.inform_client, name="inform"),
    path("leerlingen/", pupils.pupils, name="pupils"),
    path("leerlingen/<uuid:reference>/", pupil.pupil, name="pupil"),
    path("aanvragen/", asked.asked, name="asked"),
    path("aanvragen/<int:number>/", brussels_form.brussels_form, name="brussels-form"),
    path("aanvragen/<int:number>/afdrukken/", brussels_form.print_form, name="print-form"),
    path("berichten/", notices.notices, name="notices"),
    path("formulieren/", work_list.work_list, name="work-list"),
    path("formulieren/<int:number>/", form.form, name="form"),
    path("formulieren/toestemming/", consent.record_consent, name="record-consent"),
    path("formulieren/lange-trajecten/", lasting.lasting, name="lasting"),
    path("uitwisseling/ontvangen/", quarantine.quarantine, name="quarantine"),
    path("uitwisseling/ontvangen/<int:number>/", message.message, name="message"),
    path("uitwisseling/verzonden/", deliveries.deliveries, name="deliveries"),
    path("uitwisseling/balans/", balance.balance, name="balance"),
    path("brussel/inschrijvingen/", watched.watched, name="watched"),
    path("brussel/deelnemers/<uuid:reference>/", participant.participant, name="participant"),
    *desk_tasks,
    *desk_clients,
    *day,
    *client,
    *managing,
    *rule_manager,
    *held,
    *restoring,
    *protection,
    *operation,
    *administration,
    *account,
    *calendar,
    *manual,
    *paper,
]
